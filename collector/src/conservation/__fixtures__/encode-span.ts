/** A span as RowBinary, in the order of `ROW_COLUMNS`. */
export type TestSpan = {
  traceId: string;
  spanId: string;
  /** Unix milliseconds. */
  time: number;
  receivedAt: number;
  attributes?: Record<string, string>;
  resource?: Record<string, string>;
  scope?: string;
};

const length = (value: number): Buffer => {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest & 127) | 128);
    rest >>>= 7;
  }
  return Buffer.from([...bytes, rest]);
};
const text = (value: string): Buffer => Buffer.concat([length(Buffer.byteLength(value)), Buffer.from(value)]);
const map = (values: Record<string, string>): Buffer =>
  Buffer.concat([length(Object.keys(values).length), ...Object.entries(values).flat().map(text)]);
const int64 = (value: bigint): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(value);
  return bytes;
};
const NOTHING = length(0);

export const encodeSpan = (span: TestSpan): Buffer =>
  Buffer.concat([
    int64(BigInt(span.receivedAt)),
    text('test'),
    map(span.resource ?? {}),
    text(span.scope ?? 'test'),
    text('1'),
    int64(BigInt(span.time) * 1_000_000n),
    text(span.traceId),
    text(span.spanId),
    text(''),
    text(''),
    text('span'),
    text('Internal'),
    map(span.attributes ?? {}),
    int64(0n),
    text('Unset'),
    text(''),
    ...Array.from({ length: 7 }, () => NOTHING),
  ]);
