// `@signalbox/sdk/node`: an OpenTelemetry SDK for services that have none yet, which accounts for every span.
// Start with setup-telemetry.ts. A span's way: count-ended-spans.ts → batch processor of OpenTelemetry →
// count-exported-spans.ts → retry-exports.ts → OTLP exporter of OpenTelemetry; span-ledger.ts keeps the account.
export { setupTelemetry, type TelemetrySetup } from './setup-telemetry.js';
export type { SpanStats } from './span-ledger.js';
export type { TelemetrySetupOptions } from './telemetry-setup-options.js';
