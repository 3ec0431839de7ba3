const NANO_PER_USD = 1_000_000_000;

/** `1,234,567`, or `unknown` for null. */
export const formatCount = (count: number | null): string => count?.toLocaleString('en-US') ?? 'unknown';

/** `$12.3457`, or `unknown` for null. Small amounts keep more digits. */
export const formatUsd = (nanoUsd: number | null): string => {
  if (nanoUsd === null) return 'unknown';
  const usd = Number(nanoUsd) / NANO_PER_USD;
  return `$${usd.toFixed(usd !== 0 && Math.abs(usd) < 0.1 ? 6 : 4)}`;
};

/** `830 ms` or `1.24 s`, or `-` for null. */
export const formatMs = (ms: number | null): string => {
  if (ms === null) return '-';
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`;
};

/** `99.87 %`, or `-` for null. */
export const formatShare = (share: number | null): string =>
  share === null ? '-' : `${(share * 100).toFixed(2)} %`;

const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** `512 B`, `1.5 MiB`: three digits or so, in powers of 1024. */
export const formatBytes = (bytes: number): string => {
  const exponent = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), BYTE_UNITS.length - 1);
  const value = bytes / 1024 ** exponent;
  return `${exponent === 0 ? value : value.toFixed(1)} ${BYTE_UNITS[exponent]}`;
};
