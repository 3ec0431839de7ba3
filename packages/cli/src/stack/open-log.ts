import { createWriteStream, openSync, renameSync, rmSync, type WriteStream } from 'node:fs';

const MAX_BYTES = 10 * 1024 ** 2;

/**
 * Opens the log file of a service, readable by its user alone, and returns what writes a line to it. Rewritten at each
 * start. At `maxBytes` (default 10 MiB) it becomes `<file>.1`, in place of an older one, and a new one begins. Lines
 * that come faster than the disk takes them are left out, and the log says how many.
 *
 * The log is a convenience: what fails, such as a full disk, ends it, is told to `onProblem` once, and never throws.
 */
export const openLog = (
  file: string,
  { maxBytes = MAX_BYTES, onProblem }: { maxBytes?: number; onProblem: (text: string) => void },
): ((line: string) => void) => {
  const older = `${file}.1`;
  let stream: WriteStream | null = null;
  let bytes = 0;
  let leftOut = 0;
  let isBroken = false;

  const giveUp = (error: unknown): void => {
    if (isBroken) return;
    isBroken = true;
    stream?.destroy();
    onProblem(`The log ${file} ends here: ${error instanceof Error ? error.message : String(error)}.`);
  };

  const open = (): WriteStream => {
    bytes = 0;
    // Opened at once, so that it can be renamed whatever the stream has written by then.
    return createWriteStream(file, { fd: openSync(file, 'w', 0o600) }).on('error', giveUp);
  };

  const append = (line: string): void => {
    const text = `${line}\n`;
    const size = Buffer.byteLength(text);
    if (stream && bytes > 0 && bytes + size > maxBytes) {
      stream.end();
      renameSync(file, older);
      stream = open();
    }
    bytes += size;
    stream?.write(text);
  };

  try {
    rmSync(older, { force: true });
    stream = open();
  } catch (error) {
    giveUp(error);
  }
  return (line) => {
    if (isBroken) return;
    if (stream?.writableNeedDrain) {
      leftOut += 1;
      return;
    }
    try {
      if (leftOut > 0)
        append(`(${leftOut} lines are left out here: they came faster than the disk takes them)`);
      leftOut = 0;
      append(line);
    } catch (error) {
      giveUp(error);
    }
  };
};
