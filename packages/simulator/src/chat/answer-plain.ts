import type { Answer, AnswerEnd } from './answer.js';

/** Answers in one piece, when the last token would have come. */
export async function answerPlain(answer: Answer): Promise<AnswerEnd> {
  const { response, connection, completion, plan, pace, cutAfterTokens, onComplete } = answer;
  const tokens = Math.min(plan.completionTokens, cutAfterTokens ?? Number.POSITIVE_INFINITY);
  const stillThere = await connection.pause(pace.firstTokenMs + Math.max(0, tokens - 1) / pace.tokensPerMs);
  if (!stillThere) return 'abandoned';
  if (cutAfterTokens !== null) {
    connection.cut();
    return 'cut';
  }
  const body = JSON.stringify(completion.whole(plan));
  onComplete();
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
  return 'completed';
}
