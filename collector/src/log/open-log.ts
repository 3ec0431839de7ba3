import { LogFailedError } from '@signalbox/spec';
import { createBlockPlanner } from './block-planner.js';
import { createBlockQueue } from './block-queue.js';
import { createBodyIndex } from './body-index.js';
import { checkDirectory } from './check-directory.js';
import type { RecoveryReport } from './create-replay.js';
import { createDeadLetterBox } from './dead-letter-box.js';
import { createGroupCommit } from './group-commit.js';
import { keepTidy } from './keep-tidy.js';
import { createLedger } from './ledger.js';
import { lockDirectory, type Unlock } from './lock-directory.js';
import { type LogOptions, type LogSettings, withDefaults } from './log-options.js';
import { type LogStats, toStats } from './log-stats.js';
import { createLogWriter } from './log-writer.js';
import { createLosses } from './losses.js';
import type { BlockLimits } from './pick-runs.js';
import { createQuota } from './quota.js';
import { recoverLog } from './recover.js';
import { createSegmentRemover } from './remove-segments.js';
import { createReserve } from './reserve.js';
import { createSegmentWriter, type SegmentFile } from './segment-writer.js';
import type { BlockQueue, LogWriter } from './write-ahead-log.js';

/** An open log. */
export type WriteAheadLog = LogWriter &
  BlockQueue & {
    stats(): LogStats;
    /**
     * Writes what waits, ends `next`, and lets go of the directory. Rows that are not in ClickHouse stay in the log. May be
     * called again.
     */
    close(): Promise<void>;
  };

const DIRECTORY_OPTION = '`collector.log.directory`';

/**
 * Opens the write-ahead log in a directory, and recovers what a process before left in it. Rejects with LogLockedError while
 * another process has it open, with DirectoryUnusableError when the directory is not for this user alone, and with
 * LogFailedError when a newer release wrote it. Damage does not stop it: see `recovered` in the stats.
 */
export const openLog = async (options: LogOptions): Promise<WriteAheadLog> => {
  await checkDirectory(options.directory, DIRECTORY_OPTION);
  const unlock = await lockDirectory(options.directory);
  try {
    return await openLocked(options, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
};

const openLocked = async (options: LogOptions, unlock: Unlock): Promise<WriteAheadLog> => {
  const settings = withDefaults(options);
  const { directory, disk, failpoint, logger, epochMs, maxBytes, retainMs } = settings;
  const ledger = createLedger();
  const bodyIndex = createBodyIndex({ retainMs, maxEntries: settings.maxBodyHashes, epochMs });
  const { epoch, salt, segments, end, report } = await recoverLog({ directory, ledger, bodyIndex });
  if (isDamaged(report))
    logger.warn({ recovered: report }, 'The write-ahead log had damage; it was passed over.');
  await syncLast({ directory, disk, segments });

  const reserve = createReserve({ directory, disk });
  const writer = createSegmentWriter({ ...settings, epoch, salt, segments, end });
  const commit = createGroupCommit({ ...settings, writer, reserve });
  const remover = createSegmentRemover({ ...settings, ledger, writer, commit, segments });
  const deadLetters = await createDeadLetterBox({ directory, disk });
  await deadLetters.dropUnfinished((id) => ledger.block(id)?.status === 'waiting');
  const quota = createQuota({ maxBytes, segments, deadLetters, commit, remover, reserve });
  const { buffers } = settings;
  const files = {
    directory,
    salt,
    buffers,
    pathOf: (segment: number) => segments.get(segment)?.path ?? null,
  };
  const losses = createLosses(logger);
  const shared = {
    epoch,
    ledger,
    commit,
    files,
    limits: toLimits(settings),
    failpoint,
    logger,
    epochMs,
    losses,
  };
  const planner = createBlockPlanner(shared);
  const queue = createBlockQueue({ ...settings, ...shared, planner, deadLetters });
  const rows = createLogWriter({ ...settings, ledger, bodyIndex, commit, quota, queue });

  await reserve.take();
  const housekeeping = keepTidy(
    [remover.removeOld, quota.takeReserve, () => deadLetters.replay({ append: rows.append, logger })],
    { everyMs: settings.maintenanceMs, logger },
  );

  let closed: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    queue.close();
    await housekeeping.stop();
    await commit.close();
    await writer.roll();
    unlock();
  };

  return {
    recall: rows.recall,
    append: (entry) => rows.append(entry),
    next: queue.next,
    commit: queue.commit,
    split: queue.split,
    park: queue.park,
    committed: queue.committed,
    stats: () =>
      toStats({ ledger, segments, quota, deadLetters, losses, remover, bodyIndex, report, maxBytes }),
    close: () => {
      closed ??= close();
      return closed;
    },
  };
};

// What a killed process had written and not synced counts from now on, and its sender may be told so: it has to be on the
// disk first. Only the last segment can hold such records.
const syncLast = async ({
  directory,
  disk,
  segments,
}: Pick<LogSettings, 'directory' | 'disk'> & {
  segments: ReadonlyMap<number, SegmentFile>;
}): Promise<void> => {
  const last = [...segments.values()].at(-1);
  if (!last) return;
  try {
    await disk.syncFile(last.path);
    await disk.syncDirectory(directory);
  } catch (cause) {
    throw new LogFailedError({ directory, reason: `${last.path} cannot be synced: ${String(cause)}`, cause });
  }
};

const isDamaged = ({ records, ...damage }: RecoveryReport): boolean =>
  Object.values(damage).some((count) => count > 0);

const toLimits = ({ blockRows, blockBytes, blockAgeMs }: LogSettings): BlockLimits => ({
  maxRows: blockRows,
  maxBytes: blockBytes,
  maxAgeMs: blockAgeMs,
});
