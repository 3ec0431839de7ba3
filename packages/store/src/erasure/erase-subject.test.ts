import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LOG_ROW } from '../__fixtures__/log-row.js';
import { NOW_NANO } from '../__fixtures__/spans.js';
import { startTestStore, type TestStore } from '../__fixtures__/start-test-store.js';
import { ann, emptyTables, insertRequests, only, spansOf, visible } from '../__fixtures__/user-requests.js';
import { migrate } from '../migrations/migrate.js';
import { rebuildRollups } from '../rollups/rebuild-rollups.js';
import { eraseSubject } from './erase-subject.js';
import { heldRows } from './held-rows.js';

const by = { requestedBy: 'a test' };

let test: TestStore;
beforeAll(async () => {
  test = await startTestStore();
  await migrate(test.store);
});
afterAll(() => test?.stop());
beforeEach(() => emptyTables(test));

describe('eraseSubject', () => {
  it('answers null for an id that nobody has, and writes nothing', async () => {
    await insertRequests(test, { user: 'bob', number: 2 });
    expect(await eraseSubject(test.store, ann, by)).toBeNull();
    expect(await visible(test)).toEqual(only(2));
    expect(await test.select('SELECT count() AS rows FROM erased')).toEqual([{ rows: '0' }]);
  });

  it('deletes a user from every table and leaves everyone else', async () => {
    await insertRequests(
      test,
      { user: 'ann', number: 1 },
      { user: 'bob', number: 2 },
      { user: 'ann', number: 3 },
    );
    const receipt = await eraseSubject(test.store, ann, by);
    expect(await visible(test)).toEqual(only(2));
    expect(await heldRows(test.store, ann)).toEqual([]);
    expect(receipt?.tables).toContainEqual({ table: 'decisions_raw', rowsBefore: 2, rowsAfter: 0 });
    // Rewritten, not only hidden.
    const [masked] = await test.select(
      'SELECT count() AS rows FROM otel_traces SETTINGS apply_deleted_mask = 0',
    );
    expect(masked).toEqual({ rows: '3' });
  });

  it('deletes a tenant and leaves the others, of the same user too', async () => {
    await insertRequests(
      test,
      { user: 'ann', tenant: 'acme', number: 1 },
      { user: 'ann', tenant: 'globex', number: 2 },
    );
    await eraseSubject(test.store, { kind: 'tenant', id: 'acme' }, by);
    expect(await visible(test)).toEqual(only(2));
  });

  it('leaves the decisions of others in a shared trace', async () => {
    const shared = { TraceId: 'shared' };
    const spans = [
      { user: 'ann', number: 1 },
      { user: 'bob', number: 2 },
    ].flatMap(spansOf);
    await test.store.insert(
      'otel_traces',
      spans.map((span, index) => ({ ...span, ...shared, SpanId: `span-${index}` })),
    );
    await eraseSubject(test.store, ann, by);
    expect(await visible(test)).toEqual({ ...only(2), traces: ['shared'] });
    expect(await test.select('SELECT count() AS rows FROM otel_traces')).toEqual([{ rows: '2' }]);
  });

  it('deletes feedback of a user, and not the decision of another that it is about', async () => {
    await insertRequests(test, { user: 'bob', number: 2 });
    const feedback = {
      ...LOG_ROW,
      ScopeName: 'signalbox',
      LogAttributes: {
        'gen_ai.evaluation.name': 'satisfaction',
        'gen_ai.evaluation.score.value': '5',
        'signalbox.decision.id': 'decision-2',
        'user.id': 'ann',
      },
    };
    await test.store.insert('otel_logs', [feedback]);
    const count = async () => test.select('SELECT count() AS rows FROM feedback');
    expect(await count()).toEqual([{ rows: '1' }]);
    await eraseSubject(test.store, ann, by);
    expect(await visible(test)).toEqual(only(2));
    expect(await count()).toEqual([{ rows: '0' }]);
    await test.store.insert('otel_logs', [feedback]);
    expect(await count()).toEqual([{ rows: '0' }]);
  });

  it('counts a user out of the rollups', async () => {
    await insertRequests(test, { user: 'ann', number: 1 }, { user: 'bob', number: 2 });
    const at = Number(NOW_NANO / 1_000_000n);
    await rebuildRollups(test.store, { from: new Date(at), to: new Date(at + 1) });
    const requests = async () => [
      ...(await test.select('SELECT sum(requests) AS n FROM rollup_1m')),
      ...(await test.select('SELECT sum(requests) AS n FROM rollup_1w')),
    ];
    expect(await requests()).toEqual([{ n: '2' }, { n: '2' }]);
    await eraseSubject(test.store, ann, by);
    expect(await requests()).toEqual([{ n: '1' }, { n: '1' }]);
    await eraseSubject(test.store, { kind: 'tenant', id: 'acme' }, by);
    expect(await requests()).toEqual([{ n: '0' }, { n: '0' }]);
    expect(await heldRows(test.store, { kind: 'tenant', id: 'acme' })).toEqual([]);
  });

  it('writes a receipt that proves the id and does not have it', async () => {
    await insertRequests(test, { user: 'ann', number: 1 });
    const receipt = await eraseSubject(test.store, ann, by);
    const [stored = {}] = await test.select('SELECT * FROM erasures');
    expect(stored).toMatchObject({
      erasure_id: receipt?.erasureId,
      requested_by: 'a test',
      subject: 'user',
      id_hash: createHash('sha256').update(`${stored.salt}ann`).digest('hex'),
      'tables.name': ['otel_traces_trace_id_ts', 'attempts_raw', 'otel_traces', 'decisions_raw'],
      'tables.rows_before': ['1', '1', '3', '1'],
      'tables.rows_after': ['0', '0', '0', '0'],
    });
    expect(JSON.stringify(stored)).not.toContain('ann');
    const mutations = await test.select('SELECT command FROM system.mutations');
    expect(JSON.stringify(mutations)).not.toMatch(/\bann\b|decision-1|trace-1/);
  });

  it('goes on after an erasure that ended half-way', async () => {
    await insertRequests(test, { user: 'ann', number: 1 });
    await eraseSubject(test.store, ann, by);
    // As if otel_traces had not been reached, with nothing left in it that names the user.
    await test.store.insert('otel_traces', spansOf({ user: 'ann', number: 1 }).slice(1));
    const receipt = await eraseSubject(test.store, ann, by);
    expect(receipt?.tables).toContainEqual({ table: 'otel_traces', rowsBefore: 2, rowsAfter: 0 });
    expect(await visible(test)).toEqual(only());
  });
});
