// Every attribute and metric name that Signalbox writes, as documented constants. `docs/reference/telemetry.md` is
// generated from these files: write `/** type. meaning */` above each constant.
export * from './attempt-attributes.js';
export * from './buckets.js';
export * from './feedback-attributes.js';
export * from './gen-ai-attributes.js';
export * from './metrics.js';
export * from './route-attributes.js';
export * from './scope.js';
