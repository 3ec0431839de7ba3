/** Instrumentation scope of every span and metric of Signalbox; ClickHouse's views select by it. */
export const SCOPE_NAME = 'signalbox';

/** Schema URL of the GenAI conventions that the attempt spans follow. */
export const SCHEMA_URL = 'https://opentelemetry.io/schemas/gen-ai/1.42.0';
