import { createStore, exportSubject } from '@signalbox/store';
import { Command } from 'commander';
import { loadConfig } from '../config/load-config.js';
import { EXIT } from '../exit-code.js';
import { formatCount } from '../output/format.js';
import type { Output } from '../output/output.js';
import { writeExport } from '../privacy/write-export.js';
import { runAction } from './command-context.js';
import { addSubjectOptions, type SubjectOptions, subjectOf } from './subject-options.js';

type ExportOptions = SubjectOptions & { out?: string; config?: string };

const runExport = async (output: Output, options: ExportOptions): Promise<number> => {
  const subject = subjectOf(options);
  if (subject === null) return EXIT.usage;
  const { config } = await loadConfig(options.config);
  const store = createStore(config.clickhouse);
  try {
    const tables = await writeExport(exportSubject(store, subject), options.out);
    const rows = Object.values(tables).reduce((sum, count) => sum + count, 0);
    if (rows === 0) {
      output.note('Nothing held.');
      return EXIT.notFound;
    }
    if (options.out === undefined) output.note(`${formatCount(rows)} rows.`);
    else
      output.result({ file: options.out, rows, tables }, `${formatCount(rows)} rows are in ${options.out}.`);
    return EXIT.ok;
  } finally {
    await store.close();
  }
};

/** `signalbox export`: everything that is held of a user or a tenant, as JSON lines. */
export const exportCommand = (): Command =>
  addSubjectOptions(new Command('export'))
    .description(
      'write everything that is held of a user or tenant as JSON lines; exit code 3 when nothing is held',
    )
    .option('--out <file>', 'file instead of standard output; it appears when it is complete')
    .option('--config <file>', 'configuration file; default: signalbox.config.* of this folder')
    .action(runAction(runExport));
