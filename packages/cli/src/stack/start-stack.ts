import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  type EmbeddedClickHouse,
  type EmbeddedClickHouseOptions,
  startEmbeddedClickHouse,
} from '@signalbox/embedded-clickhouse';
import { DirectoryUnusableError, type RetentionConfig } from '@signalbox/spec';
import { applyRetention, createStore, migrate, type Store } from '@signalbox/store';
import { describeRetentionChange } from '../output/describe-retention-change.js';
import type { Output } from '../output/output.js';
import { collectorService } from './collector-service.js';
import { describeServerEvent } from './describe-server-event.js';
import { openLog } from './open-log.js';
import { toClickHouseStartError, toServiceStartError } from './start-error.js';
import { type Supervised, supervise } from './supervise.js';

/** What `signalbox up` and `signalbox demo` can be told about where things listen and keep their data. */
export type StackOptions = {
  /** Everything that the stack keeps. */
  directory: string;
  /** 0 takes a free port. */
  clickhousePort: number;
  otlpPort: number;
  /** OTLP/gRPC. Default: as configured, or a free one where `otlpPort` is 0. */
  grpcPort?: number;
  /** Database that the collector writes to. */
  database: string;
  /** How long the tables keep their rows. Default: as they do. */
  retention?: RetentionConfig;
  /** Configuration file handed to the collector; `null` for the defaults. */
  configFile: string | null;
};

/** Another `signalbox` command that runs as a supervised part of a stack. */
export type StackService = {
  name: string;
  port: number;
  /** The option of the command line that `port` comes from. */
  portOption: string;
  argsFor: (port: number) => readonly string[];
  environment?: NodeJS.ProcessEnv;
};

/** A running stack: embedded ClickHouse, migrated, with a collector in front of it. */
export type Stack = {
  clickhouse: EmbeddedClickHouse;
  collector: Supervised;
  store: Store;
  /** Database that the collector writes to. */
  database: string;
  /** Starts a service; it is stopped with the stack. */
  add(service: StackService): Promise<Supervised>;
  /** Stops everything, last started first. The data stays. Can be called more than once. */
  stop(): Promise<void>;
};

const UNDO_ORDER = (steps: (() => Promise<void>)[]) => async (): Promise<void> => {
  for (let step = steps.pop(); step; step = steps.pop()) await step();
};

const startClickHouse = async (
  { directory, clickhousePort }: StackOptions,
  output: Output,
): Promise<EmbeddedClickHouse> => {
  const onEvent: EmbeddedClickHouseOptions['onEvent'] = (event) => {
    const text = describeServerEvent(event);
    if (text !== null) output.warn(text);
  };
  try {
    return await startEmbeddedClickHouse({
      directory: join(directory, 'clickhouse'),
      httpPort: clickhousePort,
      onEvent,
    });
  } catch (error) {
    throw toClickHouseStartError(error, directory);
  }
};

const makeLogDirectory = async (directory: string): Promise<string> => {
  const logs = join(directory, 'logs');
  await mkdir(logs, { recursive: true, mode: 0o700 }).catch((cause: Error) => {
    throw new DirectoryUnusableError({ directory, reason: cause.message, option: '--directory', cause });
  });
  return logs;
};

const migrateStore = async (store: Store, { retention }: StackOptions, output: Output): Promise<void> => {
  const { applied } = await migrate(store);
  if (applied.length > 0) output.note(`Schema brought up to date: ${applied.join(', ')}.`);
  for (const change of retention ? await applyRetention(store, retention) : [])
    output.note(describeRetentionChange(change));
};

/**
 * Starts ClickHouse, brings its schema up to date and starts the collector. When a step fails, what was started is
 * stopped and the step's error is thrown.
 */
export const startStack = async (given: StackOptions, output: Output): Promise<Stack> => {
  const options = { ...given, directory: resolve(given.directory) };
  const undo: (() => Promise<void>)[] = [];
  const stop = UNDO_ORDER(undo);
  try {
    const clickhouse = await startClickHouse(options, output);
    undo.push(clickhouse.stop);
    const logs = await makeLogDirectory(options.directory);

    const { url, username, password } = clickhouse;
    const { database } = options;
    const store = createStore({ url, username, password, database });
    undo.push(() => store.close());
    await migrateStore(store, options, output);

    const add: Stack['add'] = async (service) => {
      const onLog = openLog(join(logs, `${service.name}.log`), { onProblem: output.warn });
      const supervised = await supervise({ ...service, onEvent: output.warn, onLog }).catch((error) => {
        throw toServiceStartError(error, service);
      });
      undo.push(supervised.stop);
      return supervised;
    };
    const collector = await add(collectorService(clickhouse, options));
    return { clickhouse, collector, store, database, add, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
