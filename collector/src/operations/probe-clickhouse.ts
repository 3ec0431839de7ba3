import { AskFailedError, ask } from '../drain/ask.js';
import type { ClickHouseHttp } from '../drain/clickhouse-http.js';

/** Resolves to `null` when ClickHouse would take rows, otherwise to the reason why not. Must not reject. */
export type Probe = () => Promise<string | null>;

const TIMEOUT_MS = 2_000;
/** Whoever asks more often gets the answer of before: a probe must not become a load. */
const FRESH_MS = 1_000;

/** Creates a probe that asks ClickHouse itself. */
export const createClickHouseProbe = (
  clickhouse: ClickHouseHttp,
  nowMs: () => number = () => performance.now(),
): Probe => {
  let last: { readonly askedAt: number; readonly answer: Promise<string | null> } | null = null;
  return () => {
    const now = nowMs();
    if (last === null || now - last.askedAt >= FRESH_MS) last = { askedAt: now, answer: probe(clickhouse) };
    return last.answer;
  };
};

const probe = async (clickhouse: ClickHouseHttp): Promise<string | null> => {
  try {
    // Answers only if the login, the database and the migrations are in order. Reads nothing.
    await ask(clickhouse, { sql: 'SELECT ingest_block FROM otel_traces WHERE 0', timeoutMs: TIMEOUT_MS });
    return null;
  } catch (error) {
    if (error instanceof AskFailedError) return error.failure.reason;
    throw error;
  }
};
