import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryRequest, RECEIVED_AT_MS } from '../__fixtures__/arbitrary-request.js';
import { encodeProtobuf } from '../__fixtures__/encode-protobuf.js';
import { MESSAGES } from '../__fixtures__/messages.js';
import { mutated } from '../__fixtures__/mutated.js';
import { readSections } from '../__fixtures__/read-rows.js';
import { SIGNALS, type Signal } from '../signal.js';
import { createRequestEncoder, type Encoding } from './create-request-encoder.js';

// One for all, so that what a request leaves behind would be seen in the next.
const encode = createRequestEncoder();

const expectRowsOrRefusal = (signal: Signal, encoding: Encoding, body: Buffer): void => {
  const result = encode({ signal, encoding, body, receivedAtMs: RECEIVED_AT_MS });
  if (result.status === 'encoded') {
    // Throws where a row is not exactly its columns, or a text is not UTF-8.
    const rows = Object.values(readSections(result.sections)).flat();
    expect(rows).toHaveLength(result.items);
  } else {
    expect(result.status).toBe('malformed');
    expect(result.reason.length).toBeLessThan(1_000);
  }
  expect(Object.keys(Object.prototype)).toEqual([]);
};

describe.each(SIGNALS)('a damaged %s request', (signal) => {
  const message = MESSAGES[signal];
  const requests = arbitraryRequest(message);

  it('in protobuf gives whole rows or a refusal', () => {
    const bodies = mutated(requests.map((json) => encodeProtobuf(json, message)));
    const noise = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));
    fc.assert(
      fc.property(fc.oneof({ weight: 9, arbitrary: bodies }, noise), (body) =>
        expectRowsOrRefusal(signal, 'protobuf', body),
      ),
      { numRuns: 1_500 },
    );
  }, 60_000);

  it('in JSON gives whole rows or a refusal', () => {
    const bodies = mutated(requests.map((json) => Buffer.from(JSON.stringify(json))));
    const any = fc.oneof(fc.json(), fc.string()).map((text) => Buffer.from(text));
    fc.assert(
      fc.property(fc.oneof({ weight: 4, arbitrary: bodies }, any), (body) =>
        expectRowsOrRefusal(signal, 'json', body),
      ),
      { numRuns: 1_500 },
    );
  }, 60_000);
});

it.each([
  ['a length that runs past its message', [0x0a, 0x02, 0x0a, 0x7f]],
  ['a number that does not end', [0x0a, 0x02, 0x08, 0xff]],
  ['a tag that does not end', [0xff]],
  ['field number 0', [0x00, 0x00]],
  ['wire type 6', [0x0e]],
  ['a group that does not begin', [0x0c]],
  ['a group that ends as another', [0x0b, 0x14]],
  ['a group that does not end', [0x7b]],
  ['eight bytes of which some are missing', [0x79, 0x00]],
  ['a resource that is a number', [0x08, 0x00]],
])('is refused for %s', (_what, bytes) => {
  const body = Buffer.from(bytes);
  expect(encode({ signal: 'traces', encoding: 'protobuf', body, receivedAtMs: 0 })).toMatchObject({
    status: 'malformed',
  });
});

it('with unknown fields of every wire type is taken', () => {
  const body = Buffer.from([
    0x78, 0x01, 0x79, 0, 0, 0, 0, 0, 0, 0, 0, 0x7a, 0x01, 0xff, 0x7b, 0x78, 0x01, 0x7c, 0x7d, 0, 0, 0, 0,
  ]);
  expect(encode({ signal: 'traces', encoding: 'protobuf', body, receivedAtMs: 0 })).toMatchObject({
    status: 'encoded',
    items: 0,
  });
});

it('does not change the sections of the request before', () => {
  const [one, other] = fc
    .sample(arbitraryRequest(MESSAGES.metrics), 200)
    .map((json) => encodeProtobuf(json, MESSAGES.metrics))
    .map(
      (body) => () => encode({ signal: 'metrics', encoding: 'protobuf', body, receivedAtMs: RECEIVED_AT_MS }),
    )
    .filter((run) => {
      const result = run();
      return result.status === 'encoded' && result.items > 0;
    });
  const first = one?.();
  const kept = JSON.stringify(first);
  other?.();
  expect(JSON.stringify(first)).toBe(kept);
});
