import type { Listener } from '@signalbox/spec';
import * as events from './events.js';

/** What was known of each target when the full request was decided. */
export const SIGNALS = { firstChunkMs: 300, tokensPerSecond: 80, successRate: 0.99, circuit: 'closed' } as const;
const USAGE = { input: 100, output: 50, cacheRead: 40, cacheWrite: 8, reasoning: 20 };

const CANDIDATES = [
  events.candidate('google/gemini-3-flash', {
    probability: 0.99,
    signals: SIGNALS,
    estimatedCostNanoUsd: 51_000,
    estimatedLatencyMs: 900.5,
  }),
  events.candidate('openai/gpt-5', {
    eligible: false,
    excluded: { reason: 'over-request-limit', detail: 'expected 1200000 nano-USD, limit 1000000' },
    score: null,
    terms: {},
    probability: 0,
  }),
];

/** One request that tells all that a success can tell. */
export const playFullRequest = (telemetry: Listener): void => {
  telemetry.onRequestStart?.(
    events.requestStart({
      source: 'checkout',
      userId: 'user-1',
      conversationId: 'conversation-1',
      model: 'google/gemini-3-flash',
    }),
  );
  telemetry.onDecisionMade?.(
    events.decisionMade({
      strategy: 'cost-optimal',
      route: 'code',
      routePatterns: ['function', 'class'],
      task: { type: 'coding', complexity: 'moderate', complexityScore: 0.4 },
      prompt: { characters: 5, tokensEstimated: 2 },
      candidates: CANDIDATES,
      selected: 'google/gemini-3-flash',
      propensity: 0.99,
      explored: false,
      confidence: 0.35,
      override: { requested: 'google/gemini-3-flash', routed: 'openai/gpt-5' },
    }),
  );
  telemetry.onAttemptStart?.(
    events.attemptStart({
      target: events.target('google/gemini-3-flash'),
      stream: true,
      settings: { temperature: 0.2, topP: 0.9, maxOutputTokens: 500 },
    }),
  );
  telemetry.onAttemptEnd?.(
    events.attemptEnd(
      {
        usage: USAGE,
        costNanoUsd: 48_000,
        costSource: 'config',
        priceVersion: 'sha256:1',
        responseModel: 'gemini-3-flash-001',
        responseId: 'response-1',
        finishReason: { unified: 'stop', raw: 'STOP' },
      },
      { timeToFirstChunkMs: 125 },
    ),
  );
  telemetry.onRequestEnd?.(
    events.requestEnd({
      served: 'google/gemini-3-flash',
      usage: USAGE,
      costNanoUsd: 48_000,
      costSource: 'config',
      priceVersion: 'sha256:1',
      timeToFirstChunkMs: 130.5,
    }),
  );
};
