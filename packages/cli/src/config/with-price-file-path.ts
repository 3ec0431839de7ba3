import { dirname, resolve } from 'node:path';
import { isRecord } from './is-record.js';

/** Makes the path of `prices.file` absolute: it is relative to the configuration file, whatever the current folder. */
export const withPriceFilePath = (input: unknown, configFile: string | null): unknown => {
  if (configFile === null || !isRecord(input) || !isRecord(input.prices)) return input;
  const { file } = input.prices;
  if (typeof file !== 'string' || file === '') return input;
  return { ...input, prices: { ...input.prices, file: resolve(dirname(configFile), file) } };
};
