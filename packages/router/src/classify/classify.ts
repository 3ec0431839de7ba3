import type { Policy, RoutingRequest, Task } from '@signalbox/spec';
import { detectTaskType } from './detect-task-type.js';
import { estimateTokens } from './estimate-tokens.js';
import { expectAnswerTokens } from './expect-answer.js';
import { matchRoute, type RouteMatch } from './match-route.js';
import { samplePrompt } from './sample-prompt.js';
import { scanCues } from './scan-cues.js';
import { complexityLevel, complexityOf } from './score-complexity.js';

/** Everything that is read from the prompt, before any target is looked at. */
export type Classification = {
  task: Task;
  match: RouteMatch;
  characters: number;
  promptTokens: number;
  answerTokens: number;
};

/** Classifies a request: the task first, because routes may ask for it, then the route. */
export const classify = (request: RoutingRequest, policy: Policy): Classification => {
  const { prompt } = request;
  const characters = prompt.length;
  const text = samplePrompt(prompt).toLowerCase();
  const scan = scanCues(text);
  const type = detectTaskType(text, scan);
  const complexityScore = complexityOf({ characters, text, type, scan });
  const task: Task = { type, complexity: complexityLevel(complexityScore), complexityScore };
  return {
    task,
    match: matchRoute(request, task, text, policy),
    characters,
    promptTokens: estimateTokens(prompt),
    answerTokens: expectAnswerTokens(type, request.maxOutputTokens),
  };
};
