/** One request of a load: when it arrives, and how many tokens it sends and gets. */
export type Arrival = {
  /** Milliseconds after the first arrival, at real time. */
  atMs: number;
  contextTokens: number;
  generatedTokens: number;
};
