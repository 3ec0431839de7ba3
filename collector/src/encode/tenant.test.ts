import { describe, expect, it } from 'vitest';
import { readSections } from '../__fixtures__/read-rows.js';
import { attributesJson, logsJson, metricsJson, spanJson, tracesJson } from '../__fixtures__/requests.js';
import type { Signal } from '../signal.js';
import { createRequestEncoder } from './create-request-encoder.js';

const encode = createRequestEncoder();

const rowsOf = (signal: Signal, request: object, tenant: string | null) => {
  const body = Buffer.from(JSON.stringify(request));
  const encoded = encode({ signal, encoding: 'json', body, receivedAtMs: Date.now(), tenant });
  if (encoded.status !== 'encoded') throw new Error(encoded.reason);
  return Object.values(readSections(encoded.sections)).flat();
};

const named = (...tenants: string[]) =>
  tenants.flatMap((stringValue) => attributesJson({ 'signalbox.tenant': { stringValue } }));
const other = attributesJson({ a: { stringValue: 'b' } });
const timeUnixNano = `${Date.now()}000000`;

const requests: [string, Signal, string, (attributes: object[]) => object][] = [
  ['a span', 'traces', 'SpanAttributes', (attributes) => tracesJson([spanJson({ attributes })])],
  ['a log record', 'logs', 'LogAttributes', (attributes) => logsJson([{ timeUnixNano, attributes }])],
  [
    'a data point',
    'metrics',
    'Attributes',
    (attributes) =>
      metricsJson([{ name: 'm', gauge: { dataPoints: [{ asInt: '1', timeUnixNano, attributes }] } }]),
  ],
];

describe.each(requests)('the tenant of %s', (_what, signal, column, requestOf) => {
  const attributesOf = (attributes: object[], tenant: string | null) =>
    Object.fromEntries(rowsOf(signal, requestOf(attributes), tenant)[0]?.[column] as [string, string][]);

  it.each([
    ['adds it', other, { a: 'b' }],
    ['adds it where there is nothing else', [], {}],
    ['puts it in the place of another', [...other, ...named('globex')], { a: 'b' }],
    ['puts it in the place of two others', [...named('globex', 'initech'), ...other], { a: 'b' }],
  ])('is that of its sender: %s', (_how, attributes, rest) => {
    // Of a time long ago there is a note beside it.
    const { 'signalbox.sent_time': _sentTime, ...stored } = attributesOf(attributes, 'acme');
    expect(stored).toEqual({ ...rest, 'signalbox.tenant': 'acme' });
  });

  it('is what it says itself where the sender is not known', () => {
    expect(attributesOf(named('globex'), null)).toMatchObject({ 'signalbox.tenant': 'globex' });
    expect(attributesOf(other, null)).not.toHaveProperty(['signalbox.tenant']);
  });
});

it('is that of its sender in the resource as well', () => {
  const rows = (attributes: object[]) =>
    rowsOf('traces', tracesJson([spanJson()], { attributes }), 'acme').map(
      ({ ResourceAttributes }) => ResourceAttributes,
    );
  expect(rows(named('globex'))).toEqual([[['signalbox.tenant', 'acme']]]);
  expect(rows(other)).toEqual([
    [
      ['a', 'b'],
      ['signalbox.tenant', 'acme'],
    ],
  ]);
});
