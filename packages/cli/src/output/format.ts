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
