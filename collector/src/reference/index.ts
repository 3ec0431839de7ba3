// What the collector is measured against, in the same run: `signalbox bench ingest`. Not for anything else.
export { type InsertedBlock, insertDirectly, readInsertedBlocks } from './direct-inserts.js';
export { referenceTraceRows } from './reference-trace-rows.js';
