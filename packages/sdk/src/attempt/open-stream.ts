import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4StreamPart,
  LanguageModelV4StreamResult,
} from '@ai-sdk/provider';
import { failureOfPart, isContentPart } from './stream-part.js';
import { unfinishedAnswer } from './unfinished-answer.js';
import { untilAborted } from './until-aborted.js';

/** The reading end of a provider's stream. */
export type PartReader = ReadableStreamDefaultReader<LanguageModelV4StreamPart>;

/** A stream of which the head is read: up to its first content, or to its finish if it has none. */
export type OpenedStream = {
  /** The parts read so far, in order; the caller has seen none of them. */
  held: LanguageModelV4StreamPart[];
  reader: PartReader;
  /** What the provider gave beside the stream: request and response headers. */
  rest: Omit<LanguageModelV4StreamResult, 'stream'>;
};

/** How opening ended. `held` of a failure has the parts that came before it. */
export type OpenStreamResult =
  | { status: 'opened'; stream: OpenedStream }
  | { status: 'failed'; error: unknown; held: readonly LanguageModelV4StreamPart[] };

/** Parts held back before a stream is handed over even without content; bounds memory with odd providers. */
const MAX_HELD_PARTS = 64;

/** Reads the next part. Throws when the stream ends, because a whole answer ends by its `finish` part. */
export const readPart = async (reader: PartReader): Promise<LanguageModelV4StreamPart> => {
  const { done, value } = await reader.read();
  if (done) throw unfinishedAnswer(null);
  return value;
};

const start = async (model: LanguageModelV4, options: LanguageModelV4CallOptions) => {
  const starting = (async () => model.doStream(options))();
  try {
    return await untilAborted(starting, options.abortSignal);
  } catch (error) {
    // A provider that answers after the caller has left still holds a connection: let go of it.
    starting.then(({ stream }) => stream.cancel()).catch(() => undefined);
    throw error;
  }
};

const readHead = async (
  reader: PartReader,
  signal: AbortSignal | undefined,
  held: LanguageModelV4StreamPart[],
): Promise<void> => {
  while (held.length < MAX_HELD_PARTS) {
    const part = await untilAborted(readPart(reader), signal);
    held.push(part);
    const failure = failureOfPart(part);
    if (failure) throw failure.error;
    if (part.type === 'finish' || isContentPart(part)) return;
  }
};

/**
 * Starts a stream and reads its head, so that until then another target can take over unseen. Failures are data: an
 * error thrown, an `error` part, an end without `finish`.
 */
export const openStream = async (
  model: LanguageModelV4,
  options: LanguageModelV4CallOptions,
): Promise<OpenStreamResult> => {
  const held: LanguageModelV4StreamPart[] = [];
  let reader: PartReader | undefined;
  try {
    const { stream, ...rest } = await start(model, options);
    reader = stream.getReader();
    await readHead(reader, options.abortSignal, held);
    return { status: 'opened', stream: { held, reader, rest } };
  } catch (error) {
    reader?.cancel(error).catch(() => undefined);
    return { status: 'failed', error, held };
  }
};
