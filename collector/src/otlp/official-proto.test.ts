import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import protobuf, { type Type } from 'protobufjs';
import { describe, expect, it } from 'vitest';
import { arbitraryMessage, type Json } from '../__fixtures__/arbitrary-request.js';
import { dataPath, skipReason } from '../__fixtures__/data-directory.js';
import { encodeProtobuf } from '../__fixtures__/encode-protobuf.js';
import { createRejections } from '../rejections.js';
import { anyValueVariants } from './any-value.js';
import { decodeRequest } from './decode-request.js';
import type { Message, NamedField } from './field.js';
import { exportLogsRequest } from './logs.js';
import { exportMetricsRequest } from './metrics.js';
import { exportTraceRequest } from './traces.js';

const folder = dataPath('otlp/opentelemetry-proto');
const isAbsent = !existsSync(folder);

const REQUESTS: readonly [string, Message, string][] = [
  ['trace', exportTraceRequest, 'ExportTraceServiceRequest'],
  ['metrics', exportMetricsRequest, 'ExportMetricsServiceRequest'],
  ['logs', exportLogsRequest, 'ExportLogsServiceRequest'],
];

const loadOfficial = (signal: string, name: string): Type => {
  const root = new protobuf.Root();
  root.resolvePath = (_origin, target) => join(folder, target);
  root.loadSync(`opentelemetry/proto/collector/${signal}/v1/${signal}_service.proto`);
  return root.lookupType(`opentelemetry.proto.collector.${signal}.v1.${name}`);
};

describe.skipIf(isAbsent)(`the official .proto files${skipReason(folder)}`, () => {
  it.each(REQUESTS)('describe the %s request as we do', (signal, message, name) => {
    const differences: string[] = [];
    const visited = new Set<Message>();
    const compare = (ours: Message, official: Type): void => {
      if (visited.has(ours)) return;
      visited.add(ours);
      for (const field of ours.byName.values()) {
        const theirs = official.fields[field.name]?.resolve();
        if (signature(field) !== officialSignature(theirs)) {
          differences.push(`${official.name}: ${signature(field)} / ${officialSignature(theirs)}`);
        }
        const nested = field.kind === 'anyValue' ? anyValueVariants : field.message;
        if (nested !== null) compare(nested, theirs?.resolvedType as Type);
      }
    };
    compare(message, loadOfficial(signal, name));
    expect(differences).toEqual([]);
    expect(visited.size).toBeGreaterThan(8);
  });

  it.each(REQUESTS)('encode a %s request to the bytes that we read', (signal, message, name) => {
    const official = loadOfficial(signal, name);
    fc.assert(
      fc.property(arbitraryMessage(message), (json) => {
        const bytes = Buffer.from(official.encode(official.fromObject(toProtobufJson(json))).finish());
        const decode = (body: Buffer) =>
          decodeRequest({ body, encoding: 'protobuf', message, rejections: createRejections() });
        expect(decode(bytes)).toEqual(decode(encodeProtobuf(json, message)));
      }),
      { numRuns: 100 },
    );
  });

  it.each(isAbsent ? [] : readdirSync(join(folder, 'examples')).filter((file) => file.endsWith('.json')))(
    'come with an example that is the same from both encodings: %s',
    (file) => {
      const body = readFileSync(join(folder, 'examples', file));
      const json = JSON.parse(body.toString()) as Json;
      const [signal, message, name] =
        REQUESTS.find(([, { byName }]) => byName.has(Object.keys(json as object)[0] ?? '')) ?? expect.fail();
      const official = loadOfficial(signal, name);
      const bytes = Buffer.from(official.encode(official.fromObject(toProtobufJson(json))).finish());
      const rejections = createRejections();
      const fromJson = decodeRequest({ body, encoding: 'json', message, rejections });
      expect(fromJson.status).toBe('decoded');
      expect(decodeRequest({ body: bytes, encoding: 'protobuf', message, rejections })).toEqual(fromJson);
      expect(rejections.count).toBe(0);
    },
  );
});

/** Name, number, protobuf type and whether it is a list. */
function signature({ name, number, kind, isRepeated }: NamedField): string {
  const type = { id: 'bytes', anyValue: 'message' }[kind as string] ?? kind;
  return `${name} ${number} ${type} ${isRepeated}`;
}

function officialSignature(field: protobuf.Field | undefined): string {
  if (field === undefined) return 'nothing';
  const { resolvedType } = field;
  const type =
    resolvedType === null ? field.type : resolvedType instanceof protobuf.Enum ? 'enum' : 'message';
  return `${field.name} ${field.id} ${type} ${field.repeated}`;
}

/** OTLP/JSON writes ids in hex; protobuf's own JSON writes all bytes in base64. */
function toProtobufJson(json: Json): { [key: string]: Json } {
  const convert = (value: Json, key: string): Json => {
    if (Array.isArray(value)) return value.map((element: Json) => convert(element, key));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(
        Object.entries(value).map(([name, inner]) => [name, convert(inner as Json, name)]),
      );
    }
    if (!/^(trace|span|parentSpan)Id$/.test(key) || typeof value !== 'string') return value;
    return Buffer.from(value, 'hex').toString('base64');
  };
  return convert(json, '') as { [key: string]: Json };
}
