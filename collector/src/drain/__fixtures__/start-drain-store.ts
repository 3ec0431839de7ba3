import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedClickHouse } from '@signalbox/embedded-clickhouse';
import { ask } from '../ask.js';
import { type ClickHouseLogin, createClickHouseHttp } from '../clickhouse-http.js';

/** A real ClickHouse for one test file, with a small table in the place of `otel_traces` and a view behind it. */
export type DrainStore = {
  readonly login: ClickHouseLogin;
  /** Creates a database with the table; every test has its own. */
  database(name: string): Promise<StoredTable>;
  /** A user that only reads. */
  readonly readerLogin: { username: string; password: string };
  /** SIGKILLs the server; it comes back by itself on the same port. */
  kill(): Promise<void>;
  stop(): Promise<void>;
};

export type StoredTable = {
  readonly login: ClickHouseLogin;
  run<Row>(sql: string): Promise<Row[]>;
  /** Values of a query with one row, as text. */
  one(sql: string): Promise<string>;
};

export const TABLE = `CREATE TABLE otel_traces (
  ingest_block FixedString(16), ingest_row UInt32, id UInt32, kind UInt8, CONSTRAINT is_good CHECK kind = 1
) ENGINE = ReplacingMergeTree PARTITION BY id % 1 ORDER BY id`;
const TARGET = 'CREATE TABLE target (id UInt32) ENGINE = ReplacingMergeTree ORDER BY id';
const VIEW = 'CREATE MATERIALIZED VIEW target_mv TO target AS SELECT id FROM otel_traces';

/** The columns of a row as `encodeTestRow` writes it. */
export const COLUMNS = ['id', 'kind'];

/** One row; `kind` 1 is good, any other breaks a constraint. */
export const encodeTestRow = (id: number, kind = 1): Uint8Array => {
  const row = Buffer.alloc(5);
  row.writeUInt32LE(id);
  row[4] = kind;
  return row;
};

/** Rows with these ids. */
export const testRows = (first: number, count: number): Uint8Array[] =>
  Array.from({ length: count }, (_, index) => encodeTestRow(first + index));

export const startDrainStore = async (): Promise<DrainStore> => {
  const directory = mkdtempSync(join(tmpdir(), 'signalbox-drain-'));
  const server = await startEmbeddedClickHouse({ directory });
  const { url, username, password } = server;
  const login = { url, username, password, database: 'default' };
  const admin = createClickHouseHttp(login);
  return {
    login,
    readerLogin: { username: server.readonlyUsername, password: server.readonlyPassword },
    async kill() {
      if (server.pid !== null) process.kill(server.pid, 'SIGKILL');
    },
    async database(name) {
      await ask(admin, { sql: `CREATE DATABASE ${name}` });
      const own = { ...login, database: name };
      const http = createClickHouseHttp(own);
      const run = <Row>(sql: string) => ask<Row>(http, { sql });
      for (const sql of [TABLE, TARGET, VIEW]) await run(sql);
      return {
        login: own,
        run,
        async one(sql) {
          const [row] = await run<Record<string, unknown>>(sql);
          return Object.values(row ?? {}).join(' ');
        },
      };
    },
    async stop() {
      admin.close();
      await server.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};
