/** event; log. Feedback about one decision: one log record for each name. */
export const EVENT_GEN_AI_EVALUATION_RESULT = 'gen_ai.evaluation.result';

/** string; log. What the feedback is about: `satisfaction`, `accuracy` or `override`. */
export const ATTR_GEN_AI_EVALUATION_NAME = 'gen_ai.evaluation.name';

/** double; log. Satisfaction from 0 to 1; 1 for accurate, 0 for inaccurate. */
export const ATTR_GEN_AI_EVALUATION_SCORE_VALUE = 'gen_ai.evaluation.score.value';

/** string; log. `accurate` or `inaccurate`; for an override the id of the target that was taken instead. */
export const ATTR_GEN_AI_EVALUATION_SCORE_LABEL = 'gen_ai.evaluation.score.label';
