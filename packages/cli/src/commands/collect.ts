import { type Collector, startCollector } from '@signalbox/collector';
import { createStore, keepErasedAway, keepRollupsFresh } from '@signalbox/store';
import { Command } from 'commander';
import { pino } from 'pino';
import { loadConfig } from '../config/load-config.js';
import type { Output } from '../output/output.js';
import { untilEnded } from '../stack/until-ended.js';
import { runAction } from './command-context.js';
import { parsePort } from './option-parsers.js';

type CollectOptions = {
  config?: string;
  otlpPort?: number;
  grpcPort?: number;
  logDirectory?: string;
  untilStdinEnds?: boolean;
};

const runCollect = async (output: Output, options: CollectOptions): Promise<undefined> => {
  const { ended } = untilEnded({ stdin: options.untilStdinEnds ?? false });
  const { config } = await loadConfig(options.config);
  const store = createStore(config.clickhouse);
  const logger = pino({ level: output.verbose ? 'debug' : 'warn' }, pino.destination(2));
  const collector = await startCollector({
    config: {
      ...config.collector,
      httpPort: options.otlpPort ?? config.collector.httpPort,
      grpcPort: options.grpcPort ?? (options.otlpPort === 0 ? 0 : config.collector.grpcPort),
      log: { ...config.collector.log, directory: options.logDirectory ?? config.collector.log.directory },
    },
    clickhouse: config.clickhouse,
    logger,
  });
  const rollups = keepRollupsFresh(store, {
    onError: (error) =>
      logger.warn({ err: error }, 'The rollups could not be refreshed; the next refresh makes up for it.'),
  });
  const sweeper = keepErasedAway(store, {
    onSwept: ({ tables }) => logger.warn({ tables }, 'Erased rows were sent again; they are erased again.'),
    onError: (error) =>
      logger.warn({ err: error }, 'What was erased could not be swept; trying again in an hour.'),
  });
  try {
    output.result(
      { url: collector.url, grpcPort: collector.grpcPort, pid: process.pid },
      `The collector listens on ${collector.url} (OTLP/HTTP)${overGrpc(collector)}. Ctrl-C ends it.`,
    );
    await ended;
  } finally {
    await collector.close();
    await sweeper.stop();
    // After the collector, so that its last rows are in them.
    await rollups.stop();
    await store.close();
  }
};

const overGrpc = ({ grpcPort }: Collector): string =>
  grpcPort === null ? '' : ` and on port ${grpcPort} (OTLP/gRPC)`;

/** `signalbox collect`: the collector alone, in front of a ClickHouse that runs elsewhere. */
export const collectCommand = (): Command =>
  new Command('collect')
    .description('run the collector: OTLP in, ClickHouse rows out')
    .option('--config <file>', 'configuration file; default: signalbox.config.* of this folder')
    .option(
      '--otlp-port <port>',
      'OTLP/HTTP port instead of the configured one; 0 takes a free one',
      parsePort,
    )
    .option(
      '--grpc-port <port>',
      'OTLP/gRPC port instead of the configured one; 0 takes a free one, as does --otlp-port 0',
      parsePort,
    )
    .option('--log-directory <path>', 'where the write-ahead log is kept, instead of the configured place')
    .option('--until-stdin-ends', 'end when standard input ends, as a child process should')
    .action(runAction(runCollect));
