import { findModel } from '@signalbox/catalogue';
import type { ModelProfile } from '@signalbox/simulator';
import { DEMO_TARGETS, splitTargetId } from './demo-targets.js';

/** Share of the simulated calls that fail before their first chunk, by status, so that fallbacks can be seen. */
const ERROR_RATE = { 429: 0.002, 500: 0.002, 503: 0.001 };

/** The simulator's model of each demo target: as fast as the target is declared, with a few errors. */
export const simulatedModels = (): Record<string, ModelProfile> =>
  Object.fromEntries(
    DEMO_TARGETS.map(({ id, latency }): [string, ModelProfile] => {
      const { provider, model } = splitTargetId(id);
      const contextTokens = findModel({ provider, model })?.contextTokens ?? null;
      return [
        model,
        {
          firstTokenMs: { median: latency.firstChunkMs, p95: latency.firstChunkMs * 2.5 },
          tokensPerSecond: latency.tokensPerSecond,
          errorRate: ERROR_RATE,
          ownedBy: provider,
          ...(contextTokens !== null && { contextTokens }),
        },
      ];
    }),
  );
