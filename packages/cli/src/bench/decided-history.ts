import { randomUUID } from 'node:crypto';
import { type ReadableSpan, TracerProvider } from '@opentelemetry/sdk-trace';
import { decide } from '@signalbox/router';
import { createSeededRandom, NoCandidateError, type Policy, type RequestOutcome } from '@signalbox/spec';
import type { Store } from '@signalbox/store';
import { createTelemetry } from '@signalbox/telemetry';
import { replayRequest, replaySnapshot } from './replay-requests.js';
import { toTraceRow } from './trace-row-of-span.js';

/** Decisions of one insert. */
const BLOCK = 2500;
/** Decisions that are made with the same measurements. */
const SNAPSHOT_LIFE = 20;

/** How much history to make, and when it was. */
export type DecidedHistory = { policy: Policy; decisions: number; from: number; to: number; seed: number };

/** Nobody is called: only the decisions are of interest. */
const NOT_CALLED: RequestOutcome = {
  status: 'cancelled',
  attempts: 0,
  served: null,
  usage: { input: null, output: null, cacheRead: null, cacheWrite: null, reasoning: null },
  costNanoUsd: null,
  costSource: null,
  priceVersion: null,
  timeToFirstChunkMs: null,
  error: null,
};

/**
 * Stores a history that was really decided: the router decides each request, the telemetry makes the span that a service
 * would send, and the store gets it as it gets those of the collector. Requests that no target can answer are in it too.
 */
export const storeDecidedHistory = async (
  store: Store,
  { policy, decisions, from, to, seed }: DecidedHistory,
  {
    onBlock,
    onDecision,
    signal,
  }: { onBlock: (stored: number) => void; onDecision?: (id: string) => void; signal: AbortSignal },
): Promise<void> => {
  const ended: ReadableSpan[] = [];
  const processor = {
    onStart: () => undefined,
    onEnd: (span: ReadableSpan) => void ended.push(span),
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
  const telemetry = createTelemetry({ tracerProvider: new TracerProvider({ spanProcessors: [processor] }) });
  const random = createSeededRandom(seed);
  let snapshot = replaySnapshot(policy, random);
  for (let sequence = 1; sequence <= decisions; sequence += 1) {
    if (sequence % SNAPSHOT_LIFE === 0) snapshot = replaySnapshot(policy, random);
    const request = replayRequest(random);
    const decisionId = randomUUID();
    onDecision?.(decisionId);
    telemetry.onRequestStart?.({ type: 'request-start', decisionId, sequence, policy, request });
    try {
      const decision = decide(request, policy, snapshot, random);
      telemetry.onDecisionMade?.({ type: 'decision-made', decisionId, decision, durationUs: 40 });
    } catch (error) {
      if (!(error instanceof NoCandidateError)) throw error;
    }
    telemetry.onRequestEnd?.({ type: 'request-end', decisionId, outcome: NOT_CALLED, durationMs: 1 });
    if (ended.length < BLOCK && sequence < decisions) continue;
    const first = sequence - ended.length;
    const rows = ended.map((span, at) => toTraceRow(span, from + ((first + at) / decisions) * (to - from)));
    ended.length = 0;
    await store.insert('otel_traces', rows, { signal });
    onBlock(sequence);
  }
};
