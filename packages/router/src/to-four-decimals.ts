/**
 * A number rounded to four decimals. Every term of a score, every share and every count of a decision passes through here
 * when it is made, before it is used: the record then holds exactly what the decision used, it stays short, and the
 * decimals add up exactly in SQL (as `Decimal`). Four decimals are finer than anything that they are measured from.
 */
export const toFourDecimals = (value: number): number => Math.round(value * 1e4) / 1e4;
