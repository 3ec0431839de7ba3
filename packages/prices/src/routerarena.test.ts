import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { costNanoUsd } from '@signalbox/router';
import { parsePriceFile } from '@signalbox/spec';
import { describe, expect, it } from 'vitest';
import { createPriceBook } from './create-price-book.js';

type Row = { outcomes: Record<string, { input_tokens: number; output_tokens: number; cost_usd: number }> };
type Costs = Record<
  string,
  { input_token_price_per_million: number; output_token_price_per_million: number }
>;

const data = process.env.SIGNALBOX_DATA_DIR ?? join(import.meta.dirname, '../../../../shared/data');
const folder = join(data, 'routerarena');
const isThere = existsSync(folder);
const reason = isThere ? '' : ` (skipped: ${folder} is absent)`;

const readBook = () => {
  const costs: Costs = JSON.parse(readFileSync(join(folder, 'cost.json'), 'utf8'));
  const prices = Object.entries(costs).map(([model, cost]) => ({
    provider: 'arena',
    model,
    input: cost.input_token_price_per_million,
    output: cost.output_token_price_per_million,
  }));
  return createPriceBook({ targets: [], file: parsePriceFile({ prices }, 'cost.json') });
};

const readRows = (): Row[] =>
  readFileSync(join(folder, 'dev.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('the recorded calls of RouterArena', () => {
  it.skipIf(!isThere)(`cost what their tokens times the price say, to the nano-dollar${reason}`, () => {
    const book = readBook();
    const calls = readRows().flatMap(({ outcomes }) => Object.entries(outcomes));
    const wrong = calls.filter(([model, { input_tokens, output_tokens, cost_usd }]) => {
      const resolved = book.priceOf({ provider: 'arena', model }, new Date());
      const usage = {
        input: input_tokens,
        output: output_tokens,
        cacheRead: null,
        cacheWrite: null,
        reasoning: null,
      };
      return costNanoUsd(usage, resolved?.price ?? null) !== Math.round(cost_usd * 1e9);
    });
    expect(calls.length).toBeGreaterThan(100);
    expect(wrong).toEqual([]);
  });
});
