import { bindDecisionRange, type DecisionRange, inDecisionRange } from './decision-range.js';
import { float, integer, nullable, text } from './decoders.js';
import type { TenantQuery } from './tenant-scope.js';

/** What people said about the decisions that one model served. */
export type ModelFeedback = {
  /** The model that answered; the chosen one where none did; `null` where none was chosen. */
  model: string | null;
  /** Decisions with feedback, of any kind. */
  decisions: number;
  rated: number;
  /** Mean of the ratings, 0 to 1. `null` without one. */
  satisfaction: number | null;
  /** Decisions that somebody called accurate or inaccurate, and the accurate part of them. */
  labelled: number;
  accuracy: number | null;
  /** Decisions after which another target was taken. */
  overridden: number;
};

/** One row for each model with feedback, the most rated first. Of each kind the newest on a decision counts. */
export const feedbackByModel: TenantQuery<DecisionRange, ModelFeedback> = {
  name: 'feedbackByModel',
  sql: `
    SELECT
      ifNull(served_model, selected_model) AS model,
      count() AS decisions,
      countIf(d.satisfaction IS NOT NULL) AS rated,
      avg(d.satisfaction) AS satisfaction,
      countIf(accurate IS NOT NULL) AS labelled,
      avg(accurate) AS accuracy,
      countIf(overridden_to IS NOT NULL) AS overridden
    FROM decisions_with_feedback AS d
    WHERE ${inDecisionRange('d.')}
      AND (d.satisfaction IS NOT NULL OR d.accurate IS NOT NULL OR d.overridden_to IS NOT NULL)
    GROUP BY model
    ORDER BY decisions DESC, model`,
  bind: bindDecisionRange,
  decode: {
    model: nullable(text),
    decisions: integer,
    rated: integer,
    satisfaction: nullable(float),
    labelled: integer,
    accuracy: nullable(float),
    overridden: integer,
  },
};
