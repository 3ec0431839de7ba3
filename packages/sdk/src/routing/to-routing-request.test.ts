import { NO_LIMITS, parseConfig } from '@signalbox/spec';
import { describe, expect, it } from 'vitest';
import type { RoutingOptions } from './routing-options.js';
import { toRoutingRequest } from './to-routing-request.js';

const facts = { prompt: 'Hello', needs: [], maxOutputTokens: null };
const runtime = {
  defaultTenant: 'home',
  policy: { ...parseConfig({}).policy, version: '0', targets: [] },
};

describe('toRoutingRequest', () => {
  it('fills in the tenant and leaves the rest open', () => {
    expect(toRoutingRequest(runtime, {}, facts)).toEqual({
      ...facts,
      tenant: 'home',
      userId: null,
      conversationId: null,
      source: null,
      model: null,
      strategy: null,
      preferences: null,
      limits: NO_LIMITS,
      residency: [],
      metadata: {},
    });
  });

  it('takes limits in USD and keeps them in nano-USD', () => {
    const limits = { costUsd: 0.001, worstCostUsd: 0.01, costPer1MTokensUsd: 2, latencyMs: 500 };
    expect(toRoutingRequest(runtime, { limits }, facts).limits).toEqual({
      costNanoUsd: 1_000_000,
      worstCostNanoUsd: 10_000_000,
      costPer1MTokensNanoUsd: 2_000_000_000,
      latencyMs: 500,
    });
  });

  it('completes preferences from the policy', () => {
    const { preferences } = toRoutingRequest(runtime, { preferences: { costSensitivity: 1 } }, facts);
    expect(preferences).toEqual({ costSensitivity: 1, speedPreference: 0.5, qualityPreference: 0.5 });
  });

  it.each<[string, RoutingOptions]>([
    ['limits.costUsd', { limits: { costUsd: -1 } }],
    ['limits.latencyMs', { limits: { latencyMs: Number.NaN } }],
    ['preferences.speedPreference', { preferences: { speedPreference: 2 } }],
    ['strategy', { strategy: 'fastest' as never }],
  ])('names a bad %s', (name, options) => {
    expect(() => toRoutingRequest(runtime, options, facts)).toThrow(`\`${name}\``);
  });
});
