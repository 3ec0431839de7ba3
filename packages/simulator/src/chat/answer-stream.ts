import { CHARACTERS_PER_TOKEN } from '../text/count-simulated-tokens.js';
import type { Answer, AnswerEnd } from './answer.js';

/** A chunk carries what came due in at least this time, and at least this many tokens: timers stay cheap. */
const MIN_CHUNK_MS = 20;
const MIN_CHUNK_TOKENS = 4;
/** A chunk carries at most so many, so that a slow reader is felt between chunks. */
const MAX_CHUNK_TOKENS = 1_024;

/**
 * Answers as server-sent events: the role with the first token, then text at the pace of the answer, the
 * finish reason, the usage where asked for, and `[DONE]`. Ends as soon as the client goes away.
 */
export async function answerStream(answer: Answer): Promise<AnswerEnd> {
  const { response, connection, completion, plan, pace, cutAfterTokens } = answer;
  const reasoningMs = plan.reasoningTokens / pace.tokensPerMs;
  if (!(await connection.pause(pace.firstTokenMs + reasoningMs))) return 'abandoned';
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
  });
  const role = { role: 'assistant', content: '', refusal: null };
  if (!(await connection.write(toEvent(completion.chunk(role))))) return 'abandoned';
  if (!(await streamText(answer))) return 'abandoned';
  if (cutAfterTokens !== null) {
    connection.cut();
    return 'cut';
  }
  endStream(answer);
  return 'completed';
}

/** Writes the text, or as much of it as comes before the cut. False when the client went away. */
async function streamText({ connection, completion, plan, pace, cutAfterTokens }: Answer): Promise<boolean> {
  const visibleTokens = plan.completionTokens - plan.reasoningTokens;
  const lastToken = Math.min(visibleTokens, cutAfterTokens ?? Number.POSITIVE_INFINITY);
  const chunkMs = Math.max(MIN_CHUNK_MS, MIN_CHUNK_TOKENS / pace.tokensPerMs);
  const startedAt = performance.now();
  let sent = 0;
  while (sent < lastToken) {
    const elapsedMs = performance.now() - startedAt;
    const due = Math.min(lastToken, sent + MAX_CHUNK_TOKENS, 1 + Math.floor(elapsedMs * pace.tokensPerMs));
    if (due > sent) {
      const content = plan.text.slice(sent * CHARACTERS_PER_TOKEN, due * CHARACTERS_PER_TOKEN);
      if (!(await connection.write(toEvent(completion.chunk({ content }))))) return false;
      sent = due;
    }
    const remainingMs = (lastToken - 1) / pace.tokensPerMs - elapsedMs;
    if (sent < lastToken && !(await connection.pause(Math.min(chunkMs, remainingMs)))) return false;
  }
  return true;
}

function endStream({ response, completion, plan, includeUsage, onComplete }: Answer): void {
  const finish = toEvent(completion.chunk({}, plan.finishReason));
  const usage = includeUsage ? toEvent(completion.usageChunk()) : '';
  onComplete();
  response.end(`${finish}${usage}data: [DONE]\n\n`);
}

function toEvent(chunk: object): string {
  return `data: ${JSON.stringify(chunk)}\n\n`;
}
