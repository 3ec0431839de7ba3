import { createReadStream } from 'node:fs';
import { FileUnreadableError, TraceMalformedError } from '@signalbox/spec';
import { CsvError, parse } from 'csv-parse';
import type { Arrival } from './arrival.js';

const COLUMNS = ['TIMESTAMP', 'ContextTokens', 'GeneratedTokens'] as const;
/** `2023-11-16 18:17:03.9799600`: UTC, up to nine decimals. */
const TIMESTAMP = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})(\.\d{1,9})?(?:Z|\+00:00)?$/;
const MAX_TOKENS = 10_000_000;

const parseTimestampMs = (value: string): number | null => {
  const match = TIMESTAMP.exec(value);
  if (!match) return null;
  const text = `${match[1]}T${match[2]}`;
  const ms = Date.parse(`${text}Z`);
  // A day that the month does not have is rolled over by Date.parse: only what comes back the same is a date.
  if (Number.isNaN(ms) || !new Date(ms).toISOString().startsWith(text)) return null;
  return ms + Number(match[3] ?? 0) * 1000;
};

const parseTokens = (text: string): number | null => {
  const tokens = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return tokens >= 1 && tokens <= MAX_TOKENS ? tokens : null;
};

type Line = { record: string[]; info: { lines: number } };

/** Turns the lines of one trace into arrivals; it remembers the first and the last time. The header gives `null`. */
const createLineParser = (file: string) => {
  let headerSeen = false;
  let firstMs: number | null = null;
  let lastMs = Number.NEGATIVE_INFINITY;

  const fail = (line: number, reason: string): never => {
    throw new TraceMalformedError({ file, line, reason });
  };

  const parseLine = ({ record, info: { lines: line } }: Line): Arrival | null => {
    if (!headerSeen) {
      if (record.join() !== COLUMNS.join())
        fail(line, `the header must be "${COLUMNS.join()}", not "${record.join()}".`);
      headerSeen = true;
      return null;
    }
    if (record.length !== COLUMNS.length)
      fail(line, `expected ${COLUMNS.length} columns, found ${record.length}.`);
    const [timestamp = '', context = '', generated = ''] = record;
    const atMs =
      parseTimestampMs(timestamp) ??
      fail(line, `TIMESTAMP "${timestamp}" is not a UTC time such as 2023-11-16 18:17:03.97.`);
    if (atMs < lastMs)
      fail(line, `TIMESTAMP "${timestamp}" is before the line above; sort the trace by time.`);
    lastMs = atMs;
    firstMs ??= atMs;
    return {
      atMs: atMs - firstMs,
      contextTokens:
        parseTokens(context) ?? fail(line, `ContextTokens "${context}" is not a whole number from 1.`),
      generatedTokens:
        parseTokens(generated) ?? fail(line, `GeneratedTokens "${generated}" is not a whole number from 1.`),
    };
  };

  const end = (): void => {
    if (!headerSeen) fail(1, 'the file is empty.');
    if (firstMs === null) fail(2, 'the file has a header but no arrivals.');
  };

  return { parseLine, end };
};

const toTraceError = (file: string, cause: unknown): unknown => {
  if (cause instanceof CsvError) {
    const {
      code,
      records,
      empty_lines: emptyLines,
      lines,
      message,
    } = cause as CsvError & Record<string, number>;
    // An open quote is noticed at the end of the file; it was opened after the last whole record.
    return code === 'CSV_QUOTE_NOT_CLOSED'
      ? new TraceMalformedError({
          file,
          line: Number(records) + Number(emptyLines) + 1,
          reason: 'a quotation mark is never closed.',
        })
      : new TraceMalformedError({ file, line: Number(lines), reason: message });
  }
  if (cause instanceof Error && 'syscall' in cause) {
    return new FileUnreadableError({ what: 'trace', file, option: '--trace', cause });
  }
  return cause;
};

/**
 * Streams an arrival trace: a CSV file with the columns TIMESTAMP (UTC), ContextTokens and GeneratedTokens, as in the
 * Azure LLM inference traces. Rows must be in order of time. Throws `FileUnreadableError` or, with the line,
 * `TraceMalformedError`.
 */
export async function* readArrivalTrace(file: string): AsyncGenerator<Arrival> {
  const source = createReadStream(file);
  const csv = parse({ bom: true, info: true, relax_column_count: true, skip_empty_lines: true });
  source.on('error', (error) => csv.destroy(error)).pipe(csv);
  const parser = createLineParser(file);
  try {
    for await (const line of csv as AsyncIterable<Line>) {
      const arrival = parser.parseLine(line);
      if (arrival) yield arrival;
    }
  } catch (cause) {
    throw toTraceError(file, cause);
  } finally {
    source.destroy();
  }
  parser.end();
}
