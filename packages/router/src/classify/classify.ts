import type { Policy, RoutingRequest, Task } from '@signalbox/spec';
import { estimatePromptTokens } from './estimate-tokens.js';
import { expectAnswerTokens } from './expect-answer.js';
import { matchRoute, type RouteMatch } from './match-route.js';
import { readPrompt } from './read-prompt.js';
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
  const reading = readPrompt(request.prompt);
  const { type, characters } = reading;
  const complexityScore = complexityOf(reading);
  const task: Task = { type, complexity: complexityLevel(complexityScore), complexityScore };
  return {
    task,
    match: matchRoute(request, task, reading, policy),
    characters,
    promptTokens: estimatePromptTokens(request.prompt, reading),
    answerTokens: expectAnswerTokens(type, request.maxOutputTokens),
  };
};
