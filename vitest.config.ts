import { defineConfig } from 'vitest/config';

// `unit` holds the tests beside the sources, `e2e` what crosses packages. Tests import other packages as they are
// published (dist), so build first; `npm test` does. Two workers: tests start real servers.
export default defineConfig({
  test: {
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: ['default', 'json'],
    outputFile: { json: 'node_modules/.cache/test-report.json' },
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['packages/*/src/**/*.test.ts', 'collector/src/**/*.test.ts'] },
      },
      { extends: true, test: { name: 'e2e', include: ['test/**/*.test.ts'], testTimeout: 180_000 } },
    ],
  },
});
