import {
  type AttemptEnd,
  type AttemptOutcome,
  type AttemptStart,
  type Candidate,
  type Decision,
  type DecisionMade,
  NO_LIMITS,
  type RequestEnd,
  type RequestOutcome,
  type RequestStart,
  type RoutingRequest,
  type Target,
} from '@signalbox/spec';

export const DECISION_ID = '019aa123-4567-7abc-8def-0123456789ab';

const UNKNOWN_USAGE = { input: null, output: null, cacheRead: null, cacheWrite: null, reasoning: null };

export const target = (id: string): Target => {
  const [provider = '', model = ''] = id.split('/');
  return {
    id,
    provider,
    model,
    price: null,
    contextTokens: null,
    maxOutputTokens: null,
    capabilities: [],
    quality: null,
    latency: null,
  };
};

export const candidate = (id: string, change: Partial<Candidate> = {}): Candidate => ({
  target: id,
  provider: target(id).provider,
  model: target(id).model,
  eligible: true,
  excluded: null,
  score: 0.75,
  terms: { cost: 0.5, quality: 0.25 },
  probability: 1,
  signals: null,
  estimatedCostNanoUsd: null,
  estimatedLatencyMs: null,
  ...change,
});

const decision = (change: Partial<Decision> = {}): Decision => ({
  policy: { name: 'default', version: 'sha256-1' },
  strategy: 'balanced',
  route: null,
  routePatterns: [],
  task: { type: 'chat', complexity: 'simple', complexityScore: 0.1 },
  prompt: { characters: 5, tokensEstimated: 2 },
  answerTokens: 300,
  asked: {
    tenant: 'acme',
    model: null,
    strategy: null,
    preferences: null,
    limits: NO_LIMITS,
    needs: [],
    residency: [],
    maxOutputTokens: null,
  },
  budgetLeftNanoUsd: null,
  candidates: [candidate('openai/gpt-5-mini')],
  selected: 'openai/gpt-5-mini',
  propensity: 1,
  explored: false,
  draw: null,
  sticky: null,
  arm: null,
  shadows: [],
  confidence: 1,
  override: null,
  fallbacks: [],
  ...change,
});

export const requestStart = (request: Partial<RoutingRequest> = {}): RequestStart => ({
  type: 'request-start',
  decisionId: DECISION_ID,
  sequence: 1,
  policy: { name: 'default', version: 'sha256-1' },
  request: {
    prompt: 'hello',
    tenant: 'acme',
    userId: null,
    conversationId: null,
    source: null,
    model: null,
    strategy: null,
    preferences: null,
    limits: NO_LIMITS,
    needs: [],
    residency: [],
    maxOutputTokens: null,
    metadata: {},
    ...request,
  },
});

export const decisionMade = (change: Partial<Decision> = {}, durationUs = 42.5): DecisionMade => ({
  type: 'decision-made',
  decisionId: DECISION_ID,
  decision: decision(change),
  durationUs,
});

export const attemptStart = (change: Partial<AttemptStart> = {}): AttemptStart => ({
  type: 'attempt-start',
  decisionId: DECISION_ID,
  attempt: 1,
  cause: 'first',
  target: target('openai/gpt-5-mini'),
  stream: false,
  settings: { temperature: null, topP: null, maxOutputTokens: null },
  ...change,
});

export const attemptEnd = (
  outcome: Partial<AttemptOutcome> = {},
  change: Partial<Omit<AttemptEnd, 'outcome'>> = {},
): AttemptEnd => ({
  type: 'attempt-end',
  decisionId: DECISION_ID,
  attempt: 1,
  durationMs: 250,
  timeToFirstChunkMs: null,
  outcome: {
    status: 'succeeded',
    usage: UNKNOWN_USAGE,
    costNanoUsd: null,
    costSource: null,
    priceVersion: null,
    responseModel: null,
    responseId: null,
    finishReason: null,
    error: null,
    ...outcome,
  },
  ...change,
});

export const requestEnd = (outcome: Partial<RequestOutcome> = {}, durationMs = 300): RequestEnd => ({
  type: 'request-end',
  decisionId: DECISION_ID,
  durationMs,
  outcome: {
    status: 'succeeded',
    attempts: 1,
    served: 'openai/gpt-5-mini',
    usage: UNKNOWN_USAGE,
    costNanoUsd: null,
    costSource: null,
    priceVersion: null,
    timeToFirstChunkMs: null,
    error: null,
    ...outcome,
  },
});
