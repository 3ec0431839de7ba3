import { context, logs, metrics, trace } from '@opentelemetry/api';
import { TelemetryRegisteredError } from '@signalbox/spec';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createFakeCollector, partialSuccess } from './__fixtures__/fake-collector.js';
import { setupTelemetry, type TelemetrySetup } from './setup-telemetry.js';
import type { TelemetrySetupOptions } from './telemetry-setup-options.js';

const QUICK = { batchDelayMs: 10, requestTimeoutMs: 1500, metricIntervalMs: 60_000 };
const PATIENT = { timeout: 10_000 };
const open: { setup: TelemetrySetup | null; collector: { stop(): Promise<void> } | null } = {
  setup: null,
  collector: null,
};

const startCollector = async (options: Parameters<typeof createFakeCollector>[0] = {}) => {
  const collector = await createFakeCollector(options);
  open.collector = collector;
  return collector;
};
const setup = (options: TelemetrySetupOptions) => {
  const telemetry = setupTelemetry({ ...QUICK, ...options });
  open.setup = telemetry;
  return telemetry;
};
const flush = async (telemetry: TelemetrySetup, timeoutMs?: number) => {
  await telemetry.flush(timeoutMs);
  return telemetry.stats();
};
const endSpans = (count: number) => {
  const tracer = trace.getTracer('test');
  for (let index = 0; index < count; index++) tracer.startSpan(`span ${index}`).end();
};

afterEach(async () => {
  await open.setup?.shutdown(1);
  await open.collector?.stop();
  open.setup = null;
  open.collector = null;
  context.disable();
});

describe('delivery', () => {
  it('delivers every span, compressed, with the headers given', async () => {
    const collector = await startCollector();
    const telemetry = setup({ endpoint: collector.url, headers: { authorization: 'Bearer token' } });
    endSpans(5000);
    expect(await flush(telemetry)).toEqual({
      spansEnded: 5000,
      spansAccepted: 5000,
      spansLost: 0,
      spansPending: 0,
    });
    expect(collector.seen.spans).toBe(5000);
    expect([...collector.seen.encodings]).toEqual(['gzip']);
    expect(collector.seen.headers).toMatchObject({ authorization: 'Bearer token' });
  });

  it('sends by itself, without a flush', async () => {
    const collector = await startCollector();
    const telemetry = setup({ endpoint: `${collector.url}/` });
    endSpans(3);
    await vi.waitFor(() => expect(collector.seen.spans).toBe(3), PATIENT);
    await vi.waitFor(() => expect(telemetry.stats().spansAccepted).toBe(3), PATIENT);
  });

  it('exports log records, and again when the collector was busy', async () => {
    const collector = await startCollector({ logAnswers: [{ status: 503 }] });
    const telemetry = setup({ endpoint: collector.url });
    logs.getLogger('test').emit({ eventName: 'happened' });
    await telemetry.flush();
    await vi.waitFor(() => expect(collector.seen.logRecords).toBe(1), PATIENT);
    expect(collector.seen.logRequests).toBe(2);
  });

  it('exports metrics on a flush', async () => {
    const collector = await startCollector();
    const telemetry = setup({ endpoint: collector.url });
    metrics.getMeter('test').createCounter('things').add(1);
    await telemetry.flush();
    expect(collector.seen.metricRequests).toBe(1);
  });

  it.each([
    ['answers 503 three times', [{ status: 503 }, { status: 503 }, { status: 503 }]],
    ['answers 429', [{ status: 429 }]],
    ['cuts the connection', [{ status: 0, cut: true }]],
    ['never answers the first request', [{ status: 0, hang: true }]],
  ])('loses nothing when the collector %s', async (_, answers) => {
    const collector = await startCollector({ answers: [...answers] });
    const telemetry = setup({ endpoint: collector.url });
    endSpans(10);
    expect(await flush(telemetry)).toMatchObject({ spansAccepted: 10, spansLost: 0 });
    expect(collector.seen.spans).toBe(10);
  });
});

