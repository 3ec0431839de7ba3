import { readFileSync } from 'node:fs';
import {
  ConfigInvalidError,
  FileUnreadableError,
  type PriceBook,
  type PricedModel,
  type PriceFile,
  parsePriceFile,
  type ResolvedConfig,
} from '@signalbox/spec';
import { parse as parseYaml } from 'yaml';
import { createPriceBook } from './create-price-book.js';

const MAX_FILE_BYTES = 10 * 1024 * 1024;

const readText = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new FileUnreadableError({ what: 'price file', file, option: '`prices.file`', cause });
  }
};

const parseText = (text: string, file: string): unknown => {
  const invalid = (message: string): ConfigInvalidError =>
    new ConfigInvalidError({ source: file, issues: [{ path: '', message }] });
  if (text.length > MAX_FILE_BYTES) throw invalid(`is larger than ${MAX_FILE_BYTES} bytes`);
  try {
    return parseYaml(text);
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : String(error));
  }
};

const readPriceFile = (file: string): PriceFile => parsePriceFile(parseText(readText(file), file), file);

/**
 * The price book of a configuration, which also knows `models`. Reads the price file (YAML, of which JSON is a part) at
 * once, so that a mistake in it shows at start. Throws `FileUnreadableError` and `ConfigInvalidError`.
 */
export const openPriceBook = (
  { targets, prices: { file } }: Pick<ResolvedConfig, 'targets' | 'prices'>,
  models: readonly PricedModel[] = [],
): PriceBook =>
  createPriceBook({ targets, models, file: file === undefined ? undefined : readPriceFile(file) });
