/** Every code this package throws, with its meaning. Codes are stable and never reused. */
export const SIMULATOR_ERROR_CODES = {
  'simulator-invalid-options': 'An option has a value that cannot be used.',
  'simulator-invalid-timeline': 'The timeline has an incident that cannot be understood.',
  'simulator-listen-failed': 'The server cannot listen, for another reason than a taken port.',
  'simulator-port-taken': 'A given port is in use.',
} as const;

/** A code of the registry. */
export type SimulatorErrorCode = keyof typeof SIMULATOR_ERROR_CODES;

/**
 * The one error this package throws: bad options, a bad timeline, or a port that cannot be listened on.
 * The message says what happened with the value, then what to do.
 */
export class SimulatorError extends Error {
  readonly code: SimulatorErrorCode;

  constructor(code: SimulatorErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SimulatorError';
    this.code = code;
  }
}
