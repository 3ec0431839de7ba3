// OTLP in, ClickHouse rows out. A request goes through the folders in this order: receiver and grpc (transports),
// encode (bytes to rows), log (on disk, then it is answered), drain (into ClickHouse), conservation (is it there?). Start
// with collector.ts, which puts them together, then consume.ts, the way that every transport goes.
export { type Collector, type CollectorOptions, type CollectorReport, startCollector } from './collector.js';
export type { CollectorStats } from './collector-stats.js';
export type { ConservationStats } from './conservation/start-conservation.js';
export type { DrainStats } from './drain/drain-stats.js';
export {
  createRequestEncoder,
  type EncodeRequest,
  type EncodeResult,
  type Encoding,
  type RequestEncoder,
  type RequestEncoderOptions,
} from './encode/create-request-encoder.js';
export type { EncodeLimits } from './encode/encode-limits.js';
export { type DeadLetter, type DeadLetters, openDeadLetters } from './log/dead-letters.js';
export type { LogStats } from './log/log-stats.js';
export { ROW_COLUMNS } from './rows/row-columns.js';
export type { RowSection } from './rows/row-section.js';
export type { Signal } from './signal.js';
