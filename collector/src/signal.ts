/** The kinds of telemetry that OTLP carries and Signalbox stores. */
export const SIGNALS = ['traces', 'metrics', 'logs'] as const;

/** One of `SIGNALS`. */
export type Signal = (typeof SIGNALS)[number];
