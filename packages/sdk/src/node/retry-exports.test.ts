import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type SpanExporter,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createFakeCollector } from './__fixtures__/fake-collector.js';
import { type RetryOptions, retryExports } from './retry-exports.js';

const QUICK = { deadlineMs: 60_000, minBackoffMs: 10, maxBackoffMs: 20, random: () => 0.5 };

const finishedSpans = (count: number) => {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  for (let index = 0; index < count; index++) provider.getTracer('test').startSpan('span').end();
  return exporter.getFinishedSpans();
};
const spans = finishedSpans(3);

type Result = Parameters<Parameters<SpanExporter['export']>[1]>[0];
const exportOnce = (exporter: SpanExporter, batch = spans) =>
  new Promise<Result>((resolve) => exporter.export(batch, resolve));

/** An exporter that gives these results in order, and the sizes of the batches it was given. */
const scripted = (results: Result[], change: Partial<RetryOptions> = {}) => {
  const batches: number[] = [];
  const next: SpanExporter = {
    export: (batch, done) => {
      batches.push(batch.length);
      const result = results.shift();
      if (!result) throw new Error('The script is over.');
      done(result);
    },
    shutdown: async () => undefined,
  };
  return { exporter: retryExports(next, { ...QUICK, ...change }), batches };
};
const OK = { code: 0 };
const refused = {
  code: 1,
  error: Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
};
const retryable = { code: 1, error: new Error('Export failed with retryable status') };
const badRequest = { code: 1, error: Object.assign(new Error('Bad Request'), { code: 400 }) };

describe('over the OTLP exporter', () => {
  let stop = async () => undefined as unknown;
  afterEach(() => stop());

  it('delivers when a collector that refuses connections comes back, though each try has given up by then', async () => {
    const collector = await createFakeCollector();
    stop = collector.stop;
    await collector.stop();
    let failures = 0;
    const random = () => {
      failures += 1;
      return 0.5;
    };
    // The exporter's own first retry would come after a second: its timeout leaves it none.
    const otlp = new OTLPTraceExporter({
      url: `${collector.url}/v1/traces`,
      timeoutMillis: 500,
      compression: 'gzip' as never,
    });
    const delivered = exportOnce(retryExports(otlp, { ...QUICK, random }));
    await vi.waitFor(() => expect(failures).toBeGreaterThan(2), { timeout: 10_000 });
    await collector.start();
    expect(await delivered).toEqual({ code: 0 });
    expect(collector.seen.spans).toBe(3);
  });
});

it.each([
  ['a refused connection', refused],
  ['a status that may be retried', retryable],
  ['a failure without an error', { code: 1 }],
])('tries again after %s', async (_, result) => {
  const { exporter, batches } = scripted([result, result, OK]);
  expect(await exportOnce(exporter)).toEqual(OK);
  expect(batches).toEqual([3, 3, 3]);
});

it('does not try again what the collector refused for good', async () => {
  const { exporter, batches } = scripted([badRequest, OK]);
  expect(await exportOnce(exporter)).toEqual(badRequest);
  expect(batches).toEqual([3]);
});

it('gives a batch back as failed when its next try would come after the deadline', async () => {
  const { exporter, batches } = scripted([refused, OK], { deadlineMs: 5 });
  expect(await exportOnce(exporter)).toEqual(refused);
  expect(batches).toEqual([3]);
});

it('sends batches one after the other, in order', async () => {
  const { exporter, batches } = scripted([refused, OK, OK]);
  await Promise.all([exportOnce(exporter, spans.slice(0, 1)), exportOnce(exporter, spans.slice(0, 2))]);
  expect(batches).toEqual([1, 1, 2]);
});

it('makes a failed result of what the exporter throws, and goes on with the next batch', async () => {
  const results: Result[] = [];
  const { exporter, batches } = scripted(results);
  expect(await exportOnce(exporter)).toMatchObject({ code: 1, error: { message: 'The script is over.' } });
  results.push(OK);
  expect(await exportOnce(exporter)).toEqual(OK);
  expect(batches).toEqual([3, 3]);
});

it('ends a wait at once when it gives up, and fails everything after it', async () => {
  const { exporter, batches } = scripted([refused, OK], {
    minBackoffMs: 1_000_000,
    maxBackoffMs: 1_000_000,
    deadlineMs: 2_000_000,
  });
  const first = exportOnce(exporter);
  await vi.waitFor(() => expect(batches).toEqual([3]));
  exporter.giveUp();
  expect(await first).toMatchObject({ code: 1 });
  expect(await exportOnce(exporter)).toMatchObject({ code: 1 });
  expect(batches).toEqual([3]);
});
