import { EXIT } from '../exit-code.js';
import { formatCount } from '../output/format.js';
import { formatTable } from '../output/table.js';
import type { Reconciliation } from './reconcile.js';
import type { TrafficSession } from './traffic-session.js';

const describeReconciliation = ({
  checks,
  ok,
  requestsLost,
  rowsDuplicated,
  rowsCollapsed,
}: Reconciliation): string => {
  const table = formatTable(
    [
      { title: 'reconciliation', text: ({ name }) => name },
      { title: 'expected', text: ({ expected }) => formatCount(expected), align: 'right' },
      { title: 'found', text: ({ found }) => formatCount(found), align: 'right' },
      { title: '', text: (check) => (check.ok ? 'ok' : 'DIFFERENT') },
    ],
    checks,
  );
  const collapsed =
    rowsCollapsed > 0 ? ` (${formatCount(rowsCollapsed)} rows arrived again and were collapsed)` : '';
  const verdict = ok ? 'Reconciled' : 'NOT reconciled';
  return `${table}\n\n${verdict}: ${formatCount(requestsLost)} lost, ${formatCount(rowsDuplicated)} duplicated${collapsed}.`;
};

/** A run in words: the reconciliation, or why there is none, and the telemetry that is known to be lost. */
export const describeSession = ({
  counts,
  telemetry,
  reconciliation,
  reconciliationError,
}: TrafficSession): string => {
  const lines = [];
  if (reconciliation) lines.push(describeReconciliation(reconciliation));
  else
    lines.push(
      `sent ${formatCount(counts.sent)}, succeeded ${formatCount(counts.succeeded)}, failed ${formatCount(counts.failed)}`,
    );
  if (reconciliationError !== null) lines.push(`NOT reconciled: ${reconciliationError}`);
  if (telemetry.spansLost > 0) {
    lines.push(
      `${formatCount(telemetry.spansLost)} of ${formatCount(telemetry.spansEnded)} spans never reached the collector.`,
    );
  }
  return lines.join('\n');
};

/** The exit code of a run: a difference or lost telemetry is a failure, an early end of a bounded load an interruption. */
export const exitCodeOfSession = (session: TrafficSession): number => {
  const { telemetry, reconciliation, reconciliationError, interrupted } = session;
  if (reconciliation?.ok === false || reconciliationError !== null || telemetry.spansLost > 0)
    return EXIT.failed;
  return interrupted ? EXIT.interrupted : EXIT.ok;
};
