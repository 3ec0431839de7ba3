import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startEmbeddedClickHouse } from '@signalbox/embedded-clickhouse';
import { expect, it, onTestFinished } from 'vitest';
import { runSignalbox, temporaryFolder } from './signalbox-process.js';

it('keeps rows for as long as the configuration says, and tells so', async () => {
  const folder = await temporaryFolder();
  const { url, username, password, stop } = await startEmbeddedClickHouse({
    directory: join(folder, 'clickhouse'),
  });
  onTestFinished(stop);
  await writeFile(
    join(folder, 'signalbox.config.json'),
    JSON.stringify({ clickhouse: { url, username, password }, retention: { logsDays: 7 } }),
  );
  const run = (...args: string[]) => runSignalbox(args, { cwd: folder });

  const migrated = await run('migrate');
  expect(migrated).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('otel_logs keeps 7 days instead of 30'),
  });
  expect(JSON.parse((await run('migrate', '--json')).stdout)).toMatchObject({ retention: [] });

  const { tables } = JSON.parse((await run('retention', '--json')).stdout);
  expect(tables).toContainEqual(
    expect.objectContaining({ table: 'otel_logs', days: 7, rows: 0, next: null }),
  );
  expect((await run('retention')).stdout).toMatch(/^table +on disk +rows +oldest +days kept +next to go\n/);
});
