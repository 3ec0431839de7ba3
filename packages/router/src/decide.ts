import type { Asked, Decision, Policy, Random, RoutingRequest, Snapshot } from '@signalbox/spec';
import { measuredSignals } from './candidates/measured-signals.js';
import { stick } from './choose/stick.js';
import { classify } from './classify/classify.js';
import { decideFrom } from './decide-from.js';

/**
 * Chooses a target for a request. Pure and synchronous: the same request, policy, snapshot and random numbers give the
 * same decision. `random` is asked at most once, and only where more than one target may be chosen.
 *
 * Throws `UnknownModelError` when the caller asked for a model that is no target, `UnknownStrategyError` for a strategy
 * that does not exist, and `NoCandidateError` when every target is excluded, or the requested one is: a request for a
 * concrete model is never answered by another.
 */
export const decide = (
  request: RoutingRequest,
  policy: Policy,
  snapshot: Snapshot,
  random: Random,
): Decision => {
  const { task, match, characters, promptTokens, answerTokens } = classify(request, policy);
  return decideFrom(
    {
      asked: askedBy(request),
      task,
      route: match.route,
      routePatterns: match.patterns,
      prompt: { characters, tokensEstimated: promptTokens },
      answerTokens,
      budgetLeftNanoUsd: snapshot.budgetLeftNanoUsd ?? null,
      signalsFor: (read) => measuredSignals(snapshot, task, read),
      ...stick(request, policy, snapshot, random),
    },
    policy,
  );
};

const askedBy = (request: RoutingRequest): Asked => ({
  tenant: request.tenant,
  model: request.model,
  strategy: request.strategy,
  preferences: request.preferences,
  limits: request.limits,
  needs: request.needs,
  residency: request.residency,
  maxOutputTokens: request.maxOutputTokens,
});
