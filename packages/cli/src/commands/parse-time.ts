import { InvalidArgumentError } from 'commander';

const UNITS: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const ISO = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})?)?$/;
const AGO = /^(\d{1,6})([mhd])$/;

// `new Date` takes 2026-02-30 for a day in March.
const isDay = (day: string): boolean => {
  const time = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(day);
};

const parseIso = (text: string): Date => {
  if (!ISO.test(text) || !isDay(text.slice(0, 10))) return new Date(Number.NaN);
  const isUtc = !text.includes('T') || /(?:Z|[+-]\d{2}:\d{2})$/.test(text);
  return new Date(isUtc ? text : `${text}Z`);
};

/**
 * A moment: an ISO 8601 date or time, UTC unless it names another zone (`2026-11-01`, `2026-11-01T08:00Z`), or how long
 * ago (`90m`, `24h`, `7d`).
 */
export const parseTime = (text: string): Date => {
  const ago = AGO.exec(text);
  const unitMs = UNITS[ago?.[2] ?? ''] ?? Number.NaN;
  const time = ago ? new Date(Date.now() - Number(ago[1]) * unitMs) : parseIso(text);
  if (Number.isNaN(time.getTime()))
    throw new InvalidArgumentError('It must be a time such as 2026-11-01, 2026-11-01T08:00Z, 24h or 7d.');
  return time;
};
