import { setTimeout as delay } from 'node:timers/promises';
import type { ChatRequest, Signalbox } from '@signalbox/sdk';
import { promptOfTokens } from '@signalbox/simulator';
import type { Arrival } from './arrival.js';
import { createGate } from './gate.js';
import { countSuccess, createTrafficCounts, type TrafficCounts } from './traffic-counts.js';
import { drawTrafficRequest, type TrafficRequest } from './traffic-mix.js';

/** Requests in flight at once; arrivals beyond wait. Bounds memory and sockets in bursts. */
const MAX_IN_FLIGHT = 2000;
/** Time for the last requests to be answered; the longest answer of the Azure trace takes half a minute. */
const DRAIN_MS = 120_000;
/** Time for them when somebody ended the load and waits. */
const INTERRUPTED_DRAIN_MS = 10_000;

const toChatRequest = (request: TrafficRequest, arrival: Arrival, signal: AbortSignal): ChatRequest => ({
  prompt: promptOfTokens(arrival.contextTokens, request.key, request.lead),
  userId: request.userId,
  source: request.source,
  ...(request.strategy && { strategy: request.strategy }),
  ...(request.model && { model: request.model }),
  abortSignal: signal,
  headers: {
    'x-simulator-key': request.key,
    'x-simulator-output-tokens': String(arrival.generatedTokens),
  },
});

const call = async (signalbox: Signalbox, request: TrafficRequest, chat: ChatRequest) => {
  if (!request.stream) return signalbox.chat(chat);
  const { textStream, result } = signalbox.stream(chat);
  for await (const _text of textStream);
  return result;
};

/**
 * Sends a load through the SDK: each arrival at its time divided by `speed`, at most 2,000 in flight. Ends when the
 * arrivals end, or `signal` aborts, and everything sent is answered; what is not answered within 2 minutes (10 s after an abort) is cancelled.
 * `counts` is updated as it goes, so that a progress line can read it.
 */
export const runTraffic = async (options: {
  signalbox: Signalbox;
  targets: readonly string[];
  arrivals: AsyncIterable<Arrival>;
  speed: number;
  seed: number;
  /** Share of the requests that ask for a target by name, 0 to 1. They have no fallback. */
  overrideShare: number;
  signal: AbortSignal;
  counts?: TrafficCounts;
}): Promise<TrafficCounts> => {
  const { signalbox, targets, speed, seed, overrideShare, signal, counts = createTrafficCounts() } = options;
  const gate = createGate(MAX_IN_FLIGHT);
  const cancel = new AbortController();

  const send = async (arrival: Arrival, index: number): Promise<void> => {
    const request = drawTrafficRequest({ seed, index, targets, overrideShare });
    counts.sent += 1;
    counts.inFlight += 1;
    try {
      const { usage, costNanoUsd } = await call(
        signalbox,
        request,
        toChatRequest(request, arrival, cancel.signal),
      );
      countSuccess(counts, arrival, usage, costNanoUsd);
    } catch {
      // The failure is on the request's span; the load goes on.
      if (cancel.signal.aborted) counts.cancelled += 1;
      else counts.failed += 1;
    } finally {
      counts.inFlight -= 1;
      gate.leave();
    }
  };

  const start = performance.now();
  for await (const arrival of options.arrivals) {
    const waitMs = start + arrival.atMs / speed - performance.now();
    if (waitMs > 1) await delay(waitMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) break;
    if (!(await gate.enter(signal))) break;
    counts.arrived += 1;
    void send(arrival, counts.arrived - 1);
  }
  const deadline = setTimeout(() => cancel.abort(), signal.aborted ? INTERRUPTED_DRAIN_MS : DRAIN_MS);
  const shorten = (): void => void setTimeout(() => cancel.abort(), INTERRUPTED_DRAIN_MS).unref();
  if (!signal.aborted) signal.addEventListener('abort', shorten, { once: true });
  await gate.idle();
  clearTimeout(deadline);
  signal.removeEventListener('abort', shorten);
  return counts;
};
