import protobuf, { type Type } from 'protobufjs';
import { ByteWriter } from '../byte-writer.js';
import { anyValueVariants } from '../otlp/any-value.js';
import type { FieldKind, Message } from '../otlp/field.js';
import { exportTraceRequest } from '../otlp/traces.js';

/**
 * Decodes a trace request with protobufjs and writes the same rows as the encoder does, in the plain way: an object for
 * each span, attribute and value, and strings in between. What the encoder is measured against, and compared with. Times must
 * be within the accepted window, attribute values scalars or arrays of text; nothing is checked, redacted or cut. Returns the bytes of the rows.
 */
export const referenceTraceRows = (body: Uint8Array, receivedAtMs: number): Buffer => {
  const request = traceRequest.decode(body) as unknown as { resourceSpans: ResourceSpans[] };
  const out = new ByteWriter();
  for (const { resource, scopeSpans } of request.resourceSpans) {
    const resourceAttributes = toTextMap(resource?.attributes ?? []);
    for (const { scope, spans } of scopeSpans) {
      for (const span of spans) writeSpan(out, span, { receivedAtMs, resourceAttributes, scope });
    }
  }
  return out.bytes.subarray(0, out.pos);
};

type Long = { readonly low: number; readonly high: number };
type Value = {
  /** The name of the variant that was sent. */
  variant?: 'stringValue' | 'boolValue' | 'intValue' | 'doubleValue' | 'arrayValue';
  stringValue: string;
  boolValue: boolean;
  intValue: Long;
  doubleValue: number;
  arrayValue: { values: Value[] };
};
type KeyValue = { key: string; value?: Value | null };
type Event = { timeUnixNano: Long; name: string; attributes: KeyValue[] };
type Link = { traceId: Uint8Array; spanId: Uint8Array; traceState: string; attributes: KeyValue[] };
type Span = Omit<Link, 'spanId'> & {
  spanId: Uint8Array;
  parentSpanId: Uint8Array;
  name: string;
  kind: number;
  startTimeUnixNano: Long;
  endTimeUnixNano: Long;
  events: Event[];
  links: Link[];
  status?: { code: number; message: string } | null;
};
type Scope = { name: string; version: string };
type ResourceSpans = {
  resource?: { attributes: KeyValue[] } | null;
  scopeSpans: { scope?: Scope | null; spans: Span[] }[];
};
type Shared = {
  readonly receivedAtMs: number;
  readonly resourceAttributes: ReadonlyMap<string, string>;
  readonly scope: Scope | null | undefined;
};

const SPAN_KINDS = ['Unspecified', 'Internal', 'Server', 'Client', 'Producer', 'Consumer'];
const STATUS_CODES = ['Unset', 'Ok', 'Error'];

const writeSpan = (
  out: ByteWriter,
  span: Span,
  { receivedAtMs, resourceAttributes, scope }: Shared,
): void => {
  const before = out.pos;
  out.uint32(0);
  out.uint64(receivedAtMs % 2 ** 32, Math.floor(receivedAtMs / 2 ** 32));
  out.text(resourceAttributes.get('service.name') ?? '');
  writeMap(out, resourceAttributes);
  out.text(scope?.name ?? '');
  out.text(scope?.version ?? '');
  writeLong(out, span.startTimeUnixNano);
  for (const id of [span.traceId, span.spanId, span.parentSpanId]) out.text(toHex(id));
  out.text(span.traceState);
  out.text(span.name);
  out.text(SPAN_KINDS[span.kind] ?? '');
  writeMap(out, toTextMap(span.attributes));
  const duration = toBigInt(span.endTimeUnixNano) - toBigInt(span.startTimeUnixNano);
  out.uint64(Number(duration & 0xffff_ffffn), Number(duration >> 32n));
  out.text(STATUS_CODES[span.status?.code ?? 0] ?? '');
  out.text(span.status?.message ?? '');
  writeArray(out, span.events, ({ timeUnixNano }) => writeLong(out, timeUnixNano));
  writeArray(out, span.events, ({ name }) => out.text(name));
  writeArray(out, span.events, ({ attributes }) => writeMap(out, toTextMap(attributes)));
  writeArray(out, span.links, ({ traceId }) => out.text(toHex(traceId)));
  writeArray(out, span.links, ({ spanId }) => out.text(toHex(spanId)));
  writeArray(out, span.links, ({ traceState }) => out.text(traceState));
  writeArray(out, span.links, ({ attributes }) => writeMap(out, toTextMap(attributes)));
  out.view.setUint32(before, out.pos - before - 4, true);
};

const toText = (value: Value | null | undefined): string => {
  if (value?.variant === undefined) return '';
  if (value.variant === 'intValue') return toDigits(value.intValue);
  if (value.variant !== 'arrayValue') return String(value[value.variant]);
  return JSON.stringify(value.arrayValue.values.map(({ stringValue }) => stringValue));
};

// Long's own way to its digits is slow.
const toDigits = ({ low, high }: Long): string =>
  high === 0 && low >= 0 ? String(low) : String(BigInt.asIntN(64, toBigInt({ low, high })));

const toTextMap = (list: readonly KeyValue[]): ReadonlyMap<string, string> =>
  new Map(list.map(({ key, value }) => [key, toText(value)]));

const writeMap = (out: ByteWriter, map: ReadonlyMap<string, string>): void => {
  out.length(map.size);
  for (const [key, value] of map) {
    out.text(key);
    out.text(value);
  }
};

const writeArray = <Element>(
  out: ByteWriter,
  elements: readonly Element[],
  write: (element: Element) => void,
): void => {
  out.length(elements.length);
  elements.forEach(write);
};

const toHex = (id: Uint8Array): string => Buffer.from(id).toString('hex');

const toBigInt = ({ low, high }: Long): bigint => (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);

const writeLong = (out: ByteWriter, { low, high }: Long): void => out.uint64(low, high);

// protobufjs generates the same decoding code from a type at run time as its command does into a file ("static code").
const PROTOBUF_TYPES: Readonly<Partial<Record<FieldKind, string>>> = { enum: 'int32', id: 'bytes' };

const toProtobufType = (name: string, message: Message, root: protobuf.Root): Type => {
  const type = new protobuf.Type(name);
  root.add(type);
  for (const field of message.byName.values()) {
    const nested = field.kind === 'anyValue' ? anyValueVariants : field.message;
    const kind =
      nested === null ? (PROTOBUF_TYPES[field.kind] ?? field.kind) : nestedName(nested, name, field.name);
    if (nested !== null && root.get(kind) === null) toProtobufType(kind, nested, root);
    type.add(new protobuf.Field(field.name, field.number, kind, field.isRepeated ? 'repeated' : undefined));
  }
  if (message === anyValueVariants) type.add(new protobuf.OneOf('variant', [...message.byName.keys()]));
  return type;
};

// AnyValue contains itself.
const nestedName = (nested: Message, outer: string, field: string): string =>
  nested === anyValueVariants ? 'AnyValue' : `${outer === 'AnyValue' ? '' : outer}_${field}`;

const traceRequest = toProtobufType('Request', exportTraceRequest, new protobuf.Root());
