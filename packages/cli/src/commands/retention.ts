import { createStore, type TableRetention, tableRetention } from '@signalbox/store';
import { Command } from 'commander';
import { loadConfig } from '../config/load-config.js';
import { formatBytes, formatCount } from '../output/format.js';
import type { Output } from '../output/output.js';
import { formatTable } from '../output/table.js';
import { runAction } from './command-context.js';

const describeNext = ({ next, expiredRows }: TableRetention): string => {
  if (expiredRows > 0) return `${formatCount(expiredRows)} rows, due`;
  if (next === null) return '-';
  return `${next.at.slice(0, 10)}: ${formatCount(next.rows)} rows, ${formatBytes(next.bytes)}`;
};

const describeTables = (tables: readonly TableRetention[]): string =>
  formatTable(
    [
      { title: 'table', text: ({ table }) => table },
      { title: 'on disk', text: ({ bytes }) => formatBytes(bytes), align: 'right' },
      { title: 'rows', text: ({ rows }) => formatCount(rows), align: 'right' },
      { title: 'oldest', text: ({ oldest }) => oldest?.slice(0, 16).replace('T', ' ') ?? '-' },
      { title: 'days kept', text: ({ days }) => days?.toString() ?? 'all', align: 'right' },
      { title: 'next to go', text: describeNext },
    ],
    tables,
  );

const runRetention = async (output: Output, options: { config?: string }): Promise<undefined> => {
  const { config } = await loadConfig(options.config);
  const store = createStore(config.clickhouse);
  try {
    const tables = await tableRetention(store);
    output.result({ tables }, describeTables(tables));
  } finally {
    await store.close();
  }
};

/** `signalbox retention`: what every table holds, how long it is kept, and what goes next. */
export const retentionCommand = (): Command =>
  new Command('retention')
    .description('show what each table holds, how many days it keeps, and what goes next')
    .option('--config <file>', 'configuration file; default: signalbox.config.* of this folder')
    .action(runAction(runRetention));
