/**
 * The slope of the logistic function from the margin of a decision to its confidence, fitted on RouteLLM's development
 * split: two models, prompts of two benchmarks, five cost sensitivities. `node scripts/fit-router.ts` fits it anew.
 */
export const CONFIDENCE_SLOPE = 15;
