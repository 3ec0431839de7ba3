// Turns the events of the SDK into OpenTelemetry spans and metrics, through `@opentelemetry/api` alone.
// Start with create-telemetry.ts, then observe-requests.ts; spans/ and metrics/ hold one file per span and record.
// The names come from `@signalbox/spec/semconv`.
export {
  createTelemetry,
  type DroppedTelemetry,
  type Telemetry,
  type TelemetryOptions,
} from './create-telemetry.js';
