import { userInfo } from 'node:os';
import {
  createStore,
  eraseSubject,
  type HeldRows,
  heldRows,
  type Store,
  type Subject,
  sweepErased,
} from '@signalbox/store';
import { Command, Option } from 'commander';
import { loadConfig } from '../config/load-config.js';
import { EXIT } from '../exit-code.js';
import { formatCount } from '../output/format.js';
import type { Output } from '../output/output.js';
import { formatTable } from '../output/table.js';
import { runAction } from './command-context.js';
import { addSubjectOptions, type SubjectOptions, subjectOf } from './subject-options.js';

type EraseCommandOptions = SubjectOptions & { yes?: boolean; sweep?: boolean; by?: string; config?: string };

const describeRows = (tables: readonly HeldRows[]): string =>
  formatTable(
    [
      { title: 'table', text: ({ table }) => table },
      { title: 'rows', text: ({ rows }) => formatCount(rows), align: 'right' },
    ],
    tables,
  );

const nothingHeld = (output: Output): number => {
  output.result({ held: [] }, 'Nothing held.');
  return EXIT.notFound;
};

const preview = async (output: Output, store: Store, subject: Subject): Promise<number> => {
  const held = await heldRows(store, subject);
  if (held.length === 0) return nothingHeld(output);
  output.result({ held }, `${describeRows(held)}\nNothing is deleted yet. Run again with --yes to erase it.`);
  return EXIT.ok;
};

const erase = async (
  output: Output,
  store: Store,
  { subject, by }: { subject: Subject; by: string },
): Promise<number> => {
  const receipt = await eraseSubject(store, subject, { requestedBy: by });
  if (receipt === null) return nothingHeld(output);
  const rows = receipt.tables.map(({ table, rowsBefore }) => ({ table, rows: rowsBefore }));
  output.result(receipt, `${describeRows(rows)}\nErased; none of it is left. Receipt ${receipt.erasureId}.`);
  return EXIT.ok;
};

const sweep = async (output: Output, store: Store): Promise<number> => {
  const result = await sweepErased(store);
  const what =
    result.subjects === 0 ? 'No erased row has come back.' : `${describeRows(result.tables)}\nErased again.`;
  output.result(result, what);
  return EXIT.ok;
};

const runErase = async (output: Output, options: EraseCommandOptions): Promise<number> => {
  const subject = subjectOf(options);
  const { config } = await loadConfig(options.config);
  const store = createStore(config.clickhouse);
  try {
    if (subject === null) return await sweep(output, store);
    if (!options.yes) return await preview(output, store, subject);
    return await erase(output, store, { subject, by: options.by ?? userInfo().username });
  } finally {
    await store.close();
  }
};

/** `signalbox erase`: deletes a user or a tenant from every table, and proves it. */
export const eraseCommand = (): Command =>
  addSubjectOptions(new Command('erase'), { instead: 'sweep' })
    .description('delete everything that is held of a user or tenant; exit code 3 when nothing is held')
    .option('--yes', 'really delete; without it, only say what would be deleted')
    .option('--by <name>', 'who asked for it, for the receipt; default: the user of this machine')
    .addOption(
      new Option('--sweep', 'delete erased rows that were sent again since').conflicts(['user', 'tenant']),
    )
    .option('--config <file>', 'configuration file; default: signalbox.config.* of this folder')
    .action(runAction(runErase));
