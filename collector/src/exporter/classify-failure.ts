import { SignalboxError } from '@signalbox/spec';
import type { RefusalStatus } from '../refusal.js';
import type { ExportResult } from './exporter.js';

type FailureStatus = Extract<RefusalStatus, 'retryable' | 'unavailable' | 'permanent'>;

// ClickHouse's own numbers. The HTTP status does not tell: 500 stands for a full disk and for a bad row alike.
const CODES: Readonly<Record<FailureStatus, readonly number[]>> = {
  // It passes: timeouts, memory, disk, merges behind, replication.
  retryable: [159, 202, 209, 210, 225, 236, 241, 242, 243, 252, 285, 286, 319, 394, 999],
  // Somebody has to act: a column, table or database is missing, a grant or a login is wrong, the server is read-only.
  unavailable: [16, 47, 60, 62, 81, 115, 164, 192, 193, 194, 195, 497, 516],
  // The rows are at fault.
  permanent: [6, 25, 26, 27, 33, 38, 41, 53, 70, 72, 117, 306, 407],
};

const STATUS_BY_CODE: ReadonlyMap<number, FailureStatus> = new Map(
  Object.entries(CODES).flatMap(([status, codes]) => codes.map((code) => [code, status as FailureStatus])),
);

/**
 * Decides what a failed insert means for the sender. An unknown code counts as `retryable`: to say `permanent` makes
 * senders throw the data away.
 */
export const classifyFailure = (error: unknown): Exclude<ExportResult, { status: 'succeeded' }> => {
  if (SignalboxError.isInstance(error, 'store-unavailable')) {
    return { status: 'unavailable', reason: 'ClickHouse is not available', detail: error.message };
  }
  if (error instanceof RangeError) {
    return {
      status: 'permanent',
      reason: 'a row has a number that ClickHouse cannot hold',
      detail: error.message,
    };
  }
  if (isClickHouseError(error)) {
    // The text of the answer may quote rows: only the number and its name are passed on.
    const reason = `ClickHouse answered with code ${error.code}${error.type ? ` (${error.type})` : ''}`;
    return { status: statusOf(error), reason, detail: reason };
  }
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { status: 'retryable', reason: 'the rows were not stored', detail };
};

// By shape rather than by class: the store's client is the store's business.
type ClickHouseFailure = Error & { code: string; type?: string };

const isClickHouseError = (error: unknown): error is ClickHouseFailure =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && /^\d+$/.test(error.code);

const TOO_MANY_PARTS_OR_PARTITIONS = 252;

const statusOf = ({ code, message }: ClickHouseFailure): FailureStatus => {
  // One number for two things: too many parts passes, too many partitions in one block never does.
  if (Number(code) === TOO_MANY_PARTS_OR_PARTITIONS && /too many partitions/i.test(message))
    return 'permanent';
  return STATUS_BY_CODE.get(Number(code)) ?? 'retryable';
};
