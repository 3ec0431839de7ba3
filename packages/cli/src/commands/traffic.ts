import { createStore } from '@signalbox/store';
import { Command } from 'commander';
import { loadConfig } from '../config/load-config.js';
import type { Output } from '../output/output.js';
import { untilEnded } from '../stack/until-ended.js';
import { chooseArrivals } from '../traffic/choose-arrivals.js';
import { describeSession, exitCodeOfSession } from '../traffic/describe-session.js';
import { measureLoad } from '../traffic/measure-load.js';
import { runTrafficSession } from '../traffic/traffic-session.js';
import { runAction } from './command-context.js';
import { addLoadOptions, isBounded, type LoadOptions, overrideShareOf, speedOf } from './load-options.js';

type TrafficOptions = LoadOptions & { config?: string; reconcile: boolean };

const runTrafficCommand = async (output: Output, options: TrafficOptions): Promise<number> => {
  const { signal } = untilEnded();
  const { config, input } = await loadConfig(options.config);
  const size = isBounded(options) ? await measureLoad(chooseArrivals(options)) : undefined;
  const store = options.reconcile ? createStore(config.clickhouse) : null;
  try {
    await store?.ping();
    const session = await runTrafficSession(
      {
        config: input,
        endpoint: config.telemetry.endpoint,
        store,
        arrivals: chooseArrivals(options),
        ...(size && { size }),
        speed: speedOf(options),
        seed: options.seed,
        overrideShare: overrideShareOf(options),
        simulated: false,
        mayFail: true,
        signal,
      },
      output,
    );
    output.result(session, describeSession(session));
    return exitCodeOfSession(session);
  } finally {
    await store?.close();
  }
};

/** `signalbox traffic`: a load against the configured targets, with telemetry to the configured collector. */
export const trafficCommand = (): Command =>
  addLoadOptions(new Command('traffic'))
    .description(
      'send a load to the configured targets; it costs what they cost, so point them at `signalbox simulate`',
    )
    .option('--config <file>', 'configuration file; default: signalbox.config.* of this folder')
    .option('--no-reconcile', 'do not compare with the configured ClickHouse')
    .action(runAction(runTrafficCommand));
