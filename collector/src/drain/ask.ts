import type { ClickHouseHttp } from './clickhouse-http.js';
import { failureOfAnswer, failureOfError, type InsertFailure } from './insert-failure.js';

/** Why ClickHouse did not do what it was asked. The message names codes, never rows. */
export class AskFailedError extends Error {
  readonly failure: InsertFailure;

  constructor(failure: InsertFailure, options?: ErrorOptions) {
    super(failure.reason, options);
    this.name = 'AskFailedError';
    this.failure = failure;
  }
}

/** Rows that are sent along with a query and stand in it as a table. */
export type ExternalTable = {
  readonly name: string;
  /** Columns with their types, as in CREATE TABLE. */
  readonly structure: string;
  /** RowBinary. */
  readonly bytes: Uint8Array;
};

/** A statement with its answer in rows, for what the drain wants to know of the server. */
export type Question = {
  readonly sql: string;
  /** Values for the `{name:Type}` placeholders. */
  readonly values?: Readonly<Record<string, string | number>>;
  readonly tables?: readonly ExternalTable[];
  /** Default 20,000. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
};

const TIMEOUT_MS = 20_000;
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;
const MAX_MEMORY_BYTES = 1024 ** 3;

/** Runs a statement and resolves to its rows; 64-bit integers come as text. @throws AskFailedError */
export const ask = async <Row>(
  clickhouse: ClickHouseHttp,
  { sql, values = {}, tables = [], timeoutMs = TIMEOUT_MS, signal }: Question,
): Promise<Row[]> => {
  const placeholders = Object.entries(values).map(([name, value]) => [`param_${name}`, value]);
  const params = {
    ...Object.fromEntries(placeholders),
    ...Object.fromEntries(tables.flatMap(describeTable)),
    default_format: 'JSONEachRow',
    // Without this a failure after the first row is answered with status 200.
    wait_end_of_query: 1,
    output_format_json_quote_64bit_integers: 1,
    max_execution_time: timeoutMs / 1000,
    max_memory_usage: MAX_MEMORY_BYTES,
  };
  const answer = await clickhouse
    .send({ sql, params, ...multipart(tables), timeoutMs, signal, maxAnswerBytes: MAX_ANSWER_BYTES })
    .catch((error: unknown) => {
      throw new AskFailedError(failureOfError(error), { cause: error });
    });
  // Rows are no failure here.
  const failure = failureOfAnswer(answer.status === 200 ? { ...answer, body: NOTHING } : answer);
  if (failure !== null) throw new AskFailedError(failure);
  const lines = answer.body.toString('utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Row);
};

const NOTHING = Buffer.alloc(0);

const describeTable = ({ name, structure }: ExternalTable): [string, string][] => [
  [`${name}_format`, 'RowBinary'],
  [`${name}_structure`, structure],
];

// The bytes are arbitrary, so the boundary is long; ClickHouse takes tables in no other form.
const BOUNDARY = 'signalbox-5b0c2f7de1a94c0d8a6e3f9b27d4c815';

const multipart = (tables: readonly ExternalTable[]) => {
  if (tables.length === 0) return {};
  const parts = tables.flatMap(({ name, bytes }) => [
    Buffer.from(
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"; filename="${name}"\r\n` +
        'Content-Type: application/octet-stream\r\n\r\n',
    ),
    bytes,
    Buffer.from('\r\n'),
  ]);
  return {
    body: [...parts, Buffer.from(`--${BOUNDARY}--\r\n`)],
    contentType: `multipart/form-data; boundary=${BOUNDARY}`,
  };
};
