import { Command } from 'commander';
import { type BenchReport, describeBenchReport } from '../bench/bench-report.js';
import { benchDecide } from '../bench/decide-bench.js';
import { benchDemo } from '../bench/demo-bench.js';
import { benchIngest } from '../bench/ingest-bench.js';
import { benchReplay } from '../bench/replay-bench.js';
import { benchRouting } from '../bench/routing-bench.js';
import { benchStore } from '../bench/store-bench.js';
import { EXIT } from '../exit-code.js';
import type { Output } from '../output/output.js';
import { untilEnded } from '../stack/until-ended.js';
import { runAction } from './command-context.js';
import { parseCount } from './option-parsers.js';

type Bench<Options> = (output: Output, options: Options & { signal: AbortSignal }) => Promise<BenchReport>;

const runBench =
  <Options>(bench: Bench<Options>) =>
  async (output: Output, options: Options): Promise<number> => {
    const { signal } = untilEnded();
    const report = await bench(output, { ...options, signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
    if (!report || signal.aborted) {
      output.warn('The benchmark was ended early: no figures.');
      return EXIT.interrupted;
    }
    output.result(report, describeBenchReport(report));
    return report.ok ? EXIT.ok : EXIT.failed;
  };

/** `signalbox bench <name>`: one benchmark; exit code 1 when a target is missed. */
export const benchCommand = (): Command =>
  new Command('bench')
    .description('measure, beside a reference in the same run; exit code 1 when a target is missed')
    .addCommand(
      new Command('decide')
        .description('one decision: microseconds, decisions a second, growth with targets and prompts')
        .action(runAction(runBench(benchDecide))),
    )
    .addCommand(
      new Command('demo')
        .description('the whole line: requests lost, rows duplicated, seconds to start')
        .option('--requests <count>', 'requests to send', parseCount, 2000)
        .action(runAction(runBench(benchDemo))),
    )
    .addCommand(
      new Command('ingest')
        .description('the collector: spans a second beside ClickHouse alone, CPU, memory, time to an answer')
        .option('--spans <count>', 'spans to send', parseCount, 200_000)
        .action(runAction(runBench(benchIngest))),
    )
    .addCommand(
      new Command('replay')
        .description('decide recorded decisions again, from ClickHouse, on two threads')
        .option(
          '--decisions <count>',
          'decisions to make; the history has each five times',
          parseCount,
          200_000,
        )
        .action(runAction(runBench(benchReplay))),
    )
    .addCommand(
      new Command('routing')
        .description('the complexity score: how well it orders prompts, beside their length and chance')
        .requiredOption('--data <folder>', 'folder with mmlu.jsonl and gsm8k.jsonl, as RouteLLM has them')
        .action(runAction(runBench(benchRouting))),
    )
    .addCommand(
      new Command('store')
        .description('the schema: bytes for each decision, query times, cost of inserting, peak memory')
        .option('--rows <count>', 'decisions to generate', parseCount, 1_000_000)
        .action(runAction(runBench(benchStore))),
    );
