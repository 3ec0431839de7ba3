import { Command } from 'commander';
import { demoConfig, resolvedDemoConfig } from '../demo/demo-config.js';
import { formatCount } from '../output/format.js';
import type { Output } from '../output/output.js';
import { recordConfiguredPolicy } from '../policy/record-configured-policy.js';
import { addSimulator } from '../stack/add-simulator.js';
import { describeStack } from '../stack/describe-stack.js';
import { recordPrices } from '../stack/record-prices.js';
import { type Stack, startStack } from '../stack/start-stack.js';
import { untilEnded } from '../stack/until-ended.js';
import { chooseArrivals } from '../traffic/choose-arrivals.js';
import { describeSession, exitCodeOfSession } from '../traffic/describe-session.js';
import { type LoadSize, measureLoad } from '../traffic/measure-load.js';
import { runTrafficSession } from '../traffic/traffic-session.js';
import { runAction } from './command-context.js';
import { addLoadOptions, isBounded, type LoadOptions, overrideShareOf, speedOf } from './load-options.js';
import { parsePort } from './option-parsers.js';
import { addStackOptions, type StackCommandOptions } from './stack-options.js';

const DATABASE = 'signalbox';

type DemoOptions = StackCommandOptions &
  LoadOptions & { otlpPort: number; simulatorPort: number; timeline?: string; exit?: boolean };

const SQL_HINT =
  'SELECT served_model, count(), sum(cost_nano_usd) / 1e9 AS usd FROM signalbox.decisions GROUP BY 1';

const sendLoad = async (
  output: Output,
  options: DemoOptions,
  { stack, size, signal }: { stack: Stack; size: LoadSize | null; signal: AbortSignal },
): Promise<number> => {
  const simulator = await addSimulator(stack, {
    port: options.simulatorPort,
    seed: options.seed,
    ...(options.timeline !== undefined && { timeline: options.timeline }),
  });
  const simulated = ['Simulator', `${simulator.url} (LLM providers, pid ${simulator.pid()})`] as const;
  output.note(`Signalbox is up; the data is in ${options.directory}. Ctrl-C ends it.`);
  output.note(`${describeStack(stack, [simulated])}\n  Try        ${SQL_HINT}\n`);
  const session = await runTrafficSession(
    {
      config: demoConfig(simulator.url),
      endpoint: stack.collector.url,
      store: stack.store,
      arrivals: chooseArrivals(options),
      ...(size && { size }),
      speed: speedOf(options),
      seed: options.seed,
      overrideShare: overrideShareOf(options),
      simulated: true,
      mayFail: options.timeline !== undefined,
      signal,
    },
    output,
  );
  output.result(session, describeSession(session));
  return exitCodeOfSession(session);
};

const runDemo = async (output: Output, options: DemoOptions): Promise<number> => {
  const { ended, signal } = untilEnded();
  // Reads a bounded load once, so that a bad line of a trace is reported before anything is started.
  const size = isBounded(options) ? await measureLoad(chooseArrivals(options)) : null;
  if (size) output.note(`The load has ${formatCount(size.requests)} requests.`);
  output.note('Starting ClickHouse, the collector and the simulator ...');
  const stack = await startStack({ ...options, database: DATABASE, configFile: null }, output);
  try {
    await recordPrices(stack.store, resolvedDemoConfig());
    await recordConfiguredPolicy(stack.store, resolvedDemoConfig());
    const code = await sendLoad(output, options, { stack, size, signal });
    if (!options.exit && !signal.aborted) {
      output.note('The load is over; everything stays up for queries. Ctrl-C ends it.');
      await ended;
    }
    return code;
  } finally {
    await stack.stop();
  }
};

/** `signalbox demo`: the whole line on one machine, with traffic. What `npm start` runs. */
export const demoCommand = (): Command =>
  addLoadOptions(addStackOptions(new Command('demo')))
    .description(
      'run everything with simulated providers and live traffic, then reconcile what was sent with what is stored',
    )
    .option('--otlp-port <port>', 'OTLP/HTTP port of the collector; 0 takes a free one', parsePort, 4318)
    .option('--simulator-port <port>', 'port of the provider simulator; 0 takes a free one', parsePort, 4010)
    .option('--timeline <file>', 'incidents of the simulator on a timeline (YAML or JSON)')
    .option('--exit', 'end when the load is over instead of staying up')
    .action(runAction(runDemo));
