import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type EmbeddedClickHouse, startEmbeddedClickHouse } from '@signalbox/embedded-clickhouse';
import type { RetentionConfig } from '@signalbox/spec';
import { applyRetention, createStore, migrate, type Store } from '@signalbox/store';
import { describeRetentionChange } from '../output/describe-retention-change.js';
import type { Output } from '../output/output.js';
import { describeServerEvent } from './describe-server-event.js';
import { type Supervised, supervise } from './supervise.js';

/** What `signalbox up` and `signalbox demo` can be told about where things listen and keep their data. */
export type StackOptions = {
  /** Everything that the stack keeps. */
  directory: string;
  /** 0 takes a free port. */
  clickhousePort: number;
  otlpPort: number;
  /** Database that the collector writes to. */
  database: string;
  /** How long the tables keep their rows. Default: as they do. */
  retention?: RetentionConfig;
  /** Configuration file handed to the collector; `null` for the defaults. */
  configFile: string | null;
};

/** A running stack: embedded ClickHouse, migrated, with a collector in front of it. */
export type Stack = {
  clickhouse: EmbeddedClickHouse;
  collector: Supervised;
  store: Store;
  /** Runs another `signalbox` command as a supervised part of the stack; it is stopped with it. */
  add(service: {
    name: string;
    port: number;
    argsFor: (port: number) => readonly string[];
  }): Promise<Supervised>;
  /** Stops everything, last started first. The data stays. Can be called more than once. */
  stop(): Promise<void>;
};

const UNDO_ORDER = (steps: (() => Promise<void>)[]) => async (): Promise<void> => {
  for (let step = steps.pop(); step; step = steps.pop()) await step();
};

/** Opens the log file of a service: rewritten at each start, so that it stays as small as one run. */
const openLog = (directory: string, name: string): ((line: string) => void) => {
  const file = createWriteStream(join(directory, `${name}.log`), { mode: 0o600 });
  // A full disk must not end the stack: the log is a convenience.
  file.on('error', () => file.destroy());
  return (line) => {
    if (!file.destroyed) file.write(`${line}\n`);
  };
};

/**
 * Starts ClickHouse, brings its schema up to date and starts the collector. When a step fails, what was started is
 * stopped and the step's error is thrown.
 */
export const startStack = async (options: StackOptions, output: Output): Promise<Stack> => {
  const directory = resolve(options.directory);
  await mkdir(join(directory, 'logs'), { recursive: true, mode: 0o700 });
  const undo: (() => Promise<void>)[] = [];
  const stop = UNDO_ORDER(undo);

  const add: Stack['add'] = async (service) => {
    const supervised = await supervise({
      ...service,
      onEvent: output.warn,
      onLog: openLog(join(directory, 'logs'), service.name),
    });
    undo.push(supervised.stop);
    return supervised;
  };

  try {
    const clickhouse = await startEmbeddedClickHouse({
      directory: join(directory, 'clickhouse'),
      httpPort: options.clickhousePort,
      onEvent: (event) => {
        const text = describeServerEvent(event);
        if (text !== null) output.warn(text);
      },
    });
    undo.push(clickhouse.stop);

    const login = { url: clickhouse.url, username: clickhouse.username, password: clickhouse.password };
    const store = createStore({ ...login, database: options.database });
    undo.push(() => store.close());
    const { applied } = await migrate(store);
    if (applied.length > 0) output.note(`Schema brought up to date: ${applied.join(', ')}.`);
    for (const change of options.retention ? await applyRetention(store, options.retention) : [])
      output.note(describeRetentionChange(change));

    const collector = await supervise({
      name: 'collector',
      port: options.otlpPort,
      argsFor: (port) => [
        'collect',
        '--otlp-port',
        String(port),
        ...(options.configFile === null ? [] : ['--config', options.configFile]),
      ],
      environment: {
        SIGNALBOX_CLICKHOUSE_URL: login.url,
        SIGNALBOX_CLICKHOUSE_USERNAME: login.username,
        SIGNALBOX_CLICKHOUSE_PASSWORD: login.password,
        SIGNALBOX_CLICKHOUSE_DATABASE: options.database,
      },
      onEvent: output.warn,
      onLog: openLog(join(directory, 'logs'), 'collector'),
    });
    undo.push(collector.stop);
    return { clickhouse, collector, store, add, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
