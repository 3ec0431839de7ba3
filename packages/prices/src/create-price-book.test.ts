import { type FilePrice, type Price, parseConfig } from '@signalbox/spec';
import { describe, expect, it } from 'vitest';
import { contentVersion } from './content-version.js';
import { createPriceBook } from './create-price-book.js';

const AT = new Date('2026-11-21T12:00:00Z');

const price = (input: number): Price => ({
  input,
  output: input,
  cacheRead: null,
  cacheWrite: null,
  reasoning: null,
});

const { targets } = parseConfig({
  targets: [
    { id: 'openai/gpt-5' },
    { id: 'openai/gpt-5-mini', price: { input: 9, output: 9 } },
    { id: 'local/llama', price: { input: 0, output: 0 } },
    { id: 'local/phi' },
  ],
});

const entry = (model: string, validFrom: string | null, usd: number): FilePrice => ({
  provider: 'openai',
  model,
  validFrom: validFrom === null ? null : new Date(validFrom),
  price: price(usd),
});

describe('a price book', () => {
  const book = createPriceBook({
    targets,
    file: {
      version: 'list-7',
      prices: [
        entry('gpt-5-mini', '2026-06-01', 2),
        entry('gpt-5-mini', '2026-03-01', 1),
        entry('gpt-x', null, 3),
      ],
    },
  });

  it.each([
    [
      'the file before the target',
      'openai',
      'gpt-5-mini',
      AT,
      { price: price(2), source: 'override', version: 'list-7' },
    ],
    [
      'the price of the file that held then',
      'openai',
      'gpt-5-mini',
      new Date('2026-05-31T23:59:59.999Z'),
      { price: price(1), source: 'override', version: 'list-7' },
    ],
    [
      'the target where the file says nothing yet',
      'openai',
      'gpt-5-mini',
      new Date('2026-02-28'),
      { price: price(9e9), source: 'config', version: contentVersion(price(9e9)) },
    ],
    [
      'the catalogue where nothing else says',
      'openai',
      'gpt-5',
      AT,
      { source: 'package', version: 'genai-prices@0.1.8' },
    ],
    ['a price of 0 as known', 'local', 'llama', AT, { price: price(0), source: 'config' }],
    ['a model that only the file names', 'openai', 'gpt-x', AT, { price: price(3) }],
  ])('takes %s', (_, provider, model, at, expected) => {
    expect(book.priceOf({ provider, model }, at)).toMatchObject(expected);
  });

  it.each([
    ['no source names', { provider: 'local', model: 'phi' }],
    ['it never heard of', { provider: 'openai', model: 'gpt-5.2' }],
  ])('knows no price of a model that %s', (_, model) => {
    expect(book.priceOf(model, AT)).toBeNull();
    expect(book.timelineOf(model)).toEqual([{ validFrom: null, resolved: null }]);
  });

  it('lists each model once', () => {
    expect(book.models().map(({ provider, model }) => `${provider} ${model}`)).toEqual([
      'openai gpt-5',
      'openai gpt-5-mini',
      'local llama',
      'local phi',
      'openai gpt-x',
    ]);
  });

  it('looks up further models', () => {
    const model = { provider: 'openai', model: 'gpt-5' };
    const more = createPriceBook({ targets: [], models: [model] });
    expect(more.models()).toEqual([model]);
    expect(more.priceOf(model, AT)?.source).toBe('package');
  });

  it('names an unnamed file by its content', () => {
    const version = (usd: number) =>
      createPriceBook({ targets: [], file: { version: null, prices: [entry('m', null, usd)] } }).priceOf(
        { provider: 'openai', model: 'm' },
        AT,
      )?.version;
    expect(version(1)).toMatch(/^sha256:[0-9a-f]{12}$/);
    expect(version(1)).toBe(version(1));
    expect(version(1)).not.toBe(version(2));
  });
});
