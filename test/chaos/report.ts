/** Writes the figures of a case as one JSON line, so that a run can be quoted. */
export const report = (name: string, figures: Record<string, unknown>): void => {
  process.stdout.write(`${JSON.stringify({ chaos: name, ...figures })}\n`);
};
