import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ExportedRow } from '@signalbox/store';

/** How many rows an export has, by table. */
export type ExportCounts = Record<string, number>;

async function* toLines(rows: AsyncIterable<ExportedRow>, counts: ExportCounts): AsyncGenerator<string> {
  for await (const { table, json } of rows) {
    counts[table] = (counts[table] ?? 0) + 1;
    yield `{"table":${JSON.stringify(table)},"row":${json}}\n`;
  }
}

/**
 * Writes rows as JSON lines to a file (readable by its owner only) or to standard output, as fast as these take them.
 * A file appears when it is complete; without rows there is none.
 */
export const writeExport = async (
  rows: AsyncIterable<ExportedRow>,
  file: string | undefined,
): Promise<ExportCounts> => {
  const counts: ExportCounts = {};
  const lines = Readable.from(toLines(rows, counts));
  if (file === undefined) {
    await pipeline(lines, process.stdout, { end: false });
    return counts;
  }
  const draft = `${file}.part`;
  try {
    await pipeline(lines, createWriteStream(draft, { mode: 0o600 }));
    if (Object.keys(counts).length > 0) await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
  return counts;
};
