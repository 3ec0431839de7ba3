import { openPriceBook } from '@signalbox/prices';
import type { Price, PriceBook, ResolvedPrice } from '@signalbox/spec';
import { createStore } from '@signalbox/store';
import { Command } from 'commander';
import { loadConfig } from '../config/load-config.js';
import type { Output } from '../output/output.js';
import { formatTable } from '../output/table.js';
import { recordPrices } from '../stack/record-prices.js';
import { runAction } from './command-context.js';

const MAX_WARNINGS = 20;

type PricesOptions = { config?: string };

type PriceLine = { provider: string; model: string; resolved: ResolvedPrice | null };

const linesOf = (book: PriceBook, at: Date): PriceLine[] =>
  book.models().map((model) => ({ ...model, resolved: book.priceOf(model, at) }));

/** USD per million tokens, `-` where the base price applies. */
const formatRate = (nanoUsd: number | null | undefined): string =>
  nanoUsd === undefined ? 'unknown' : nanoUsd === null ? '-' : String(nanoUsd / 1e9);

const formatTiers = (price: Price | undefined): string =>
  (price?.tiers ?? [])
    .map((tier) => `above ${tier.aboveInputTokens}: ${formatRate(tier.input)} / ${formatRate(tier.output)}`)
    .join(', ');

const describePrices = (lines: readonly PriceLine[]): string =>
  formatTable<PriceLine>(
    [
      { title: 'provider', text: ({ provider }) => provider },
      { title: 'model', text: ({ model }) => model },
      { title: 'input', text: ({ resolved }) => formatRate(resolved?.price.input), align: 'right' },
      { title: 'output', text: ({ resolved }) => formatRate(resolved?.price.output), align: 'right' },
      { title: 'cache read', text: ({ resolved }) => formatRate(resolved?.price.cacheRead), align: 'right' },
      {
        title: 'cache write',
        text: ({ resolved }) => formatRate(resolved?.price.cacheWrite),
        align: 'right',
      },
      { title: 'source', text: ({ resolved }) => resolved?.source ?? '-' },
      { title: 'version', text: ({ resolved }) => resolved?.version ?? '-' },
      { title: 'long requests', text: ({ resolved }) => formatTiers(resolved?.price) },
    ],
    lines,
  );

const runList = async (output: Output, options: PricesOptions): Promise<undefined> => {
  const { config } = await loadConfig(options.config);
  const lines = linesOf(openPriceBook(config), new Date());
  const prices = lines.map(({ provider, model, resolved }) => ({
    provider,
    model,
    price: resolved?.price ?? null,
    source: resolved?.source ?? null,
    version: resolved?.version ?? null,
  }));
  const text =
    lines.length === 0
      ? 'No targets configured, and no price file.'
      : `USD per million tokens.\n${describePrices(lines)}`;
  output.result(prices, text);
};

const runSync = async (output: Output, options: PricesOptions): Promise<undefined> => {
  const { config } = await loadConfig(options.config);
  const store = createStore(config.clickhouse);
  try {
    const sync = await recordPrices(store, config);
    for (const { provider, model } of sync.unknown.slice(0, MAX_WARNINGS))
      output.warn(`${model} of ${provider} has no known price.`);
    const count = `${sync.changed.length} changed, ${sync.unchanged.length} unchanged, ${sync.unknown.length} unknown`;
    const hint = sync.changed.length > 0 ? ' `signalbox reprice` applies them to history.' : '';
    output.result(sync, `Prices: ${count}.${hint}`);
  } finally {
    await store.close();
  }
};

const CONFIG_OPTION = [
  '--config <file>',
  'configuration file; default: signalbox.config.* of this folder',
] as const;

/** `signalbox prices list|sync`. */
export const pricesCommand = (): Command =>
  new Command('prices')
    .description('what the configured models cost')
    .addCommand(
      new Command('list')
        .description('show the price of each model, where it comes from, and its version')
        .option(...CONFIG_OPTION)
        .action(runAction(runList)),
    )
    .addCommand(
      new Command('sync')
        .description(
          'append the prices that changed to the table model_prices: of targets, the price file, and calls that others report',
        )
        .option(...CONFIG_OPTION)
        .action(runAction(runSync)),
    );
