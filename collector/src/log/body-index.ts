import type { RecordedAnswer } from './write-ahead-log.js';

/** The requests of the retained time by the hash of their body, so that an identical retry is not stored twice. */
export interface BodyIndex {
  /** The answer to an identical request; `null` when there was none. */
  find(bodyHash: string): RecordedAnswer | null;
  /** Remembers a request for the retained time, which begins now. */
  add(request: { readonly bodyHash: string; readonly answer: RecordedAnswer }): void;
  size(): number;
}

/** What `createBodyIndex` takes. */
export type BodyIndexOptions = {
  readonly retainMs: number;
  /** Beyond this many the oldest are forgotten. */
  readonly maxEntries: number;
  /** A clock that does not jump, in milliseconds. */
  readonly epochMs: () => number;
};

/** Creates an empty index. */
export const createBodyIndex = ({ retainMs, maxEntries, epochMs }: BodyIndexOptions): BodyIndex => {
  // A Map keeps the order in which keys were added: the first is the oldest.
  const entries = new Map<string, { readonly answer: RecordedAnswer; readonly addedAt: number }>();

  const forgetOld = (): void => {
    const oldest = epochMs() - retainMs;
    for (const [bodyHash, { addedAt }] of entries) {
      if (entries.size <= maxEntries && addedAt >= oldest) return;
      entries.delete(bodyHash);
    }
  };

  return {
    find: (bodyHash) => entries.get(bodyHash)?.answer ?? null,
    add: ({ bodyHash, answer }) => {
      entries.delete(bodyHash);
      entries.set(bodyHash, { answer: answer.rejected === 0 ? COMPLETE : answer, addedAt: epochMs() });
      forgetOld();
    },
    size: () => entries.size,
  };
};

// Nearly every answer is this one; sharing it keeps the index small.
const COMPLETE: RecordedAnswer = { rejected: 0, message: '' };
