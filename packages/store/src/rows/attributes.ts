/**
 * OTLP attributes as stored: `Map(LowCardinality(String), String)`. Every value is text (numbers and booleans as they
 * print, arrays and maps as JSON, bytes as base64). Strings must be well-formed Unicode: see `Store.insert`.
 */
export type Attributes = Readonly<Record<string, string>>;
