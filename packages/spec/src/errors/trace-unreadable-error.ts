import { SignalboxError } from './signalbox-error.js';

/** An arrival trace file cannot be opened. */
export class TraceUnreadableError extends SignalboxError {
  constructor({ file, reason, cause }: { file: string; reason: string; cause?: unknown }) {
    super(
      'trace-unreadable',
      `Cannot read the trace ${file}: ${reason}. Give the path of a CSV file with --trace.`,
      {
        cause,
      },
    );
  }
}
