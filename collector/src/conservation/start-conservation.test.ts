import { eraseSubject } from '@signalbox/store';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { startTestStore, type TestStore } from '../__fixtures__/start-test-store.js';
import { createMemoryQueue, type MemoryQueue } from '../drain/__fixtures__/memory-queue.js';
import { type Drain, startDrain } from '../drain/start-drain.js';
import { encodeSpan, type TestSpan } from './__fixtures__/encode-span.js';
import { createManifestLedger } from './manifest-ledger.js';
import { type Conservation, startConservation } from './start-conservation.js';

const NOW = Date.now();
const DAY = Math.floor(NOW / 86_400_000);
const logger = pino({ level: 'silent' });

let store: TestStore;
let queue: MemoryQueue;
let drain: Drain;
let conservation: Conservation;
let spans = 0;

beforeAll(async () => {
  store = await startTestStore();
});
afterAll(() => store?.stop());

beforeEach(async () => {
  await store.store.command('TRUNCATE TABLE otel_traces');
  await store.store.command('TRUNCATE TABLE decisions_raw');
  queue = createMemoryQueue();
  const ledger = createManifestLedger();
  const clickhouse = store.login;
  drain = startDrain({
    blocks: queue,
    clickhouse,
    logger,
    insertTimeoutMs: 10_000,
    onCommitted: ledger.note,
  });
  conservation = startConservation({ blocks: queue, ledger, drain, clickhouse, logger });
  onTestFinished(async () => {
    await conservation.close();
    await drain.close();
  });
});

const span = (fields: Partial<TestSpan> = {}): TestSpan => {
  spans += 1;
  const id = spans.toString(16);
  return {
    traceId: id.padStart(32, 'a'),
    spanId: id.padStart(16, 'b'),
    time: NOW,
    receivedAt: NOW,
    ...fields,
  };
};

const insert = async (rows: readonly TestSpan[]): Promise<void> => {
  const before = queue.committedBlocks.length;
  queue.add(rows.map(encodeSpan), { day: DAY });
  await vi.waitFor(() => expect(queue.committedBlocks.length).toBeGreaterThan(before), 10_000);
};

const found = async () => {
  await conservation.check();
  return conservation.stats();
};

const NOTHING_WRONG = { failedChecks: 0, missingRows: 0, duplicateRows: 0, unverifiedRows: 0 };

it('knows nothing before the first check', () => {
  expect(conservation.stats()).toMatchObject({
    checks: 0,
    checkedAt: null,
    missingRows: null,
    sequenceGaps: null,
  });
});

it('finds nothing wrong with what was inserted, once or again', async () => {
  await insert([span(), span()]);
  await insert([span()]);
  for (const block of queue.committedBlocks) await drain.reinsert(block);
  expect(await found()).toMatchObject({ ...NOTHING_WRONG, blocks: 2, rows: 3 });
});

it('finds rows that are gone and inserts them again', async () => {
  const [kept, lost] = [span(), span()];
  await insert([kept, lost]);
  await store.store.command(
    `ALTER TABLE otel_traces DELETE WHERE SpanId = '${lost.spanId}' SETTINGS mutations_sync = 1`,
  );
  expect(await found()).toMatchObject({ missingRows: 1, duplicateRows: 0 });
  expect(await found()).toMatchObject(NOTHING_WRONG);
});

it('misses no row that another row of the same key has replaced', async () => {
  const twice = span();
  await insert([twice, span()]);
  await insert([
    { ...twice, receivedAt: NOW + 1 },
    { ...twice, receivedAt: NOW + 2 },
  ]);
  await store.store.command('OPTIMIZE TABLE otel_traces FINAL');
  expect(await store.read('SELECT count() AS rows FROM otel_traces')).toEqual([{ rows: '2' }]);
  expect(await found()).toMatchObject(NOTHING_WRONG);
});

it('misses no row that was erased', async () => {
  const old = { time: NOW - 60_000, receivedAt: NOW - 60_000 };
  await insert([span({ ...old, attributes: { 'user.id': 'somebody' } }), span(old)]);
  await eraseSubject(store.store, { kind: 'user', id: 'somebody' }, { requestedBy: 'test' });
  expect(await store.read('SELECT count() AS rows FROM otel_traces')).toEqual([{ rows: '1' }]);
  expect(await found()).toMatchObject(NOTHING_WRONG);
});

it('finds rows that readers see twice', async () => {
  await insert([span()]);
  // As in a table that somebody made with another key.
  await store.store.command(
    "INSERT INTO otel_traces SELECT * REPLACE (concat(SpanId, 'x') AS SpanId) FROM otel_traces",
  );
  expect(await found()).toMatchObject({ missingRows: 0, duplicateRows: 1 });
});

it('tells decisions that were numbered and never came', async () => {
  const old = NOW - 20 * 60_000;
  const decision = (sequence: number) =>
    span({
      time: old + sequence,
      scope: 'signalbox',
      resource: { 'service.instance.id': 'process-1' },
      attributes: {
        'signalbox.decision.sequence': String(sequence),
        'signalbox.decision.id': `d-${sequence}`,
      },
    });
  await insert([1, 2, 4, 7].map(decision));
  expect((await found()).sequenceGaps).toEqual({ processes: 1, processesWithGaps: 1, missing: 3 });
});

it('says when it could not look', async () => {
  const ledger = createManifestLedger();
  const blind = startConservation({
    blocks: queue,
    ledger,
    drain,
    clickhouse: { ...store.login, url: 'http://127.0.0.1:1' },
    logger,
  });
  await blind.check();
  expect(blind.stats()).toMatchObject({ checks: 1, failedChecks: 1, checkedAt: null, missingRows: null });
  await blind.close();
});
