// A process that uses a log until it is done or killed. It writes what it did to a file, which is a row in ClickHouse or an
// answer to a sender: what a kill cannot take back.
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Block } from '../write-ahead-log.ts';

const { openLog } = await import('../../../dist/log/open-log.js');
const { pino } = createRequire(import.meta.url)('pino');
const [directory = '', events = '', requests = '0'] = process.argv.slice(2);
const tell = (event: object): void => appendFileSync(events, `${JSON.stringify(event)}\n`);

const log = await openLog({
  directory,
  logger: pino({ level: 'silent' }),
  // So little that segments go soon, to make room.
  segmentBytes: 1000,
  maxBytes: 8000,
  maintenanceMs: 1,
  blockAgeMs: 1,
});

const send = async (name: string): Promise<void> => {
  const row = Buffer.alloc(4 + 8, name.padStart(8));
  row.writeUInt32LE(8);
  const bodyHash = createHash('sha256').update(name).digest();
  const sections = [{ table: 'otel_traces' as const, day: 20_000, rows: 1, bytes: row }];
  const entry = { bodyHash, answer: { rejected: 0, message: '' }, sections };
  const isTaken = await log.append(entry).then(() => true, unlessFull);
  if (!isTaken) return new Promise((resolve) => setTimeout(resolve, 1)).then(() => send(name));
  tell({ acked: name });
};

const unlessFull = (error: { readonly code?: string }): false => {
  if (error.code !== 'log-full') throw error;
  return false;
};

const insert = async (block: Block): Promise<void> => {
  const bytes = Buffer.from(await block.read());
  const rows = Array.from({ length: block.rows }, (_row, index) => bytes.toString('utf8', index * 28 + 20, index * 28 + 28).trim());
  tell({ inserted: Buffer.from(block.id).toString('hex'), rows, digest: createHash('sha256').update(bytes).digest('hex') });
};

const drain = async (): Promise<void> => {
  for (let block = await log.next(); block; block = await log.next()) {
    await insert(block);
    await log.commit(block);
  }
};

const draining = drain();
// A sender repeats what it got no answer for.
const known = existsSync(events) ? readFileSync(events, 'utf8') : '';
const names = Array.from({ length: Number(requests) }, (_name, index) => `r${index}`).filter(
  (name) => !known.includes(`"acked":"${name}"`),
);
for (let first = 0; first < names.length; first += 7) await Promise.all(names.slice(first, first + 7).map(send));
while (log.stats().openRows > 0) await new Promise((resolve) => setTimeout(resolve, 1));
await log.close();
await draining;
tell({ finished: true });
