import { endOfBuckets, type RollupStep, startOfBucket } from './rollup-step.js';

/** Decisions of one hour, repetitions counted, and whether its buckets have to be computed. */
export type HourRows = { hour: Date; rows: number; touched: boolean };

/** Buckets that one statement computes: starts of buckets, the last one exclusive. */
export type BucketRange = { from: Date; to: Date };

// A statement costs some 10 ms whatever it computes, and holds a few KiB for each combination that it finds.
const MAX_ROWS = 100_000;
/** An insert may reach into 100 partitions, and those of minutes are days. */
const MAX_MS = 31 * 86_400_000;

type Chunk = BucketRange & { rows: number };

/**
 * Ranges that have every touched bucket, the newest first, each as long as it may be: up to so many decisions, or one
 * bucket that has more. What lies between touched buckets may be in a range too. `hours` are in order, the newest first;
 * an hour that is left out has no decisions.
 */
export function chunkBuckets(
  step: RollupStep,
  hours: readonly HourRows[],
  { maxRows = MAX_ROWS }: { maxRows?: number } = {},
): BucketRange[] {
  const chunks: Chunk[] = [];
  let rowsBetween = 0;
  for (const { from, to, rows, touched } of toBuckets(step, hours)) {
    const last = chunks.at(-1);
    if (!touched) {
      rowsBetween += rows;
    } else if (last && last.rows + rowsBetween + rows <= maxRows && +last.to - +from <= MAX_MS) {
      last.from = from;
      last.rows += rowsBetween + rows;
      rowsBetween = 0;
    } else {
      chunks.push({ from, to, rows });
      rowsBetween = 0;
    }
  }
  return chunks.map(({ from, to }) => ({ from, to }));
}

function toBuckets(step: RollupStep, hours: readonly HourRows[]): (Chunk & { touched: boolean })[] {
  const buckets = new Map<number, Chunk & { touched: boolean }>();
  for (const { hour, rows, touched } of hours) {
    const from = startOfBucket(step, hour);
    const bucket = buckets.get(+from) ?? {
      from,
      to: endOfBuckets(step, new Date(+from + 1)),
      rows: 0,
      touched: false,
    };
    bucket.rows += rows;
    bucket.touched ||= touched;
    buckets.set(+from, bucket);
  }
  return [...buckets.values()];
}
