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
    estimatedLatencyMs: 901,
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
      answerTokens: 300,
      asked: {
        tenant: 'acme',
        model: 'google/gemini-3-flash',
        strategy: 'cost-optimal',
        preferences: { costSensitivity: 0.9, speedPreference: 0.1, qualityPreference: 0.5 },
        limits: {
          costNanoUsd: 1_000_000,
          worstCostNanoUsd: 9_000_000,
          costPer1MTokensNanoUsd: 5_000_000_000,
          latencyMs: 2500,
        },
        needs: ['tools', 'json'],
        residency: ['eu'],
        maxOutputTokens: 500,
      },
      budgetLeftNanoUsd: 70_000_000,
      candidates: CANDIDATES,
      selected: 'google/gemini-3-flash',
      propensity: 0.99,
      explored: false,
      draw: 123_456_789,
      sticky: { by: 'conversation', held: 'openai/gpt-5' },
      arm: 'canary',
      shadows: ['openai/gpt-5'],
      confidence: 0.35,
      override: { requested: 'google/gemini-3-flash', routed: 'openai/gpt-5' },
    }, 42.4999),
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
      { timeToFirstChunkMs: 125.049 },
    ),
  );
  telemetry.onRequestEnd?.(
    events.requestEnd({
      served: 'google/gemini-3-flash',
      usage: USAGE,
      costNanoUsd: 48_000,
      costSource: 'config',
      priceVersion: 'sha256:1',
      timeToFirstChunkMs: 130.4999,
    }),
  );
};
