import type { Feedback } from '@signalbox/spec';
import type { Runtime } from '../execute/runtime.js';

/** What somebody says about a decision. At least one of the first three. */
export type FeedbackOptions = {
  /** How content they are with the answer, 0 to 1. */
  satisfaction?: number | undefined;
  /** Whether the right model was chosen. */
  accurate?: boolean | undefined;
  /** Id of the target that was taken instead. */
  overriddenTo?: string | undefined;
  /** Tenant of the decision; feedback under another one does not count. Default: `tenant` of the configuration. */
  tenant?: string | undefined;
  /** Who gives it. */
  userId?: string | undefined;
};

/** Tells the listeners what somebody says about a decision. See `Signalbox.feedback`. */
export const giveFeedback = (
  { listeners, clock, defaultTenant }: Pick<Runtime, 'listeners' | 'clock' | 'defaultTenant'>,
  decisionId: string,
  options: FeedbackOptions,
): void => {
  if (typeof decisionId !== 'string' || decisionId === '') {
    throw new TypeError(
      `The decision id is ${JSON.stringify(decisionId)}. Give the \`decisionId\` of an answer.`,
    );
  }
  listeners.emit({
    type: 'feedback-given',
    decisionId,
    tenant: options.tenant ?? defaultTenant,
    userId: options.userId ?? null,
    epochMs: clock.epochMs(),
    feedback: toFeedback(options),
  });
};

const toFeedback = ({ satisfaction, accurate, overriddenTo }: FeedbackOptions): Feedback => {
  const feedback = {
    satisfaction: satisfaction ?? null,
    accurate: accurate ?? null,
    overriddenTo: overriddenTo ?? null,
  };
  if (Object.values(feedback).every((value) => value === null)) {
    throw new TypeError('The feedback says nothing. Give `satisfaction`, `accurate` or `overriddenTo`.');
  }
  requireShare('satisfaction', feedback.satisfaction);
  if (feedback.accurate !== null && typeof feedback.accurate !== 'boolean') {
    throw new TypeError(`\`accurate\` is ${JSON.stringify(feedback.accurate)}. Give true or false.`);
  }
  if (
    feedback.overriddenTo !== null &&
    (typeof feedback.overriddenTo !== 'string' || feedback.overriddenTo === '')
  ) {
    throw new TypeError(`\`overriddenTo\` is ${JSON.stringify(feedback.overriddenTo)}. Give a target id.`);
  }
  return feedback;
};

const requireShare = (name: string, value: number | null): void => {
  if (value === null || (typeof value === 'number' && value >= 0 && value <= 1)) return;
  throw new RangeError(`\`${name}\` is ${value}. Give a number from 0 to 1.`);
};
