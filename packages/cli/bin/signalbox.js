#!/usr/bin/env node
// The packages need Node 22.15. On an older one a checkout hands over to its pinned Node; installed, there is none.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major > 22 || (major === 22 && minor >= 15)) {
  const { main } = await import('../dist/index.js');
  await main(process.argv);
} else handOver(fileURLToPath(new URL('../../../node_modules/node/bin/node', import.meta.url)));

function handOver(pinned) {
  if (!existsSync(pinned)) {
    process.stderr.write(`error: signalbox needs Node 22.15 or newer, this is ${process.versions.node}.\n`);
    process.exitCode = 2;
    return;
  }
  const child = spawn(pinned, process.argv.slice(1), { stdio: 'inherit' });
  // A terminal sends Ctrl-C to the child as well: wait for its own, orderly end. Other signals are passed on.
  process.on('SIGINT', () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}
