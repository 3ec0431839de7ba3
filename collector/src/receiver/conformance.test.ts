import { existsSync, readFileSync } from 'node:fs';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { LogFailedError, LogFullError } from '@signalbox/spec';
import protobuf from 'protobufjs/minimal.js';
import { describe, expect, it } from 'vitest';
import { dataPath, skipReason } from '../__fixtures__/data-directory.js';
import { exchange, postJson } from '../__fixtures__/exchange.js';
import { createRecordingLog } from '../__fixtures__/recording-log.js';
import { spanJson, tracesJson } from '../__fixtures__/requests.js';
import { startTestCollector } from '../__fixtures__/start-test-collector.js';
import { SIGNALS } from '../signal.js';

const UNSUPPORTED = '415 unsupported media type, supported: [application/json, application/x-protobuf]';
const NOT_ALLOWED = '405 method not allowed, supported: [POST]';

/** Reads a google.rpc.Status from protobuf. */
const readStatus = (body: Uint8Array): { code: number; message: string } => {
  const reader = protobuf.Reader.create(body);
  expect(reader.uint32()).toBe(8);
  const code = reader.int32();
  expect(reader.uint32()).toBe(18);
  return { code, message: reader.string() };
};

describe('refusals', () => {
  describe.each(SIGNALS)('on /v1/%s', (signal) => {
    it.each([
      { title: 'no content type', contentType: '', status: 415, text: UNSUPPORTED },
      { title: 'another content type', contentType: 'text/html', status: 415, text: UNSUPPORTED },
      { title: 'PATCH', method: 'PATCH', contentType: 'application/json', status: 405, text: NOT_ALLOWED },
      { title: 'GET', method: 'GET', contentType: 'application/json', status: 405, text: NOT_ALLOWED },
    ])('answers $status in plain text to $title', async ({ method = 'POST', contentType, status, text }) => {
      const { collector } = await startTestCollector();
      const url = `${collector.url}/v1/${signal}`;
      const answer = await exchange({ url, method, headers: { 'content-type': contentType }, body: '1234' });
      expect(answer.status).toBe(status);
      expect(answer.headers['content-type']).toBe('text/plain');
      expect(answer.body.toString()).toBe(text);
    });

    it('answers 400 with a Status to JSON that is no request', async () => {
      const { collector } = await startTestCollector();
      const url = `${collector.url}/v1/${signal}`;
      const answer = await exchange({ url, headers: { 'content-type': 'application/json' }, body: '1234' });
      expect(answer.status).toBe(400);
      expect(answer.headers['content-type']).toBe('application/json');
      expect(answer.json).toEqual({ code: 3, message: 'expected an object, found 1234' });
    });

    it('answers 400 with a Status to bytes that are not protobuf', async () => {
      const { collector } = await startTestCollector();
      const url = `${collector.url}/v1/${signal}`;
      const headers = { 'content-type': 'application/x-protobuf' };
      const answer = await exchange({ url, headers, body: '{"key": "value"}' });
      expect(answer.status).toBe(400);
      expect(answer.headers['content-type']).toBe('application/x-protobuf');
      expect(readStatus(answer.body).code).toBe(3);
    });
  });

  it('answers 404 to other paths, however alike', async () => {
    const { collector } = await startTestCollector();
    for (const path of [
      '/',
      '/v1',
      '/v1/traces/',
      '/V1/traces',
      '//v1/traces',
      '/v1/traces%2f',
      '/%ff',
      '/v1/profiles',
    ]) {
      const headers = { 'content-type': 'application/json' };
      const answer = await exchange({ url: `${collector.url}${path}`, headers, body: '{}' });
      expect([path, answer.status]).toEqual([path, 404]);
    }
  });

  it('says gzip: invalid header in the encoding of the request', async () => {
    const { collector } = await startTestCollector();
    const url = `${collector.url}/v1/traces`;
    const headers = { 'content-encoding': 'gzip', 'content-type': 'application/json' };
    const json = await exchange({ url, headers, body: '{"key": "value"}' });
    expect(json.status).toBe(400);
    expect(json.json).toEqual({ code: 3, message: 'gzip: invalid header' });
    const binary = await exchange({
      url,
      headers: { ...headers, 'content-type': 'application/x-protobuf' },
      body: '{"key": "value"}',
    });
    expect(binary.status).toBe(400);
    expect(readStatus(binary.body)).toEqual({ code: 3, message: 'gzip: invalid header' });
  });
});

