/**
 * A number with at most so many decimals. Telemetry is rounded to what it was measured to: a double prints 17 digits,
 * and nobody needs the time to a first chunk to the femtosecond.
 */
export const roundTo = (value: number, decimals: number): number => {
  const scale = 10 ** decimals;
  return Math.round(value * scale) / scale;
};
