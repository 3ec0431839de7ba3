import { readFile } from 'node:fs/promises';
import { type Incident, parseTimeline, startSimulator } from '@signalbox/simulator';
import { FileUnreadableError } from '@signalbox/spec';
import { Command } from 'commander';
import { simulatedModels } from '../demo/simulated-models.js';
import type { Output } from '../output/output.js';
import { untilEnded } from '../stack/until-ended.js';
import { runAction } from './command-context.js';
import { parsePort, parseSeed } from './option-parsers.js';

type SimulateOptions = { port: number; seed: number; timeline?: string; untilStdinEnds?: boolean };

const readTimeline = async (file: string): Promise<Incident[]> => {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new FileUnreadableError({ what: 'timeline', file, option: '--timeline', cause });
  });
  return parseTimeline(text, file);
};

const runSimulate = async (output: Output, options: SimulateOptions): Promise<undefined> => {
  const { ended } = untilEnded({ stdin: options.untilStdinEnds ?? false });
  const { timeline } = options;
  const simulator = await startSimulator({
    port: options.port,
    seed: options.seed,
    models: simulatedModels(),
    ...(timeline !== undefined && { timeline: await readTimeline(timeline) }),
  });
  try {
    output.result(
      { url: simulator.url, pid: process.pid },
      `The simulator listens on ${simulator.url}. Ctrl-C ends it.`,
    );
    await ended;
  } finally {
    await simulator.close();
  }
};

/** `signalbox simulate`: LLM providers that cost nothing and fail on command, for game days. */
export const simulateCommand = (): Command =>
  new Command('simulate')
    .description('run simulated LLM providers that speak OpenAI chat completions')
    .option('--port <port>', 'port to listen on; 0 takes a free one', parsePort, 4010)
    .option('--seed <number>', 'the same seed gives the same errors and latencies', parseSeed, 1)
    .option('--timeline <file>', 'incidents on a timeline (YAML or JSON)')
    .option('--until-stdin-ends', 'end when standard input ends, as a child process should')
    .action(runAction(runSimulate));
