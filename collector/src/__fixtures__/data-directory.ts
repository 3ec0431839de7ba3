import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** A file or folder of third-party test data, which is no part of the repository. */
export const dataPath = (path: string): string =>
  join(process.env.SIGNALBOX_DATA_DIR ?? join(import.meta.dirname, '../../../../shared/data'), path);

/** What a title says when the data is not there: the reason why its tests are skipped. */
export const skipReason = (path: string): string => (existsSync(path) ? '' : ` (skipped: no ${path})`);
