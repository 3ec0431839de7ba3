import protobuf, { type Writer } from 'protobufjs/minimal.js';
import { anyValueVariants } from '../otlp/any-value.js';
import type { Message, NamedField, ScalarKind } from '../otlp/field.js';
import type { Json } from './arbitrary-request.js';

type Write = (writer: Writer, value: never) => Writer;

const long = (value: string | number): { low: number; high: number; unsigned: boolean } => {
  const bits = BigInt.asUintN(64, BigInt(value));
  return { low: Number(bits & 0xffffffffn) | 0, high: Number(bits >> 32n) | 0, unsigned: true };
};

const SCALARS: Readonly<Record<ScalarKind, readonly [wireType: number, Write]>> = {
  string: [2, (writer, value: string) => writer.string(value)],
  bytes: [2, (writer, value: string) => writer.bytes(Buffer.from(value, 'base64'))],
  id: [2, (writer, value: string) => writer.bytes(Buffer.from(value, 'hex'))],
  bool: [0, (writer, value: boolean) => writer.bool(value)],
  double: [1, (writer, value: number | string) => writer.double(Number(value))],
  int64: [0, (writer, value: string) => writer.int64(long(value) as never)],
  uint64: [0, (writer, value: string) => writer.uint64(long(value) as never)],
  fixed64: [1, (writer, value: string) => writer.fixed64(long(value) as never)],
  sfixed64: [1, (writer, value: string) => writer.sfixed64(long(value) as never)],
  uint32: [0, (writer, value: number) => writer.uint32(value)],
  fixed32: [5, (writer, value: number) => writer.fixed32(value)],
  sint32: [0, (writer, value: number) => writer.sint32(value)],
  enum: [0, (writer, value: number) => writer.int32(value)],
};

/** Encodes a request in OTLP/JSON as protobuf, by our description of the messages. */
export const encodeProtobuf = (json: Json, message: Message): Buffer => {
  const writer = protobuf.Writer.create();
  writeMessage(writer, json, message);
  return Buffer.from(writer.finish());
};

const writeMessage = (writer: Writer, json: Json, message: Message): void => {
  for (const [name, value] of Object.entries(json as object) as [string, Json][]) {
    const field = message.byName.get(name);
    if (field === undefined) throw new Error(`no field ${name}`);
    for (const element of field.isRepeated ? (value as Json[]) : [value]) writeField(writer, field, element);
  }
};

const writeField = (writer: Writer, { number, kind, message }: NamedField, value: Json): void => {
  const nested = kind === 'anyValue' ? anyValueVariants : message;
  if (nested === null) {
    const [wireType, write] = SCALARS[kind as ScalarKind];
    write(writer.uint32((number << 3) | wireType), value as never);
    return;
  }
  writer.uint32((number << 3) | 2).fork();
  writeMessage(writer, value, nested);
  writer.ldelim();
};
