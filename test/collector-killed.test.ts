import { expect, it } from 'vitest';
import { apart, startSignalbox, temporaryFolder } from './signalbox-process.js';

const REQUESTS = 400;

it('accounts for every span when the collector is killed and comes back', async () => {
  const directory = await temporaryFolder();
  const load = ['--requests', String(REQUESTS), '--speed', '6', '--seed', '3', '--exit', '--json'];
  const demo = startSignalbox(['demo', ...apart(directory), '--simulator-port', '0', ...load]);
  const [, pid] = await demo.waitFor(/collector, pid (\d+)/);
  await demo.waitFor(/served by/); // Rows are arriving.
  process.kill(Number(pid), 'SIGKILL');
  await demo.waitFor(/The collector is back/);

  const code = await demo.ended;
  const { reconciliation, counts, telemetry } = JSON.parse(demo.stdout());
  expect(counts.sent).toBe(REQUESTS);
  expect(demo.stderr()).toContain(`The collector (pid ${pid}) ended with SIGKILL; starting it again.`);
  // What is missing is exactly what is reported, and the exit code says so. The exporter's retries outlast the restart,
  // so in practice nothing is missing.
  expect(reconciliation.rowsDuplicated).toBe(0);
  expect(telemetry.spansLost).toBe(0);
  expect(reconciliation.requestsLost).toBe(0);
  expect(code).toBe(0);
});
