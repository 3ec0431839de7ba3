import { createRequestEncoder } from '@signalbox/collector';
import { referenceTraceRows } from '@signalbox/collector/reference';

const ROUNDS = 9;
const WARM_UP_ROUNDS = 3;
const REQUESTS = 16;

/** CPU seconds of this process, all threads: collecting garbage counts. */
const cpuSecondsOf = (work: () => void): number => {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/**
 * CPU of turning requests into rows with protobufjs, divided by that of the encoder: the median of rounds that take turns.
 * The rows are the same bytes; it throws where they are not.
 */
export const measureDecoderRatio = (all: readonly Buffer[]): number => {
  const requests = all.slice(0, REQUESTS);
  const receivedAtMs = Date.now();
  const encoder = createRequestEncoder();
  const encode = (body: Buffer): readonly Uint8Array[] => {
    const result = encoder({ signal: 'traces', encoding: 'protobuf', body, receivedAtMs });
    if (result.status !== 'encoded') throw new Error(`A benchmark request is refused: ${result.reason}.`);
    return result.sections.map(({ bytes }) => bytes);
  };
  const refer = (body: Buffer): Buffer => referenceTraceRows(body, receivedAtMs);
  if (!requests.every((body) => Buffer.concat(encode(body)).equals(refer(body))))
    throw new Error('The encoder and its reference give different rows.');
  const ratios = Array.from({ length: WARM_UP_ROUNDS + ROUNDS }, () => {
    const own = cpuSecondsOf(() => requests.forEach(encode));
    return cpuSecondsOf(() => requests.forEach(refer)) / own;
  });
  return median(ratios.slice(WARM_UP_ROUNDS));
};
