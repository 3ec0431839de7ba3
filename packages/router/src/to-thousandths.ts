/**
 * A number rounded to three decimals: every term of a score and every success rate, when it is made and before it is used.
 * The record then holds exactly what the decision used, the decimals add up exactly in SQL (as `Decimal`), and a digit
 * less is a tenth of the bytes of all history. A thousandth of a score is 1 % of the cost under `cost-optimal`; what decides
 * below that is noise of the estimates.
 */
export const toThousandths = (value: number): number => Math.round(value * 1e3) / 1e3;
