// The static half of `pnpm check`: format, lint, types of tests and scripts, boundaries, docstrings, packages, generated
// files, unused code. Runs every step, so that one look shows everything that is wrong.
import { spawnSync } from 'node:child_process';

const STEPS = [
  ['format and lint', 'biome', ['check', '--error-on-warnings', '.']],
  ['types', 'tsc', ['-b']],
  ['types of tests', 'tsc', ['-p', 'tsconfig.test.json']],
  ['boundaries', 'node', ['scripts/check-boundaries.ts']],
  ['docstrings', 'node', ['scripts/check-docstrings.ts']],
  ['packages', 'node', ['scripts/check-packages.ts']],
  ['generated files', 'node', ['scripts/generate.ts', '--check']],
  ['unused code', 'knip', ['--no-progress']],
];

let failed = 0;
for (const [name, command, args] of STEPS) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status === 0) console.log(`ok      ${name}`);
  else {
    failed += 1;
    console.log(`FAILED  ${name}\n${stdout}${stderr}`);
  }
}
process.exit(failed === 0 ? 0 : 1);
