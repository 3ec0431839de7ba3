/** What went wrong, stable across versions. */
export type SimulatorErrorCode =
  | 'simulator-invalid-options'
  | 'simulator-invalid-timeline'
  | 'simulator-port-taken'
  | 'simulator-listen-failed';

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
