import { type RunSince, runSummary, runTargets, type Store } from '@signalbox/store';
import { formatCount, formatMs, formatShare, formatUsd } from './format.js';
import { formatTable } from './table.js';

/** The totals and the targets of a run as ClickHouse sees them now. */
export const readLiveSummary = async (store: Store, run: RunSince): Promise<string> => {
  const [[totals], targets] = await Promise.all([store.query(runSummary, run), store.query(runTargets, run)]);
  if (!totals || totals.requests === 0) return 'No decisions stored yet.';
  const success = totals.succeeded / totals.requests;
  const unknown = totals.costUnknown > 0 ? ` (${formatCount(totals.costUnknown)} of unknown cost)` : '';
  const head = [
    `requests ${formatCount(totals.requests)}`,
    `success ${formatShare(success)}`,
    `tokens ${formatCount(totals.tokensInput)} in, ${formatCount(totals.tokensOutput)} out`,
    `cost ${formatUsd(totals.costNanoUsd)}${unknown}`,
    `latency p50 ${formatMs(totals.latencyP50Ms)}, p95 ${formatMs(totals.latencyP95Ms)}`,
    `fallbacks ${formatCount(totals.fallbacks)}`,
  ].join(' · ');
  const table = formatTable(
    [
      { title: 'served by', text: ({ target }) => target ?? '(none)' },
      { title: 'requests', text: ({ requests }) => formatCount(requests), align: 'right' },
      { title: 'share', text: ({ share }) => formatShare(share), align: 'right' },
      { title: 'success', text: ({ successRate }) => formatShare(successRate), align: 'right' },
      { title: 'tokens in', text: ({ tokensInput }) => formatCount(tokensInput), align: 'right' },
      { title: 'tokens out', text: ({ tokensOutput }) => formatCount(tokensOutput), align: 'right' },
      { title: 'cost', text: ({ costNanoUsd }) => formatUsd(costNanoUsd), align: 'right' },
      { title: 'p50', text: ({ latencyP50Ms }) => formatMs(latencyP50Ms), align: 'right' },
      { title: 'p95', text: ({ latencyP95Ms }) => formatMs(latencyP95Ms), align: 'right' },
    ],
    targets,
  );
  return `${head}\n${table}`;
};
