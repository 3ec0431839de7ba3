import { describe, expect, it } from 'vitest';
import { formatBytes, formatCount, formatMs, formatShare, formatUsd } from './format.js';
import { formatTable } from './table.js';

describe('formats', () => {
  it.each([
    [formatCount(1234567), '1,234,567'],
    [formatUsd(null), 'unknown'],
    [formatUsd(0), '$0.0000'],
    [formatUsd(12_345_600_000), '$12.3456'],
    [formatUsd(1_234_000), '$0.001234'],
    [formatMs(null), '-'],
    [formatMs(830.4), '830 ms'],
    [formatMs(1240), '1.24 s'],
    [formatBytes(0), '0 B'],
    [formatBytes(1023), '1023 B'],
    [formatBytes(1536), '1.5 KiB'],
    [formatBytes(5 * 1024 ** 5), '5120.0 TiB'],
    [formatShare(null), '-'],
    [formatShare(0.99871), '99.87 %'],
  ])('gives %s', (text, expected) => {
    expect(text).toBe(expected);
  });
});

describe('formatTable', () => {
  it('aligns columns to their longest cell', () => {
    const rows = [
      { name: 'a', count: 5 },
      { name: 'longer', count: 12345 },
    ];
    const table = formatTable(
      [
        { title: 'name', text: ({ name }) => name },
        { title: 'count', text: ({ count }) => String(count), align: 'right' },
      ],
      rows,
    );
    expect(table.split('\n')).toEqual(['name    count', '------  -----', 'a           5', 'longer  12345']);
  });
});
