// `npm test`: the static checks, then every test. Arguments are passed on to vitest, and then only vitest runs.
import { spawnSync } from 'node:child_process';

const run = (command, args) => {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};

const args = process.argv.slice(2);
if (args.length === 0) run('node', ['scripts/check.js']);
run('vitest', ['run', ...args]);
