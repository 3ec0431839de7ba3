// What `npm start` and `npm test` run. Sets the workspace up with nothing but Node >= 20 and npm, then hands over:
// install with the pinned pnpm (only when the lockfile changed), build (incremental), run on the pinned Node.
// Plain JavaScript without dependencies, because nothing is installed yet when it starts.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'node_modules', '.bin');
const stamp = join(root, 'node_modules', '.signalbox-installed');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const COMMANDS = {
  start: ['node', [join(root, 'packages/cli/bin/signalbox.js'), 'demo']],
  test: ['node', [join(root, 'scripts/test.js')]],
};

const fail = (message) => {
  console.error(message);
  process.exit(1);
};

const run = (step, command, args) => {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env,
  });
  if (error) fail(`${step} failed: ${error.message}`);
  if (status !== 0) fail(`${step} failed with exit code ${status}; the lines above say why.`);
};

const install = () => {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'pnpm-lock.yaml')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.error('Installing dependencies (1.2 GB of disk, half of it the embedded ClickHouse; once) ...');
  const pnpm = ['exec', '--yes', `--package=${manifest.packageManager}`, '--', 'pnpm'];
  run('Installing', 'npm', [...pnpm, 'install', '--frozen-lockfile', '--reporter=append-only']);
  writeFileSync(stamp, wanted);
};

const [major] = process.versions.node.split('.').map(Number);
if (major < 20) fail(`Node ${process.versions.node} is too old: install Node 20 or newer.`);

const [name = '', ...args] = process.argv.slice(2);
const command = COMMANDS[name];
if (!command) fail(`Unknown command "${name}". Commands: ${Object.keys(COMMANDS).join(', ')}.`);

const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` };
install();
run('Building', join(bin, 'tsc'), ['-b']);

const child = spawn(join(bin, command[0]), [...command[1], ...args], { cwd: root, stdio: 'inherit', env });
// A terminal sends Ctrl-C to the child as well: wait for its own, orderly end. Other signals are passed on.
process.on('SIGINT', () => undefined);
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
