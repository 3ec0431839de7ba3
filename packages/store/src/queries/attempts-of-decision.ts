import type { DecisionByIdParams } from './decision-by-id.js';
import { boolean, float, integer, nullable, text } from './decoders.js';
import { bindTenant, ofTenant, type TenantQuery } from './tenant-scope.js';

/** An upstream call as stored. `null` means unknown, or that there was none. */
export type StoredAttempt = {
  /** Start of the call, ISO 8601 in UTC with nanoseconds. */
  timestamp: string;
  durationNs: number;
  traceId: string;
  spanId: string;
  /** From 1; 0 when the number was malformed. */
  attemptNumber: number;
  outcome: string | null;
  cause: string | null;
  target: string | null;
  requestModel: string | null;
  responseModel: string | null;
  stream: boolean | null;
  tokensInput: number | null;
  tokensOutput: number | null;
  tokensCacheRead: number | null;
  tokensCacheWrite: number | null;
  tokensReasoning: number | null;
  costNanoUsd: number | null;
  errorType: string | null;
  httpStatus: number | null;
  timeToFirstChunkMs: number | null;
};

/** One row for each upstream call of a decision, the first one first. */
export const attemptsOfDecision: TenantQuery<DecisionByIdParams, StoredAttempt> = {
  name: 'attemptsOfDecision',
  sql: `
    SELECT
      timestamp,
      duration_ns AS durationNs,
      trace_id AS traceId,
      span_id AS spanId,
      attempt_number AS attemptNumber,
      outcome,
      cause,
      target,
      request_model AS requestModel,
      response_model AS responseModel,
      request_stream AS stream,
      tokens_input AS tokensInput,
      tokens_output AS tokensOutput,
      tokens_cache_read AS tokensCacheRead,
      tokens_cache_write AS tokensCacheWrite,
      tokens_reasoning AS tokensReasoning,
      cost_nano_usd AS costNanoUsd,
      error_type AS errorType,
      http_status AS httpStatus,
      time_to_first_chunk_ms AS timeToFirstChunkMs
    FROM attempts
    WHERE decision_id = {decisionId:String} AND ${ofTenant('tenant')}
    ORDER BY attemptNumber, timestamp, spanId`,
  bind: ({ decisionId, ...of }) => ({ decisionId, ...bindTenant(of) }),
  decode: {
    timestamp: text,
    durationNs: integer,
    traceId: text,
    spanId: text,
    attemptNumber: integer,
    outcome: nullable(text),
    cause: nullable(text),
    target: nullable(text),
    requestModel: nullable(text),
    responseModel: nullable(text),
    stream: nullable(boolean),
    tokensInput: nullable(integer),
    tokensOutput: nullable(integer),
    tokensCacheRead: nullable(integer),
    tokensCacheWrite: nullable(integer),
    tokensReasoning: nullable(integer),
    costNanoUsd: nullable(integer),
    errorType: nullable(text),
    httpStatus: nullable(integer),
    timeToFirstChunkMs: nullable(float),
  },
};
