import { expect, it } from 'vitest';
import { chunkBuckets } from './chunk-buckets.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Hours of one day, newest first, from digits: rows of the hour. `!` behind it: touched. */
const hoursOf = (text: string) =>
  text
    .split(' ')
    .map((hour, i) => ({
      hour: new Date(i * HOUR),
      rows: Number.parseInt(hour, 10),
      touched: hour.endsWith('!'),
    }))
    .reverse();

const inHours = (step: '1h' | '1d', text: string) =>
  chunkBuckets(step, hoursOf(text), { maxRows: 10 }).map(({ from, to }) => [+from / HOUR, +to / HOUR]);

it.each([
  [
    'neighbours together, up to the limit',
    '4! 5! 3! 3!',
    [
      [2, 4],
      [0, 2],
    ],
  ],
  ['nothing where nothing is touched', '4 5', []],
  [
    'a bucket with more than the limit alone',
    '1! 11! 1!',
    [
      [2, 3],
      [1, 2],
      [0, 1],
    ],
  ],
  ['what lies between, where that is little', '1! 5 1!', [[0, 3]]],
  [
    'not what lies between, where that is much',
    '1! 9 1!',
    [
      [2, 3],
      [0, 1],
    ],
  ],
  ['nothing before and behind', '1 1! 1', [[1, 2]]],
])('puts into one range %s', (_, hours, ranges) => {
  expect(inHours('1h', hours)).toEqual(ranges);
});

it('takes whole buckets', () => {
  expect(inHours('1d', '1 1! 20')).toEqual([[0, 24]]);
});

it('does not reach into more partitions than an insert may', () => {
  const days = Array.from({ length: 90 }, (_, i) => ({
    hour: new Date((89 - i) * DAY),
    rows: 0,
    touched: true,
  }));
  const ranges = chunkBuckets('1d', days);
  expect(ranges.map(({ from, to }) => (+to - +from) / DAY)).toEqual([31, 31, 28]);
});
