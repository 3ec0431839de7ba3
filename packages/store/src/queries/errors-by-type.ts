import { integer, nullable, text } from './decoders.js';
import { bindRollupRange, ROLLUP_RANGE, type RollupRange } from './rollup-range.js';
import type { TenantQuery } from './tenant-scope.js';

/** How often one model failed in one way in one bucket of time. */
export type ErrorCount = {
  /** Start of the bucket, ISO 8601 in UTC. */
  bucket: string;
  /** `error.type` of the request. */
  errorType: string;
  /** The model that answered, else the chosen one, else `null`. */
  model: string | null;
  requests: number;
};

/** One row for each bucket, type of error and model, in order of time, the most frequent first. Reads a rollup. */
export const errorsByType: TenantQuery<RollupRange, ErrorCount> = {
  name: 'errorsByType',
  sql: `
    SELECT bucket, errorType, model, sum(count) AS requests
    FROM
    (
      SELECT r.bucket AS bucket, r.model AS model, sumMap(r.error_types) AS errors
      ${ROLLUP_RANGE} AND notEmpty(r.error_types)
      GROUP BY r.bucket, r.model
    )
    ARRAY JOIN mapKeys(errors) AS errorType, mapValues(errors) AS count
    GROUP BY bucket, errorType, model
    ORDER BY bucket, requests DESC, errorType, model`,
  bind: bindRollupRange,
  decode: { bucket: text, errorType: text, model: nullable(text), requests: integer },
};
