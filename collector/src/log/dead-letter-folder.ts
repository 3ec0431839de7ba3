import { readdir } from 'node:fs/promises';
import { join, parse } from 'node:path';

const SUFFIXES = { parked: '.rows', replaying: '.replay' } as const;

/** Where the dead letters of a log are. */
export const deadLetterFolder = (logDirectory: string): string => join(logDirectory, 'dead-letters');

/** The file of a dead letter: `parked`, or marked for the collector to take it again. */
export const toFileName = (id: string, status: keyof typeof SUFFIXES): string => `${id}${SUFFIXES[status]}`;

/** A file with a dead letter. */
export type DeadLetterPath = {
  /** The id of its block, as hex. */
  readonly id: string;
  readonly path: string;
  readonly isReplaying: boolean;
};

/** The files of all dead letters of a log; none where there is no folder. */
export const listFiles = async (logDirectory: string): Promise<DeadLetterPath[]> => {
  const folder = deadLetterFolder(logDirectory);
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names
    .filter((name) => Object.values(SUFFIXES).some((suffix) => name.endsWith(suffix)))
    .map((name) => ({
      id: parse(name).name,
      path: join(folder, name),
      isReplaying: name.endsWith(SUFFIXES.replaying),
    }));
};
