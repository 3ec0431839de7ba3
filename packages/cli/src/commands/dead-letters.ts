import { type DeadLetter, type DeadLetters, openDeadLetters } from '@signalbox/collector';
import { Command } from 'commander';
import { loadConfig } from '../config/load-config.js';
import { EXIT } from '../exit-code.js';
import { formatBytes, formatCount } from '../output/format.js';
import type { Output } from '../output/output.js';
import { formatTable } from '../output/table.js';
import { runAction } from './command-context.js';

type DeadLettersOptions = { config?: string };

const open = async ({ config: file }: DeadLettersOptions): Promise<DeadLetters> => {
  const { config } = await loadConfig(file);
  return openDeadLetters(config.collector.log.directory);
};

const describe = (letters: readonly DeadLetter[]): string =>
  formatTable(
    [
      { title: 'id', text: ({ id }) => id },
      { title: 'table', text: ({ table }) => table },
      { title: 'rows', text: ({ rows }) => formatCount(rows), align: 'right' },
      { title: 'size', text: ({ bytes }) => formatBytes(bytes), align: 'right' },
      {
        title: 'refused at',
        text: ({ parkedAt }) => new Date(parkedAt).toISOString().slice(0, 16).replace('T', ' '),
      },
      {
        title: 'reason',
        text: ({ reason, isReplaying }) => (isReplaying ? 'is being inserted again' : reason),
      },
    ],
    letters,
  );

const runList = async (output: Output, options: DeadLettersOptions): Promise<undefined> => {
  const letters = await (await open(options)).list();
  output.result({ deadLetters: letters }, letters.length === 0 ? 'No dead letters.' : describe(letters));
};

const runReplay = async (
  output: Output,
  options: DeadLettersOptions & { all?: boolean },
  ids: readonly string[],
): Promise<number> => {
  const deadLetters = await open(options);
  const known = (await deadLetters.list()).filter(({ isReplaying }) => !isReplaying);
  const chosen = options.all ? known.map(({ id }) => id) : ids;
  if (chosen.length === 0) {
    const hint = known.length === 0 ? 'There is none.' : 'Name them, or give --all.';
    output.result({ replayed: [] }, `No dead letter to insert again. ${hint}`);
    return EXIT.notFound;
  }
  for (const id of chosen) await deadLetters.replay(id);
  const when = 'The collector takes them within seconds, or when it starts.';
  output.result({ replayed: chosen }, `${formatCount(chosen.length)} to be inserted again. ${when}`);
  return EXIT.ok;
};

const CONFIG_OPTION = [
  '--config <file>',
  'configuration file; default: signalbox.config.* of this folder',
] as const;

/** `signalbox dead-letters list|replay`: rows that ClickHouse refused for good, in the log of the collector. */
export const deadLettersCommand = (): Command =>
  new Command('dead-letters')
    .description('rows that ClickHouse refused and the collector keeps')
    .addCommand(
      new Command('list')
        .description('show them, with the reason')
        .option(...CONFIG_OPTION)
        .action(runAction(runList)),
    )
    .addCommand(
      new Command('replay')
        .description(
          'insert them once more, after what refused them is put right; exit code 3 when there are none',
        )
        .argument('[ids...]', 'as `dead-letters list` shows them')
        .option('--all', 'all of them')
        .option(...CONFIG_OPTION)
        .action(
          runAction((output, options: DeadLettersOptions & { all?: boolean }, ids: readonly string[]) =>
            runReplay(output, options, ids),
          ),
        ),
    );
