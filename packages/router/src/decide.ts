import type { Asked, Decision, Policy, Random, RoutingRequest, Snapshot } from '@signalbox/spec';
import { chooseFreely } from './choose/choose-freely.js';
import { honourOverride } from './choose/honour-override.js';
import { classify } from './classify/classify.js';
import { consider } from './consider.js';
import { createContext } from './decision-context.js';
import { confidenceOf } from './explain/confidence.js';

/**
 * Chooses a target for a request. Pure and synchronous: the same request, policy, snapshot and random numbers give the
 * same decision. `random` is asked at most once, and only where the policy explores and more than one target is
 * eligible.
 *
 * Throws `UnknownModelError` when the caller asked for a model that is no target, and `NoCandidateError` when every
 * target is excluded, or the requested one is: a request for a concrete model is never answered by another.
 */
export const decide = (
  request: RoutingRequest,
  policy: Policy,
  snapshot: Snapshot,
  random: Random,
): Decision => {
  const classification = classify(request, policy);
  const context = createContext(request, policy, classification);
  const candidates = policy.targets.map((target) => consider(target, context, snapshot));
  const { ranking, ...choice } =
    request.model === null
      ? chooseFreely(candidates, policy, random)
      : honourOverride(request.model, candidates);
  return {
    policy: { name: policy.name, version: policy.version },
    strategy: context.strategy,
    route: context.route?.route.name ?? null,
    routePatterns: classification.match.patterns,
    task: classification.task,
    prompt: { characters: classification.characters, tokensEstimated: classification.promptTokens },
    answerTokens: classification.answerTokens,
    asked: askedBy(request),
    budgetLeftNanoUsd: null,
    candidates: [...ranking, ...candidates.filter(({ eligible }) => !eligible)],
    confidence: confidenceOf(ranking),
    ...choice,
  };
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
