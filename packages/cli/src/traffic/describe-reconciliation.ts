import { formatCount } from '../output/format.js';
import { formatTable } from '../output/table.js';
import type { Reconciliation } from './reconcile.js';

/** The reconciliation as a table with a verdict. */
export const describeReconciliation = (reconciliation: Reconciliation): string => {
  const table = formatTable(
    [
      { title: 'reconciliation', text: ({ name }) => name },
      { title: 'expected', text: ({ expected }) => formatCount(expected), align: 'right' },
      { title: 'found', text: ({ found }) => formatCount(found), align: 'right' },
      { title: '', text: ({ ok }) => (ok ? 'ok' : 'DIFFERENT') },
    ],
    reconciliation.checks,
  );
  const { requestsLost, rowsDuplicated, rowsCollapsed, spansLost, ok } = reconciliation;
  const collapsed =
    rowsCollapsed > 0 ? ` (${formatCount(rowsCollapsed)} rows arrived again and were collapsed)` : '';
  const lost = spansLost > 0 ? ` ${formatCount(spansLost)} spans never reached the collector.` : '';
  return `${table}\n\n${ok ? 'Reconciled' : 'NOT reconciled'}: ${formatCount(requestsLost)} lost, ${formatCount(rowsDuplicated)} duplicated${collapsed}.${lost}`;
};
