import type { Target } from '@signalbox/spec';
import { costNanoUsd } from '../cost-nano-usd.js';
import type { DecisionContext } from '../decision-context.js';

/**
 * What a request costs at a target when the answer is as long as it may become: what the caller asked for at most, else
 * what the target can write. The prompt is still an estimate. `null` when the price or the longest answer is unknown.
 */
export const worstCostNanoUsd = (
  target: Target,
  { asked: { maxOutputTokens: asked }, promptTokens }: Pick<DecisionContext, 'asked' | 'promptTokens'>,
): number | null => {
  const output = asked === null ? target.maxOutputTokens : Math.min(asked, target.maxOutputTokens ?? asked);
  return costNanoUsd({ input: promptTokens, output, ...NOT_TOLD_APART }, target.price);
};

const NOT_TOLD_APART = { cacheRead: null, cacheWrite: null, reasoning: null };
