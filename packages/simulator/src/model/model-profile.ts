import { z } from 'zod';
import type { Spread } from '../random/log-normal.js';
import { refuseUnknownKeys } from '../refuse-unknown-keys.js';

/** How a simulated model behaves. Everything has a default: see `DEFAULT_MODEL_PROFILE`. */
export type ModelProfile = {
  /** Time to the first token in milliseconds, log-normal by median and 95 % quantile. */
  firstTokenMs?: Spread;
  /** Tokens per second after the first; each request draws its own rate within 20 % of it. */
  tokensPerSecond?: number;
  /** The part of the requests, 0 to 1, that fails with each status. Their sum is at most 1. */
  errorRate?: { 429?: number; 500?: number; 503?: number };
  /** The owner in `GET /v1/models`; on paths without a provider it is the provider of the model. */
  ownedBy?: string;
  /** The longest prompt in tokens; a longer one answers 400 `context_length_exceeded`. */
  contextTokens?: number;
  /** Length of an answer in tokens where the request does not say, log-normal; a limit of the request cuts it. */
  outputTokens?: Spread;
  /** The part of the prompt tokens, 0 to 1, reported as read from the provider's cache (rounded down). */
  cachedShare?: number;
  /** The part of the completion tokens, 0 to 1, spent on reasoning before the visible text (rounded down). */
  reasoningShare?: number;
};

/** A profile with nothing left out. */
export type CompleteModelProfile = Required<Omit<ModelProfile, 'errorRate'>> & {
  errorRate: Required<NonNullable<ModelProfile['errorRate']>>;
};

/** The behaviour of a model whose profile leaves something out, and of unknown models where they are allowed. */
export const DEFAULT_MODEL_PROFILE: CompleteModelProfile = {
  firstTokenMs: { median: 400, p95: 1_200 },
  tokensPerSecond: 80,
  errorRate: { 429: 0, 500: 0, 503: 0 },
  ownedBy: 'simulator',
  contextTokens: 128_000,
  outputTokens: { median: 150, p95: 600 },
  cachedShare: 0,
  reasoningShare: 0,
};

const share = z.number().min(0).max(1);

const spread = z
  .strictObject({ median: z.number().positive(), p95: z.number().positive() })
  .refine(({ median, p95 }) => p95 >= median, { error: 'p95 must be at least the median.', path: ['p95'] });

const errorRate = z
  .strictObject(
    { 429: share.default(0), 500: share.default(0), 503: share.default(0) },
    { error: refuseUnknownKeys(['429', '500', '503']) },
  )
  .refine((rates) => rates[429] + rates[500] + rates[503] <= 1, {
    error: 'The error rates must not sum to more than 1.',
  });

const fields = {
  firstTokenMs: spread.default(DEFAULT_MODEL_PROFILE.firstTokenMs),
  tokensPerSecond: z.number().positive().default(DEFAULT_MODEL_PROFILE.tokensPerSecond),
  errorRate: errorRate.default(DEFAULT_MODEL_PROFILE.errorRate),
  ownedBy: z.string().min(1).default(DEFAULT_MODEL_PROFILE.ownedBy),
  contextTokens: z.int().positive().default(DEFAULT_MODEL_PROFILE.contextTokens),
  outputTokens: spread.default(DEFAULT_MODEL_PROFILE.outputTokens),
  cachedShare: share.default(DEFAULT_MODEL_PROFILE.cachedShare),
  reasoningShare: share.default(DEFAULT_MODEL_PROFILE.reasoningShare),
};

/** Turns a `ModelProfile` of sane figures into a complete one. */
export const modelProfileSchema = z.strictObject(fields, { error: refuseUnknownKeys(Object.keys(fields)) });
