import type { Command } from 'commander';
import { parsePort } from './option-parsers.js';

/** The options that `up` and `demo` share. */
export type StackCommandOptions = {
  directory: string;
  clickhousePort: number;
  grpcPort?: number;
};

/** Adds them to a command. */
export const addStackOptions = (command: Command): Command =>
  command
    .option('--directory <path>', 'where all data is kept', '.signalbox')
    .option('--clickhouse-port <port>', 'HTTP port of ClickHouse; 0 takes a free one', parsePort, 8123)
    .option(
      '--grpc-port <port>',
      'OTLP/gRPC port of the collector instead of the configured one; 0 takes a free one, as does --otlp-port 0',
      parsePort,
    );
