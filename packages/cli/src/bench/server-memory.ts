import { readFile } from 'node:fs/promises';

/** The most memory that a process held so far, in MiB; `null` where the system does not tell (anything but Linux). */
export const peakMemoryMib = async (pid: number | null): Promise<number | null> => {
  if (pid === null || process.platform !== 'linux') return null;
  const peak = /^VmHWM:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1];
  return peak === undefined ? null : Number(peak) / 1024;
};
