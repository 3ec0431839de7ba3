import {
  APICallError,
  EmptyResponseBodyError,
  InvalidArgumentError,
  InvalidPromptError,
  InvalidResponseDataError,
  JSONParseError,
  LoadAPIKeyError,
  NoContentGeneratedError,
  NoSuchModelError,
  TypeValidationError,
  UnsupportedFunctionalityError,
} from '@ai-sdk/provider';
import type { AttemptFailure, ErrorType } from '@signalbox/spec';
import { describeError } from './describe-error.js';
import { findSystemCode, isTimeoutCode } from './system-code.js';

/** A failure, and whether another target may be tried for the same request. */
export type ClassifiedError = { failure: AttemptFailure; elsewhere: boolean };

/**
 * Whether a failure leaves hope at another target. An invalid request stays invalid; a refusal by a content filter is
 * the provider's judgement, and shopping around for a laxer one is the caller's decision to make. A prompt that is
 * too long goes to targets with a larger context only (see `runAttempts`).
 */
const ELSEWHERE: Record<ErrorType, boolean> = {
  'rate-limit': true,
  overloaded: true,
  auth: true,
  'invalid-request': false,
  'context-too-long': true,
  'content-filter': false,
  timeout: true,
  network: true,
  server: true,
  cancelled: false,
  'no-candidate': false,
  unknown: true,
};

const CONTEXT_TOO_LONG =
  /context[ _-]?(length|window)|maximum (context|prompt length)|too many (input |prompt )?tokens|(prompt|input) (is|was) too long|input token count.*exceed|request_too_large/i;

const CONTENT_FILTER = /content[ _-]?(filter|policy|management)|responsible_?ai|moderation_blocked/i;

/** Names that vendors give their errors, for errors that come without an HTTP status, as in the middle of a stream. */
const VENDOR_NAMES: readonly (readonly [RegExp, ErrorType])[] = [
  [/rate[ _-]?limit|too_many_requests|resource_exhausted|quota/i, 'rate-limit'],
  [/overloaded|unavailable/i, 'overloaded'],
  [/authentication|permission|unauthorized|api_key/i, 'auth'],
  [/invalid_request|invalid_argument|bad_request/i, 'invalid-request'],
  [/timeout|deadline/i, 'timeout'],
  [/server_error|api_error|internal/i, 'server'],
];

const STATUS: Readonly<Record<number, ErrorType>> = {
  401: 'auth',
  402: 'auth',
  403: 'auth',
  408: 'timeout',
  413: 'context-too-long',
  429: 'rate-limit',
  503: 'overloaded',
  504: 'timeout',
  529: 'overloaded',
};

const typeOfStatus = (status: number): ErrorType =>
  STATUS[status] ?? (status >= 500 ? 'server' : status >= 400 ? 'invalid-request' : 'server');

/** Errors of the AI SDK that say by their class what happened. */
const typeOfClass = (error: unknown): ErrorType | null => {
  if (LoadAPIKeyError.isInstance(error)) return 'auth';
  if (
    InvalidArgumentError.isInstance(error) ||
    InvalidPromptError.isInstance(error) ||
    UnsupportedFunctionalityError.isInstance(error) ||
    NoSuchModelError.isInstance(error)
  ) {
    return 'invalid-request';
  }
  if (
    EmptyResponseBodyError.isInstance(error) ||
    InvalidResponseDataError.isInstance(error) ||
    JSONParseError.isInstance(error) ||
    NoContentGeneratedError.isInstance(error) ||
    TypeValidationError.isInstance(error)
  ) {
    return 'server';
  }
  return null;
};

const typeOf = (error: unknown): ErrorType => {
  const { status, names, message } = describeError(error);
  const isRefusal = status === null || status === 400 || status === 403 || status === 413 || status === 422;
  const said = `${names} ${message}`;
  if (isRefusal && (names !== '' || status !== null)) {
    if (CONTEXT_TOO_LONG.test(said)) return 'context-too-long';
    if (CONTENT_FILTER.test(said)) return 'content-filter';
  }
  if (status !== null && status >= 400)
    return /overloaded/i.test(names) ? 'overloaded' : typeOfStatus(status);

  const code = findSystemCode(error);
  if (code !== null) return isTimeoutCode(code) ? 'timeout' : 'network';
  const named = VENDOR_NAMES.find(([pattern]) => pattern.test(names));
  return named?.[1] ?? typeOfClass(error) ?? (APICallError.isInstance(error) ? 'server' : 'unknown');
};

/** A model or feature that this target lacks, as opposed to a request that is wrong everywhere. */
const isAboutTheTarget = (error: unknown): boolean =>
  describeError(error).status === 404 ||
  NoSuchModelError.isInstance(error) ||
  UnsupportedFunctionalityError.isInstance(error);

/** The failure of a call that the caller gave up: `cancelled`, or `timeout` if by `AbortSignal.timeout`. */
const classifyAbort = (reason: unknown): ClassifiedError => {
  const isTimeout = reason instanceof Error && reason.name === 'TimeoutError';
  const failure: AttemptFailure = isTimeout
    ? { type: 'timeout', message: "The caller's time limit passed.", status: null }
    : { type: 'cancelled', message: 'The caller cancelled the call.', status: null };
  return { failure, elsewhere: false };
};

/**
 * Decides once, where the response is read, what an error is and whether another target may help. `error` is whatever
 * the provider threw or sent as an `error` part; `signal` is the caller's: once it aborted, nothing else counts.
 */
export const classifyError = (error: unknown, signal: AbortSignal | undefined): ClassifiedError => {
  if (signal?.aborted) return classifyAbort(signal.reason);
  const type = typeOf(error);
  const { status, message } = describeError(error);
  return { failure: { type, message, status }, elsewhere: ELSEWHERE[type] || isAboutTheTarget(error) };
};
