// The router: which target should answer this request, and why. Pure: no clock, no I/O, chance is handed in.
// Start with decide.ts. Its steps are the folders, in the order in which a request passes them:
// classify → candidates → strategies → choose → explain.

export {
  COMPLEXITY_FEATURES,
  type ComplexityFeature,
  type ComplexityFeatures,
} from './classify/complexity-features.js';
export { COMPLEXITY_MODEL_VERSION, COMPLEXITY_WEIGHTS } from './classify/complexity-weights.js';
export { estimateTokens } from './classify/estimate-tokens.js';
export { lintRoutes, type RoutesToLint } from './classify/lint-routes.js';
export {
  complexityFeatures,
  complexityLevel,
  scoreComplexity,
  weighFeatures,
} from './classify/score-complexity.js';
export { compilePolicy, type PolicyContent, policyVersion } from './compile-policy.js';
export { costNanoUsd } from './cost-nano-usd.js';
export { createRequest, type RequestInput } from './create-request.js';
export { decide } from './decide.js';
export { describeFlip } from './explain/describe-flip.js';
export { explain } from './explain/explain.js';
export { findFlips } from './explain/find-flips.js';
export type { Flip, FlipSignal } from './explain/flip.js';
export { differences, type RecordedDecision } from './replay/differences.js';
export { type DecisionRecord, replay } from './replay/replay.js';
export { registerStrategy } from './strategies/register-strategy.js';
export type { CodeStrategy } from './strategies/strategy.js';
