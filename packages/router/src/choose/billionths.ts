/**
 * Probabilities are whole billionths: they sum to exactly 1, print with at most nine digits, and a draw among them takes
 * each candidate with exactly the probability that is recorded.
 */
export const BILLION = 1_000_000_000;