describe('accepted media types and encodings', () => {
  const json = Buffer.from(JSON.stringify(tracesJson([spanJson()])));

  it.each([
    { contentType: 'application/json', contentEncoding: '', body: json },
    { contentType: 'application/json', contentEncoding: 'identity', body: json },
    { contentType: 'application/json', contentEncoding: 'gzip', body: gzipSync(json) },
    { contentType: 'application/json', contentEncoding: 'GZIP', body: gzipSync(json) },
    { contentType: 'application/json', contentEncoding: 'zstd', body: zstdCompressSync(json) },
    { contentType: 'application/json; charset=utf-8', contentEncoding: '', body: json },
    { contentType: 'APPLICATION/JSON', contentEncoding: '', body: json },
  ])(
    'takes $contentType with encoding "$contentEncoding"',
    async ({ contentType, contentEncoding, body }) => {
      const { collector, log } = await startTestCollector();
      const headers = { 'content-type': contentType, 'content-encoding': contentEncoding };
      const answer = await exchange({ url: `${collector.url}/v1/traces`, headers, body });
      expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/json']);
      expect(answer.json).toEqual({});
      expect(log.rows('otel_traces')).toHaveLength(1);
    },
  );
});

describe('failures of the log', () => {
  const directory = '/somewhere';
  it.each([
    { what: 'is full', failure: new LogFullError({ directory, reason: 'the reason' }) },
    { what: 'has failed', failure: new LogFailedError({ directory, reason: 'the reason' }) },
  ])('answer 503 with Retry-After when it $what, without details', async ({ failure }) => {
    const { collector } = await startTestCollector({ log: createRecordingLog({ failure }) });
    const answer = await postJson(`${collector.url}/v1/traces`, tracesJson([spanJson()]));
    expect(answer).toMatchObject({ status: 503, json: { code: 14 }, headers: { 'retry-after': '5' } });
    expect(answer.body.toString()).not.toMatch(/somewhere|the reason/);
    expect(collector.stats()).toMatchObject({ failed: 1, accepted: { traces: 0 } });
  });
});

type Case = {
  method?: string;
  path?: string;
  content_type: string;
  content_encoding?: string;
  body: string;
  status: number;
  response_content_type?: string;
  response_body?: string;
  response_json?: object;
};

const file = dataPath('otlp/http-conformance.json');

describe.skipIf(!existsSync(file))(`the table of the OpenTelemetry Collector${skipReason(file)}`, () => {
  const table = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as {
        reject: Case[];
        accept: Case[];
        unknown_json_fields: Case;
      })
    : undefined;

  it.each(table?.reject ?? [])(
    'refuses $method $path $content_type $content_encoding with $status',
    async (row) => {
      const { collector } = await startTestCollector();
      const headers: Record<string, string> = { 'content-type': row.content_type };
      if (row.content_encoding !== undefined) headers['content-encoding'] = row.content_encoding;
      const url = `${collector.url}${row.path}`;
      const answer = await exchange({ url, method: row.method ?? 'POST', headers, body: row.body });
      expect(answer.status).toBe(row.status);
      expect(answer.headers['content-type']).toBe(row.response_content_type);
      if (row.response_body !== undefined) expect(answer.body.toString()).toBe(row.response_body);
      if (row.response_json !== undefined) expect(answer.json).toEqual(row.response_json);
    },
  );

  it.each(table?.accept ?? [])('accepts $content_type $content_encoding', async (row) => {
    const { collector } = await startTestCollector();
    const plain = row.content_type.toLowerCase().includes('json') ? Buffer.from('{}') : Buffer.alloc(0);
    const compressed = { gzip: gzipSync(plain), zstd: zstdCompressSync(plain) }[row.content_encoding ?? ''];
    const headers = { 'content-type': row.content_type, 'content-encoding': row.content_encoding ?? '' };
    const answer = await exchange({ url: `${collector.url}/v1/traces`, headers, body: compressed ?? plain });
    expect(answer.status).toBe(row.status);
  });

  it('ignores unknown JSON fields', async () => {
    const { collector } = await startTestCollector();
    const headers = { 'content-type': 'application/json' };
    const body = table?.unknown_json_fields.body ?? '';
    expect(await exchange({ url: `${collector.url}/v1/traces`, headers, body })).toMatchObject({
      status: 200,
      json: {},
    });
  });
});
