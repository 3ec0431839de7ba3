// Every attribute and metric name that Signalbox writes, as documented constants. `docs/reference/telemetry.md` is
// generated from these files: write `/** type; where it appears. meaning */` above each constant, where it appears being
// some of `route, attempt, metric, log`, or `not sent yet`.
export * from './attempt-attributes.js';
export * from './buckets.js';
export * from './feedback-attributes.js';
export * from './gen-ai-attributes.js';
export * from './metrics.js';
export * from './route-attributes.js';
export * from './scope.js';
