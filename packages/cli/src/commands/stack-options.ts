import type { Command } from 'commander';
import { parsePort } from './option-parsers.js';

/** The options that `up` and `demo` share. */
export type StackCommandOptions = {
  directory: string;
  clickhousePort: number;
};

/** Adds them to a command. */
export const addStackOptions = (command: Command): Command =>
  command
    .option('--directory <path>', 'where all data is kept', '.signalbox')
    .option('--clickhouse-port <port>', 'HTTP port of ClickHouse; 0 takes a free one', parsePort, 8123);
