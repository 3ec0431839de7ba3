import { InvalidResponseDataError } from '@ai-sdk/provider';

const REASONS: ReadonlySet<string> = new Set(['error', 'interrupted']);

/**
 * The error behind an answer that ended by one of the finish reasons `error` and `interrupted`, or without any
 * (`null`); `null` for an answer that is whole. Providers report some of their failures only this way.
 */
export const unfinishedAnswer = (finishReason: string | null): Error | null => {
  if (finishReason !== null && !REASONS.has(finishReason)) return null;
  const how = finishReason === null ? 'without a finish reason' : `with the finish reason "${finishReason}"`;
  return new InvalidResponseDataError({ data: undefined, message: `The provider ended its answer ${how}.` });
};
