// Histograms have buckets that grow by the same factor, so that the middle of a bucket is at most 1 % away from every
// value in it, whatever its size, and two histograms add up bucket by bucket (as in DDSketch, Masson et al. 2019). The
// middles are computed in the views of ../../migrations/0008-rollups.sql; `value-bucket.test.ts` holds both together.

/** How far the middle of a bucket is from a value in it, at most, as a part of that value. */
export const RELATIVE_ERROR = 0.01;

const LOG_FACTOR = Math.log((1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR));

/** The bucket of 0. Positive values begin one above it, with everything below 1e-284. */
const ZERO_BUCKET = -32_768;

/** SQL of the bucket of a value that is not negative, as an `Int16`. */
export function valueBucketSql(value: string): string {
  const index = `toInt32(ceil(log(${value}) / ${LOG_FACTOR}))`;
  return `toInt16(if(${value} > 0, greatest(${index}, ${ZERO_BUCKET + 1}), ${ZERO_BUCKET}))`;
}

/** SQL of the middle of a bucket, or NULL of NULL. The views compute the same. */
export function bucketMiddleSql(bucket: string): string {
  const middle = `2 * exp(${bucket} * ${LOG_FACTOR}) / ${(1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR) + 1}`;
  return `if(${bucket} = ${ZERO_BUCKET}, 0., ${middle})`;
}
