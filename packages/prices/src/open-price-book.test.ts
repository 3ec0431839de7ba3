import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '@signalbox/spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPriceBook } from './open-price-book.js';

const AT = new Date('2026-11-21');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'signalbox-prices-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const open = (name: string, text: string | null) => {
  const file = join(folder, name);
  if (text !== null) writeFileSync(file, text);
  return openPriceBook(parseConfig({ prices: { file } }));
};

describe('openPriceBook', () => {
  it.each([
    [
      'prices.yaml',
      'version: "7"\nprices:\n  - provider: a\n    model: m\n    validFrom: 2026-01-01\n    input: 1\n    output: 2\n    tiers:\n      - { aboveInputTokens: 1000, input: 3, output: 4, cacheRead: 0.5 }\n',
    ],
    [
      'prices.json',
      '{"version":"7","prices":[{"provider":"a","model":"m","validFrom":"2026-01-01","input":1,"output":2,"tiers":[{"aboveInputTokens":1000,"input":3,"output":4,"cacheRead":0.5}]}]}',
    ],
  ])('reads %s', (name, text) => {
    const unset = { cacheRead: null, cacheWrite: null, reasoning: null };
    const book = open(name, text);
    expect(book.priceOf({ provider: 'a', model: 'm' }, AT)).toEqual({
      source: 'override',
      version: '7',
      price: {
        ...unset,
        input: 1e9,
        output: 2e9,
        tiers: [{ ...unset, aboveInputTokens: 1000, input: 3e9, output: 4e9, cacheRead: 500_000_000 }],
      },
    });
    expect(book.priceOf({ provider: 'a', model: 'm' }, new Date('2025-12-31T23:59:59Z'))).toBeNull();
  });

  const ENTRY = 'prices:\n  - { provider: a, model: m, input: 1, output: 1';
  it.each([
    ['no prices', 'version: "1"\n', 'prices:'],
    ['broken YAML', 'prices: [', 'Flow sequence'],
    ['an unknown field', `${ENTRY}, inptu: 2 }\n`, 'prices[0].inptu: is not a known field'],
    ['a negative price', `${ENTRY}, cacheRead: -1 }\n`, 'prices[0].cacheRead'],
    ['a date that is none', `${ENTRY}, validFrom: 2026-02-30 }\n`, 'prices[0].validFrom'],
    [
      'tiers out of order',
      `${ENTRY}, tiers: [{ aboveInputTokens: 9, input: 1, output: 1 }, { aboveInputTokens: 9, input: 1, output: 1 }] }\n`,
      'prices[0].tiers: must ascend by aboveInputTokens',
    ],
    [
      'a price twice',
      `${ENTRY} }\n  - { provider: a, model: m, input: 2, output: 1 }\n`,
      'prices[1]: a m has a price for this time already',
    ],
  ])('refuses a file with %s, naming the place', (_, text, message) => {
    expect(() => open('bad.yaml', text)).toThrow(
      expect.objectContaining({ code: 'config-invalid', message: expect.stringContaining(message) }),
    );
  });

  it('says which file is missing', () => {
    expect(() => open('gone.yaml', null)).toThrow(
      /Cannot read the price file .*gone\.yaml: there is no such file/,
    );
  });
});
