import { formatCount, formatMs, formatShare, formatUsd } from '../output/format.js';
import { formatTable } from '../output/table.js';
import type { BeforeAfter, ReplaySummary } from './replay-summary.js';

const MAX_MOVES = 10;

const sumOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

const shareOf = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

const change = (before: number, after: number): string =>
  before === 0 ? '' : ` (${after >= before ? '+' : ''}${(((after - before) / before) * 100).toFixed(1)} %)`;

const meanOf = ({ before, after, decisions }: BeforeAfter, format: (value: number) => string): string =>
  decisions === 0
    ? 'unknown'
    : `${format(before / decisions)} -> ${format(after / decisions)}${change(before, after)}`;

const unknownNote = ({ unknown }: BeforeAfter): string =>
  unknown === 0 ? '' : `, unknown for ${formatCount(unknown)} decisions`;

const describeTargets = ({ targets, replayed }: ReplaySummary): string =>
  formatTable(
    [
      { title: 'target', text: ([name]) => name },
      { title: 'before', text: ([, { before }]) => formatCount(before), align: 'right' },
      { title: 'share', text: ([, { before }]) => formatShare(shareOf(before, replayed)), align: 'right' },
      { title: 'after', text: ([, { after }]) => formatCount(after), align: 'right' },
      { title: 'share', text: ([, { after }]) => formatShare(shareOf(after, replayed)), align: 'right' },
    ],
    Object.entries(targets).sort(([, a], [, b]) => b.after - a.after || b.before - a.before),
  );

const describeMoves = ({ moves }: ReplaySummary): string[] =>
  Object.entries(moves)
    .sort(([, a], [, b]) => b - a)
    .slice(0, MAX_MOVES)
    .map(([move, count]) => `  ${formatCount(count)}  ${move}`);

/** What is left out, in a line for each reason; nothing when nothing is. */
const describeLeftOut = ({ undecided, malformed, unknownPolicies, unanswered }: ReplaySummary): string[] => {
  const versions = Object.keys(unknownPolicies);
  const lines: [number, string][] = [
    [undecided, 'had no candidate left, so there is nothing to replay'],
    [malformed, 'have attributes that could not be read'],
    [
      sumOf(unknownPolicies),
      `were made by policies that are not recorded (${versions.join(', ')}): record them with \`signalbox policy push\`, or give --policy`,
    ],
    [
      sumOf(unanswered),
      `have no answer under this policy (${Object.entries(unanswered)
        .map(([code, count]) => `${formatCount(count)} ${code}`)
        .join(
          ', ',
        )})${'unknown-strategy' in unanswered ? ': register strategies in code in the file of --policy or --config' : ''}`,
    ],
  ];
  return lines.flatMap(([count, text]) => (count === 0 ? [] : [`left out    ${formatCount(count)} ${text}`]));
};

const describeMismatches = ({ verified, mismatches, examples }: ReplaySummary): string[] => {
  if (verified === 0) return ['mismatches  none checked: no decision was made by this policy'];
  const lines = [
    `mismatches  ${formatCount(mismatches)} of ${formatCount(verified)} decided again by their own policy`,
  ];
  return [
    ...lines,
    ...examples.map(({ decisionId, differences }) => `  ${decisionId}: ${differences.join(', ')}`),
  ];
};

/** A replay for people. */
export const describeReplay = (summary: ReplaySummary): string => {
  const { decisions, replayed, moved, costNanoUsd, latencyMs, quality } = summary;
  if (decisions === 0) return 'No decision was recorded in this time.';
  return [
    `decisions   ${formatCount(decisions)} read, ${formatCount(replayed)} decided again`,
    ...describeLeftOut(summary),
    ...describeMismatches(summary),
    `moved       ${formatCount(moved)} (${formatShare(shareOf(moved, replayed))}) to another target`,
    ...describeMoves(summary),
    `cost        ${formatUsd(costNanoUsd.before)} -> ${formatUsd(costNanoUsd.after)}${change(costNanoUsd.before, costNanoUsd.after)} expected${unknownNote(costNanoUsd)}`,
    `latency     ${meanOf(latencyMs, formatMs)} expected, mean${unknownNote(latencyMs)}`,
    `quality     ${meanOf(quality, (value) => value.toFixed(3))} expected, mean${unknownNote(quality)}`,
    '',
    describeTargets(summary),
  ].join('\n');
};
