import { randomBytes } from 'node:crypto';
import { AskFailedError, ask } from './ask.js';
import type { ClickHouseHttp } from './clickhouse-http.js';
import { insertBlock } from './insert-block.js';
import { readPinnedSettings } from './pinned-settings.js';

/** What the test found. `reason` is empty when it passed. */
export type SelfTestResult = {
  /** `failed`: a repetition was seen, or the test may not run here. `unreachable`: try again. */
  readonly status: 'passed' | 'failed' | 'unreachable';
  readonly reason: string;
};

const PREFIX = '__selftest_';
const ROWS = 3;
const TIMEOUT_MS = 20_000;

/**
 * Inserts a block twice into tables of its own, and another one through a view that fails the first time, and counts
 * what readers see of both, in the table and behind a materialized view. `signal` ends the test, `cutting` the tidying up
 * after it as well. Never rejects.
 */
export const runSelfTest = async (
  clickhouse: ClickHouseHttp,
  { signal, cutting }: { signal?: AbortSignal; cutting?: AbortSignal } = {},
): Promise<SelfTestResult> => {
  const name = `${PREFIX}${randomBytes(6).toString('hex')}`;
  const run = (sql: string): Promise<unknown> => ask(clickhouse, { sql, signal });
  try {
    await dropLeftovers(clickhouse, signal);
    await createTables(name, run);
    const reason = await findRepetition(clickhouse, name, signal);
    return { status: reason === '' ? 'passed' : 'failed', reason };
  } catch (error) {
    const isTransient = error instanceof AskFailedError && error.failure.kind === 'transient';
    return { status: isTransient ? 'unreachable' : 'failed', reason: (error as Error).message };
  } finally {
    // What is left after a failure here, the next test drops.
    await dropTables(name, (sql) => ask(clickhouse, { sql, signal: cutting })).catch(() => undefined);
  }
};

const createTables = async (name: string, run: (sql: string) => Promise<unknown>): Promise<void> => {
  const columns = 'ingest_block FixedString(16), ingest_row UInt32, id UInt32';
  const engine = 'ENGINE = ReplacingMergeTree ORDER BY id';
  await run(`CREATE TABLE ${name} (${columns}) ${engine}`);
  await run(`CREATE TABLE ${name}_target (${columns}) ${engine}`);
  await run(`CREATE MATERIALIZED VIEW ${name}_view TO ${name}_target AS SELECT * FROM ${name}`);
};

const dropTables = async (name: string, run: (sql: string) => Promise<unknown>): Promise<void> => {
  for (const suffix of ['_failing', '_view', '', '_target'])
    await run(`DROP TABLE IF EXISTS ${name}${suffix} SYNC`);
};

// A test that was killed leaves its tables; one that is running is younger.
const dropLeftovers = async (clickhouse: ClickHouseHttp, signal: AbortSignal | undefined): Promise<void> => {
  const tables = await ask<{ name: string }>(clickhouse, {
    sql: `SELECT name FROM system.tables
      WHERE database = currentDatabase() AND startsWith(name, '${PREFIX}') AND metadata_modification_time < now() - 600
      ORDER BY engine != 'MaterializedView'`,
    signal,
  });
  for (const { name } of tables)
    await ask(clickhouse, { sql: `DROP TABLE IF EXISTS \`${name}\` SYNC`, signal });
};

const findRepetition = async (
  clickhouse: ClickHouseHttp,
  table: string,
  signal: AbortSignal | undefined,
): Promise<string> => {
  const settings = await readPinnedSettings(clickhouse, signal);
  const insert = async (first: number): Promise<string | null> => {
    const queryId = `${table}-${randomBytes(4).toString('hex')}`;
    const columns = ['ingest_block', 'ingest_row', 'id'];
    const bytes = rowsFrom(first);
    const failure = await insertBlock(clickhouse, {
      table,
      columns,
      bytes,
      settings,
      queryId,
      timeoutMs: TIMEOUT_MS,
      signal,
    });
    if (failure?.kind === 'transient') throw new AskFailedError(failure);
    return failure?.reason ?? null;
  };
  const seen = async (what: string, expected: number): Promise<string> => {
    for (const name of [table, `${table}_target`]) {
      const [row] = await ask<{ rows: string }>(clickhouse, {
        sql: `SELECT count() AS rows FROM ${name} FINAL`,
        signal,
      });
      if (Number(row?.rows) === expected) continue;
      const place = name === table ? 'the table' : 'the target of a materialized view';
      return `${what}, ${place} shows ${row?.rows} rows instead of ${expected}`;
    }
    return '';
  };

  for (const refused of [await insert(0), await insert(0)]) if (refused !== null) return refused;
  const repeated = await seen('after a block was inserted twice', ROWS);
  if (repeated !== '') return repeated;
  const failing = `${table}_failing`;
  await ask(clickhouse, {
    sql: `CREATE MATERIALIZED VIEW ${failing} TO ${table}_target AS SELECT * FROM ${table} WHERE throwIf(id >= 0) = 0`,
    signal,
  });
  if ((await insert(ROWS)) === null)
    return 'an insert whose materialized view fails is answered with success';
  await ask(clickhouse, { sql: `DROP TABLE ${failing} SYNC`, signal });
  const refused = await insert(ROWS);
  return refused ?? seen('after a block was repeated because a view had failed', 2 * ROWS);
};

const ROW_BYTES = 24;

/** `ROWS` rows with ids from `first`, as RowBinary. */
const rowsFrom = (first: number): Uint8Array => {
  const bytes = Buffer.alloc(ROWS * ROW_BYTES);
  for (let row = 0; row < ROWS; row += 1) {
    const at = row * ROW_BYTES;
    bytes.fill(first + 1, at, at + 16);
    bytes.writeUInt32LE(row, at + 16);
    bytes.writeUInt32LE(first + row, at + 20);
  }
  return bytes;
};
