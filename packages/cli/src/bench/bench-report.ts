import { cpus, totalmem } from 'node:os';
import { formatTable } from '../output/table.js';

/**
 * One measured figure; `value` is `null` where this system does not tell it. `target` says what it is held to (`<= 10`), `null`
 * when it only informs. `ok` unless a known value misses a target.
 */
export type Figure = { name: string; value: number | null; unit: string; target: string | null; ok: boolean };

/** What every benchmark prints with `--json`. The reference was measured in the same run. */
export type BenchReport = {
  bench: string;
  environment: Record<string, string | number>;
  reference: { name: string; figures: Record<string, number> };
  figures: Figure[];
  ok: boolean;
  /** Where a figure comes from, by the name of the figure: for example bytes by table and column. Only in the JSON. */
  details?: Record<string, Record<string, Record<string, number>>>;
};

const GIB = 1024 ** 3;

/** The machine that a figure was measured on. */
const describeEnvironment = (): Record<string, string | number> => ({
  node: process.versions.node,
  platform: `${process.platform}-${process.arch}`,
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memory_gib: Math.round(totalmem() / GIB),
});

/** A figure that must not exceed `limit`. */
export const atMost = (name: string, value: number | null, unit: string, limit: number): Figure => ({
  name,
  value,
  unit,
  target: `<= ${limit}`,
  ok: value === null || value <= limit,
});

/** A figure that must be at least `limit`. */
export const atLeast = (name: string, value: number, unit: string, limit: number): Figure => ({
  name,
  value,
  unit,
  target: `>= ${limit}`,
  ok: value >= limit,
});

/** A figure that is not held to anything. */
export const inform = (name: string, value: number | null, unit: string): Figure => ({
  name,
  value,
  unit,
  target: null,
  ok: true,
});

/** Puts a report together; it is ok when every figure is. */
export const createBenchReport = (parts: Omit<BenchReport, 'environment' | 'ok'>): BenchReport => ({
  ...parts,
  environment: describeEnvironment(),
  ok: parts.figures.every(({ ok }) => ok),
});

const formatValue = (value: number | null): string =>
  value === null ? 'unknown' : Number.isInteger(value) ? String(value) : value.toPrecision(4);

/** The report as a table for people. */
export const describeBenchReport = ({ bench, environment, reference, figures, ok }: BenchReport): string => {
  const environmentLine = Object.entries(environment)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
  const referenceLine = Object.entries(reference.figures)
    .map(([name, value]) => `${name} ${formatValue(value)}`)
    .join(', ');
  const table = formatTable(
    [
      { title: 'figure', text: ({ name }) => name },
      { title: 'value', text: ({ value }) => formatValue(value), align: 'right' },
      { title: 'unit', text: ({ unit }) => unit },
      { title: 'target', text: ({ target }) => target ?? '' },
      {
        title: '',
        text: ({ target, value, ok: met }) =>
          target === null || value === null ? '' : met ? 'ok' : 'MISSED',
      },
    ],
    figures,
  );
  return `${bench}: ${ok ? 'all targets met' : 'a target is missed'}\n${environmentLine}\nreference: ${reference.name}: ${referenceLine}\n\n${table}`;
};
