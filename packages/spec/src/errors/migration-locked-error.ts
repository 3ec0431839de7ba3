import { SignalboxError } from './signalbox-error.js';

/** The migration lock was not free in time. */
export class MigrationLockedError extends SignalboxError {
  constructor({ owner, waitedMs }: { owner: string; waitedMs: number }) {
    super(
      'migration-locked',
      `${owner} holds the migration lock (waited ${waitedMs} ms). Wait until it is done; a lock whose owner died expires by itself.`,
    );
  }
}
