// Holds the arrows between packages: who may import whom, in sources and in tests, and that nobody reaches into another
// package's folder.
// Imports that package.json does not declare, and import cycles, are the linter's part (biome.json).
import { globSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';

const ARROWS: Record<string, readonly string[]> = {
  spec: [],
  router: ['spec'],
  telemetry: ['spec'],
  prices: ['spec'],
  catalogue: ['spec'],
  sdk: ['spec', 'router', 'telemetry', 'prices', 'catalogue'],
  store: ['spec'],
  collector: ['spec', 'store'],
  'embedded-clickhouse': [],
  simulator: [],
  cli: [
    'spec',
    'router',
    'telemetry',
    'prices',
    'catalogue',
    'sdk',
    'store',
    'collector',
    'embedded-clickhouse',
    'simulator',
  ],
};

// What tests, benchmarks and fixtures of every package may use besides, as development dependencies: a real ClickHouse, simulated
// providers, and the router's arithmetic to compare with. None of them imports more than spec, so no circle can close.
const TEST_ARROWS: readonly string[] = ['embedded-clickhouse', 'simulator', 'router'];

const SCOPE = '@signalbox/';
// `from '...'`, `import '...'` and `import('...')`.
const IMPORT = /\b(?:from|import)\s*\(?\s*'([^']+)'/g;
const TEST_FILE = /\.(?:test|contract|bench)\.ts$|__fixtures__/;
const problems: string[] = [];
const readJson = (file: string) => JSON.parse(readFileSync(file, 'utf8'));
const ownPackages = (dependencies: Record<string, string> = {}): string[] =>
  Object.keys(dependencies)
    .filter((dependency) => dependency.startsWith(SCOPE))
    .map((dependency) => dependency.slice(SCOPE.length));

for (const manifestFile of globSync(['packages/*/package.json', 'collector/package.json'])) {
  const folder = dirname(manifestFile);
  const manifest = readJson(manifestFile);
  const name = manifest.name.slice(SCOPE.length);
  const allowed = ARROWS[name];
  if (!allowed) {
    problems.push(
      `${manifestFile}: "${name}" has no line in scripts/check-boundaries.ts; add its arrows there.`,
    );
    continue;
  }
  const allowedInTests = [...allowed, ...TEST_ARROWS];
  const dependencies = [
    ...ownPackages(manifest.dependencies),
    ...ownPackages(manifest.peerDependencies),
    ...ownPackages(manifest.optionalDependencies),
  ];
  for (const dependency of dependencies) {
    if (!allowed.includes(dependency))
      problems.push(`${manifestFile}: ${name} must not depend on ${dependency}.`);
  }
  for (const dependency of ownPackages(manifest.devDependencies)) {
    if (!allowedInTests.includes(dependency))
      problems.push(`${manifestFile}: tests of ${name} must not depend on ${dependency}.`);
  }

  const references: { path: string }[] = readJson(`${folder}/tsconfig.json`).references ?? [];
  const referenced = references.map(({ path }) => path.split('/').at(-1) ?? '');
  for (const dependency of dependencies.filter((each) => !referenced.includes(each))) {
    problems.push(`${folder}/tsconfig.json: add a reference to ${dependency}, or the build order is wrong.`);
  }
  for (const reference of referenced.filter((each) => !dependencies.includes(each))) {
    problems.push(`${folder}/tsconfig.json: the reference to ${reference} is not a dependency of ${name}.`);
  }

  for (const file of globSync(`${folder}/src/**/*.ts`)) {
    for (const [, specifier = ''] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
      const target = relative(resolve(folder), resolve(dirname(file), specifier));
      if (specifier.startsWith('.') && target.startsWith(`..${sep}`))
        problems.push(`${file}: "${specifier}" reaches out of its package.`);
      if (!specifier.startsWith(SCOPE)) continue;
      const [other = ''] = specifier.slice(SCOPE.length).split('/');
      const arrows = TEST_FILE.test(file) ? allowedInTests : allowed;
      if (other !== name && !arrows.includes(other))
        problems.push(`${file}: "${specifier}" is not an arrow of ${name}.`);
    }
  }
}

for (const problem of problems) console.error(problem);
process.exit(problems.length === 0 ? 0 : 1);
