import type { DecisionByIdParams } from './decision-by-id.js';
import { boolean, float, nullable, text } from './decoders.js';
import { bindTenant, ofTenant, type TenantQuery } from './tenant-scope.js';

/** What somebody said about a decision. `null` where the event is about something else. */
export type StoredFeedback = {
  /** When it was given, ISO 8601 in UTC with nanoseconds. */
  timestamp: string;
  /** Who gave it. */
  userId: string | null;
  /** `satisfaction`, `accuracy` or `override`; empty when it is none of them. */
  name: string;
  /** 0 to 1. */
  satisfaction: number | null;
  accurate: boolean | null;
  /** Target that was taken instead. */
  overriddenTo: string | null;
};

/** One row for each piece of feedback on a decision, the oldest first. Of each `name` the newest counts. */
export const feedbackOfDecision: TenantQuery<DecisionByIdParams, StoredFeedback> = {
  name: 'feedbackOfDecision',
  sql: `
    SELECT timestamp, user_id AS userId, name, satisfaction, accurate, overridden_to AS overriddenTo
    FROM feedback
    WHERE decision_id = {decisionId:String} AND ${ofTenant('tenant')}
    ORDER BY timestamp, name`,
  bind: ({ decisionId, ...of }) => ({ decisionId, ...bindTenant(of) }),
  decode: {
    timestamp: text,
    userId: nullable(text),
    name: text,
    satisfaction: nullable(float),
    accurate: nullable(boolean),
    overriddenTo: nullable(text),
  },
};
