import { SignalboxError } from './signalbox-error.js';

/** An OpenTelemetry SDK is registered already, so a second one would hear nothing. */
export class TelemetryRegisteredError extends SignalboxError {
  constructor() {
    super(
      'telemetry-registered',
      'This process has an OpenTelemetry SDK already. Signalbox uses it as it is: remove the call of setupTelemetry().',
    );
  }
}
