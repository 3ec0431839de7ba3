import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import protobuf, { type Type } from 'protobufjs';
import { describe, expect, it } from 'vitest';
import { arbitraryRequest, type Json } from '../__fixtures__/arbitrary-request.js';
import { dataPath, skipReason } from '../__fixtures__/data-directory.js';
import { encodeProtobuf } from '../__fixtures__/encode-protobuf.js';
import { encodeBody } from '../__fixtures__/encode-rows.js';
import type { Signal } from '../signal.js';
import { anyValueVariants } from './any-value.js';
import type { Message, NamedField } from './field.js';
import { exportLogsRequest } from './logs.js';
import { exportMetricsRequest } from './metrics.js';
import { exportTraceRequest } from './traces.js';

const folder = dataPath('otlp/opentelemetry-proto');
const isAbsent = !existsSync(folder);

const REQUESTS: readonly [Signal, Message, string][] = [
  ['traces', exportTraceRequest, 'trace.v1.ExportTraceServiceRequest'],
  ['metrics', exportMetricsRequest, 'metrics.v1.ExportMetricsServiceRequest'],
  ['logs', exportLogsRequest, 'logs.v1.ExportLogsServiceRequest'],
];

const loadOfficial = (name: string): Type => {
  const root = new protobuf.Root();
  root.resolvePath = (_origin, target) => join(folder, target);
  const [folderName] = name.split('.');
  root.loadSync(`opentelemetry/proto/collector/${folderName}/v1/${folderName}_service.proto`);
  return root.lookupType(`opentelemetry.proto.collector.${name}`);
};

describe.skipIf(isAbsent)(`the official .proto files${skipReason(folder)}`, () => {
  it.each(REQUESTS)('describe the %s request as we do', (_signal, message, name) => {
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
    compare(message, loadOfficial(name));
    expect(differences).toEqual([]);
    expect(visited.size).toBeGreaterThan(8);
  });

  it.each(REQUESTS)('encode a %s request to the bytes that we read', (signal, message, name) => {
    const official = loadOfficial(name);
    fc.assert(
      fc.property(arbitraryRequest(message), (json) => {
        const bytes = Buffer.from(official.encode(official.fromObject(toProtobufJson(json))).finish());
        const ours = encodeBody(signal, 'protobuf', encodeProtobuf(json, message));
        expect(encodeBody(signal, 'protobuf', bytes)).toEqual(ours);
      }),
      { numRuns: 100 },
    );
  });

  it.each(isAbsent ? [] : readdirSync(join(folder, 'examples')).filter((file) => file.endsWith('.json')))(
    'come with an example that is the same from both encodings: %s',
    (file) => {
      const body = readFileSync(join(folder, 'examples', file));
      const json = JSON.parse(body.toString()) as Json;
      const [signal, , name] =
        REQUESTS.find(([, { byName }]) => byName.has(Object.keys(json as object)[0] ?? '')) ?? expect.fail();
      const official = loadOfficial(name);
      const bytes = Buffer.from(official.encode(official.fromObject(toProtobufJson(json))).finish());
      const fromJson = encodeBody(signal, 'json', body);
      expect(fromJson.rows.length).toBeGreaterThan(0);
      expect(fromJson.message).toBe('');
      expect(encodeBody(signal, 'protobuf', bytes)).toEqual(fromJson);
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
