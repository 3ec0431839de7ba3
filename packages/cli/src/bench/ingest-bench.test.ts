import { expect, it } from 'vitest';
import type { Output } from '../output/output.js';
import { createGenAiRequests } from './genai-requests.js';
import { benchIngest } from './ingest-bench.js';

const QUIET: Output = {
  json: true,
  verbose: false,
  interactive: false,
  note: () => undefined,
  warn: () => undefined,
  result: () => undefined,
  error: () => undefined,
};

const FIGURES = [
  'spans_per_second',
  'floor_spans_per_second',
  'floor_ratio',
  'cpu_seconds_per_million_spans',
  'decoder_ratio',
  'ack_p50_ms',
  'ack_p99_ms',
  'rss_peak_mib',
  'rss_idle_mib',
];

it('stores every span once, and every attempt', { timeout: 120_000 }, async () => {
  const { figures } = await benchIngest(QUIET, { spans: 3000, signal: new AbortController().signal });
  const values = Object.fromEntries(figures.map(({ name, value }) => [name, value]));
  expect(values).toMatchObject({ spans_lost: 0, rows_duplicated: 0, attempts_differing: 0 });
  expect(Object.keys(values)).toEqual(expect.arrayContaining(FIGURES));
});

it('makes requests of 512 spans that are the same each time but for ids and times', () => {
  const load = { spans: 1025, serviceName: 'bench', seed: 1 };
  const [one, other] = [createGenAiRequests(load), createGenAiRequests(load)];
  expect(one).toHaveLength(3);
  expect(one.map((request) => request.byteLength)).toEqual(other.map((request) => request.byteLength));
  expect(one[0]).not.toEqual(other[0]);
});
