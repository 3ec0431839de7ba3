import { expect, it } from 'vitest';
import type { Json } from '../__fixtures__/arbitrary-request.js';
import { encodeProtobuf } from '../__fixtures__/encode-protobuf.js';
import { MESSAGES } from '../__fixtures__/messages.js';
import { attributesJson, spanJson, tracesJson } from '../__fixtures__/requests.js';
import { createRequestEncoder } from '../encode/create-request-encoder.js';
import { referenceTraceRows } from './reference-trace-rows.js';

const RECEIVED = 1_763_700_123_456;

const attributes = attributesJson({
  text: { stringValue: 'grün' },
  bool: { boolValue: true },
  int: { intValue: '-9223372036854775808' },
  double: { doubleValue: 0.1 },
  list: { arrayValue: { values: [{ stringValue: 'stop' }] } },
  none: {},
});

it('gives the same bytes as the encoder', () => {
  const full = spanJson({
    parentSpanId: 'eee19b7ec3c1b173',
    traceState: 'a=b',
    attributes,
    status: { code: 2, message: 'rate limited' },
    events: [{ timeUnixNano: '1763700000000000005', name: 'first-chunk', attributes }],
    links: [{ traceId: '5b8efff798038103d269b633813fc60d', spanId: 'eee19b7ec3c1b175', attributes }],
  });
  const resource = { attributes: attributesJson({ 'service.name': { stringValue: 'checkout' } }) };
  const body = encodeProtobuf(tracesJson([full, spanJson()], resource) as Json, MESSAGES.traces);
  const result = createRequestEncoder()({
    signal: 'traces',
    encoding: 'protobuf',
    body,
    receivedAtMs: RECEIVED,
  });
  const bytes = result.status === 'encoded' ? result.sections[0]?.bytes : undefined;
  expect(referenceTraceRows(body, RECEIVED).toString('hex')).toBe(Buffer.from(bytes ?? []).toString('hex'));
});
