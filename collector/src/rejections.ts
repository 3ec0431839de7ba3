/** Items of one request that are refused while the rest is stored: OTLP's partial success. */
export type Rejections = {
  readonly count: number;
  add(reason: string): void;
  /** What the sender is told: the number and the reasons, at most 2 KiB. Empty when nothing was rejected. */
  message(): string;
};

const MAX_REASONS = 8;
const MAX_REASON_LENGTH = 200;

/** Starts an empty count. Holds at most eight distinct reasons, whatever is sent. */
export const createRejections = (): Rejections => {
  const reasons = new Map<string, number>();
  let count = 0;
  let unlisted = 0;
  return {
    get count() {
      return count;
    },
    add(reason) {
      count += 1;
      const text = reason.slice(0, MAX_REASON_LENGTH).toWellFormed();
      const seen = reasons.get(text);
      if (seen === undefined && reasons.size === MAX_REASONS) unlisted += 1;
      else reasons.set(text, (seen ?? 0) + 1);
    },
    message() {
      if (count === 0) return '';
      const listed = [...reasons].map(([reason, times]) => `${reason} (${times})`);
      if (unlisted > 0) listed.push(`other reasons (${unlisted})`);
      return `${count} rejected: ${listed.join('; ')}`;
    },
  };
};
