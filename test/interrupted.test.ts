import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { apart, startSignalbox, temporaryFolder } from './signalbox-process.js';

const INTERRUPTED = 130;

it('flushes and reconciles what was sent when Ctrl-C ends a load early', async () => {
  const directory = await temporaryFolder();
  const load = ['--requests', '5000', '--speed', '10', '--exit', '--json'];
  const demo = startSignalbox(['demo', ...apart(directory), '--simulator-port', '0', ...load]);
  await demo.waitFor(/served by/);
  demo.child.kill('SIGINT');

  await expect(demo.ended).resolves.toBe(INTERRUPTED);
  const { counts, reconciliation, interrupted } = JSON.parse(demo.stdout());
  expect(interrupted).toBe(true);
  expect(counts.sent).toBeLessThan(5000);
  expect(reconciliation).toMatchObject({ ok: true, requestsLost: 0, rowsDuplicated: 0 });
});

it('cancels requests that providers never answer, and accounts for them', async () => {
  const directory = await temporaryFolder();
  const timeline = join(directory, 'timeline.yaml');
  await writeFile(timeline, 'incidents:\n  - { at: 0s, for: 1h, model: "*", kind: hang }\n');
  const load = ['--requests', '40', '--speed', '100', '--timeline', timeline, '--exit', '--json'];
  const demo = startSignalbox(['demo', ...apart(directory), '--simulator-port', '0', ...load]);
  await demo.waitFor(/in flight 40/);
  demo.child.kill('SIGINT');

  await expect(demo.ended).resolves.toBe(INTERRUPTED);
  const { counts, reconciliation } = JSON.parse(demo.stdout());
  expect(counts).toMatchObject({
    sent: 40,
    succeeded: 0,
    cancelled: 40,
    tokensInput: null,
    costNanoUsd: null,
  });
  expect(reconciliation).toMatchObject({ ok: true, requestsLost: 0 });
});