describe('loss', () => {
  it('counts as lost what a collector that never comes up does not take', async () => {
    const collector = await startCollector();
    await collector.stop();
    const telemetry = setup({ endpoint: collector.url, requestTimeoutMs: 100, retryDeadlineMs: 600 });
    endSpans(20);
    expect(await flush(telemetry, 20_000)).toEqual({
      spansEnded: 20,
      spansAccepted: 0,
      spansLost: 20,
      spansPending: 0,
    });
  });

  it('counts as lost what the collector refuses for good, without a second try', async () => {
    const collector = await startCollector({ answers: [{ status: 400 }] });
    const telemetry = setup({ endpoint: collector.url });
    endSpans(7);
    expect(await flush(telemetry)).toMatchObject({ spansAccepted: 0, spansLost: 7 });
    endSpans(1);
    expect(await flush(telemetry)).toMatchObject({ spansAccepted: 1, spansLost: 7 });
    expect(collector.seen.requests).toBe(2);
  });

  it('counts as lost what the collector rejects from an accepted batch', async () => {
    const collector = await startCollector({ answers: [{ status: 200, body: partialSuccess(3) }] });
    const telemetry = setup({ endpoint: collector.url });
    endSpans(10);
    expect(await flush(telemetry)).toEqual({
      spansEnded: 10,
      spansAccepted: 7,
      spansLost: 3,
      spansPending: 0,
    });
    endSpans(1);
    expect(await flush(telemetry)).toMatchObject({ spansAccepted: 8, spansLost: 3 });
  });

  it('counts as lost what does not fit into the queue', async () => {
    const collector = await startCollector();
    const telemetry = setup({ endpoint: collector.url, maxQueueSize: 50 });
    endSpans(80);
    expect(telemetry.stats()).toEqual({ spansEnded: 80, spansAccepted: 0, spansLost: 30, spansPending: 50 });
    expect(await flush(telemetry)).toMatchObject({ spansAccepted: 50, spansLost: 30 });
    expect(collector.seen.spans).toBe(50);
  });
});

describe('shutdown', () => {
  it('delivers what is queued', async () => {
    const collector = await startCollector();
    const telemetry = setup({ endpoint: collector.url, batchDelayMs: 60_000 });
    endSpans(5);
    await telemetry.shutdown();
    expect(telemetry.stats()).toMatchObject({ spansAccepted: 5, spansPending: 0 });
    expect(collector.seen.spans).toBe(5);
  });

  it('counts as lost what is pending at its deadline, and what ends later as never heard', async () => {
    const collector = await startCollector({ answers: [{ status: 0, hang: true }] });
    const telemetry = setup({ endpoint: collector.url, requestTimeoutMs: 30_000 });
    const tracer = trace.getTracer('test');
    endSpans(4);
    await vi.waitFor(() => expect(collector.seen.requests).toBe(1), PATIENT);
    const lost = { spansEnded: 4, spansAccepted: 0, spansLost: 4, spansPending: 0 };
    await telemetry.shutdown(50);
    expect(telemetry.stats()).toEqual(lost);
    tracer.startSpan('late').end();
    expect(telemetry.stats()).toEqual({ ...lost, spansEnded: 5, spansLost: 5 });
  });

  it('happens once, and leaves room for another setup', async () => {
    const collector = await startCollector();
    const first = setup({ endpoint: collector.url });
    expect(first.shutdown()).toBe(first.shutdown());
    await first.shutdown();
    const second = setup({ endpoint: collector.url });
    endSpans(2);
    expect(await flush(second)).toMatchObject({ spansAccepted: 2 });
    expect(first.stats()).toMatchObject({ spansEnded: 0 });
  });
});

it('does nothing where the environment disables the SDK', async () => {
  vi.stubEnv('OTEL_SDK_DISABLED', 'true');
  const collector = await startCollector();
  const telemetry = setup({ endpoint: collector.url });
  vi.unstubAllEnvs();
  endSpans(2);
  expect(await flush(telemetry)).toEqual({ spansEnded: 0, spansAccepted: 0, spansLost: 0, spansPending: 0 });
  expect(collector.seen).toMatchObject({ requests: 0, metricRequests: 0 });
});

describe('refusals', () => {
  it('refuses to replace an SDK that is registered', async () => {
    const collector = await startCollector();
    setup({ endpoint: collector.url });
    expect(() => setupTelemetry({ endpoint: collector.url })).toThrow(TelemetryRegisteredError);
  });

  it.each([
    [{ endpoint: 'collector:4318' }, 'endpoint'],
    [{ endpoint: 'nonsense' }, 'endpoint'],
    [{ maxQueueSize: 0 }, 'maxQueueSize'],
    [{ retryDeadlineMs: Number.NaN }, 'retryDeadlineMs'],
    [{ metricIntervalMs: 1.5 }, 'metricIntervalMs'],
  ])('refuses %o and names the option', (options, path) => {
    expect(() => setupTelemetry(options)).toThrow(`setupTelemetry() has a bad field:\n  ${path}: expected`);
  });
});
