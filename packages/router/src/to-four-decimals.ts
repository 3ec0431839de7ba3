/**
 * A number rounded to four decimals: every share and every count of a decision that is no term of a score, when it is made
 * and before it is used, so that the record holds exactly what the decision used.
 */
export const toFourDecimals = (value: number): number => Math.round(value * 1e4) / 1e4;
