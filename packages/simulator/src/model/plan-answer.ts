import type { Random } from '../random/keyed-random.js';
import { drawLogNormal, type Spread } from '../random/log-normal.js';
import { CHARACTERS_PER_TOKEN } from '../text/count-simulated-tokens.js';
import { fillerText } from '../text/filler-text.js';
import type { CompleteModelProfile } from './model-profile.js';

/** What the model makes of a request, before any incident: drawn, in unscaled milliseconds. */
export type AnswerPlan = {
  /** The status it fails with; null when it succeeds. */
  errorStatus: 429 | 500 | 503 | null;
  firstTokenMs: number;
  tokensPerSecond: number;
  /** All completion tokens, reasoning included. */
  completionTokens: number;
  /** Tokens spent before the visible text. */
  reasoningTokens: number;
  finishReason: 'stop' | 'length';
  /** The visible text: 4 characters for every token that is not reasoning. */
  text: string;
};

/** What an answer depends on besides the draws. */
export type PlanAnswerOptions = {
  profile: CompleteModelProfile;
  /** Header `x-simulator-output-tokens`: exactly so many completion tokens; null draws the length. */
  requestedTokens: number | null;
  /** The limit of the request; it cuts a drawn length, never a requested one. */
  maxTokens: number | null;
};

/** The longest answer, in tokens, asked for or drawn. */
export const MAX_OUTPUT_TOKENS = 1_000_000;

/** How far a request's token rate strays from the profile's. */
const RATE_SPREAD = 0.2;

/** Returns the plan of one answer. Pure but for the draws, which are always taken in the same order. */
export function planAnswer(
  { profile, requestedTokens, maxTokens }: PlanAnswerOptions,
  random: Random,
): AnswerPlan {
  const errorStatus = drawErrorStatus(profile.errorRate, random);
  const firstTokenMs = drawLogNormal(profile.firstTokenMs, random);
  const tokensPerSecond = profile.tokensPerSecond * (1 - RATE_SPREAD + 2 * RATE_SPREAD * random());
  const drawnTokens = drawOutputTokens(profile.outputTokens, random);
  const wantedTokens = requestedTokens ?? drawnTokens;
  const isCut = requestedTokens === null && maxTokens !== null && maxTokens < drawnTokens;
  const completionTokens = isCut ? maxTokens : wantedTokens;
  const reasoningTokens = Math.floor(completionTokens * profile.reasoningShare);
  return {
    errorStatus,
    firstTokenMs,
    tokensPerSecond,
    completionTokens,
    reasoningTokens,
    finishReason: isCut ? 'length' : 'stop',
    text: fillerText((completionTokens - reasoningTokens) * CHARACTERS_PER_TOKEN, random),
  };
}

function drawOutputTokens(outputTokens: Spread, random: Random): number {
  const tokens = Math.round(drawLogNormal(outputTokens, random));
  return Math.min(Math.max(1, tokens), MAX_OUTPUT_TOKENS);
}

function drawErrorStatus(
  rates: CompleteModelProfile['errorRate'],
  random: Random,
): AnswerPlan['errorStatus'] {
  let remaining = random();
  for (const status of [429, 500, 503] as const) {
    if (remaining < rates[status]) return status;
    remaining -= rates[status];
  }
  return null;
}
