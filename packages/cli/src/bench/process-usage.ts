import { readFile } from 'node:fs/promises';

/** What the system says of a process; each is `null` where it does not tell (anything but Linux). */
export type ProcessUsage = {
  /** Of all its threads since the start, in user code and in the system. */
  cpuSeconds: number | null;
  rssMib: number | null;
  /** The most so far. */
  peakRssMib: number | null;
};

/** Of `/proc/<pid>/stat`: 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;
const KIB_PER_MIB = 1024;

/** Reads what a running process uses. */
export const readProcessUsage = async (pid: number): Promise<ProcessUsage> => {
  if (process.platform !== 'linux') return { cpuSeconds: null, rssMib: null, peakRssMib: null };
  const [stat, status] = await Promise.all([
    readFile(`/proc/${pid}/stat`, 'utf8'),
    readFile(`/proc/${pid}/status`, 'utf8'),
  ]);
  // The name of the program stands before them in parentheses, and may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [userTicks, systemTicks] = [fields[11], fields[12]].map(Number);
  return {
    cpuSeconds: ((userTicks ?? Number.NaN) + (systemTicks ?? Number.NaN)) / TICKS_PER_SECOND,
    rssMib: mibOf(status, 'VmRSS'),
    peakRssMib: mibOf(status, 'VmHWM'),
  };
};

const mibOf = (status: string, name: string): number | null => {
  const kib = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
  return kib === undefined ? null : Number(kib) / KIB_PER_MIB;
};
