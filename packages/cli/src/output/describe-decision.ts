import { describeFlip, explain, type Flip } from '@signalbox/router';
import type { Candidate, Decision } from '@signalbox/spec';
import { formatMs, formatShare, formatUsd } from './format.js';
import { type Column, formatTable } from './table.js';

const UNKNOWN = '-unknown';
const MAX_FLIPS = 8;

const signed = (value: number): string => `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(3)}`;

/** The names of all terms of the candidates, in the order in which they are first met; a value that was not known has its own. */
const termNames = (candidates: readonly Candidate[]): string[] => [
  ...new Set(candidates.flatMap(({ terms }) => Object.keys(terms).map((name) => name.replace(UNKNOWN, '')))),
];

const termColumn = (name: string): Column<Candidate> => ({
  title: name,
  align: 'right',
  text: ({ terms }) => {
    const known = terms[name];
    if (known !== undefined) return signed(known);
    const assumed = terms[`${name}${UNKNOWN}`];
    return assumed === undefined ? '' : `${signed(assumed)}?`;
  },
});

const describeCandidates = (ranked: readonly Candidate[], selected: string): string =>
  formatTable<Candidate>(
    [
      { title: '', text: ({ target }) => (target === selected ? '>' : '') },
      { title: 'target', text: ({ target }) => target },
      { title: 'score', text: ({ score }) => score?.toFixed(3) ?? '-', align: 'right' },
      ...termNames(ranked).map(termColumn),
      { title: 'chance', text: ({ probability }) => formatShare(probability), align: 'right' },
      {
        title: 'expected cost',
        text: ({ estimatedCostNanoUsd }) => formatUsd(estimatedCostNanoUsd),
        align: 'right',
      },
      {
        title: 'expected time',
        text: ({ estimatedLatencyMs }) => formatMs(estimatedLatencyMs),
        align: 'right',
      },
    ],
    ranked,
  );

const describeExcluded = (candidates: readonly Candidate[]): string[] => {
  const lines = candidates.flatMap(({ target, excluded }) =>
    excluded === null ? [] : [`  ${target}: ${excluded.reason} (${excluded.detail})`],
  );
  return lines.length === 0 ? [] : ['', 'Excluded', ...lines];
};

const describeFlips = (flips: readonly Flip[] | null): string[] => {
  if (flips === null) return [];
  if (flips.length === 0) return ['', 'Nothing alone would put another target first.'];
  return ['', 'Nearest flips', ...flips.slice(0, MAX_FLIPS).map((flip) => `  ${describeFlip(flip)}`)];
};

/** By how much the value would have to change, in proportion: the first is the one that was the nearest. */
const distanceOf = ({ from, to }: Flip): number => Math.abs(to - from) / Math.max(Math.abs(from), 1e-9);

/** The flips, the nearest first. */
export const nearestFirst = (flips: readonly Flip[]): Flip[] =>
  flips.toSorted((a, b) => distanceOf(a) - distanceOf(b));

/** What is told of the choice, one line each: only what there is to tell. */
const describeChoice = (decision: Decision): string[] => {
  const { draw, arm, shadows, sticky, override } = decision;
  const lines = [
    arm !== null && `arm        ${arm}`,
    shadows.length > 0 && `shadows    ${shadows.join(', ')}`,
    sticky !== null && `sticky     by ${sticky.by}${sticky.held === null ? '' : `, held ${sticky.held}`}`,
    override !== null && `requested  ${override.requested}`,
    draw !== null &&
      `draw       ${(draw / 1e9).toFixed(9)}, propensity ${Number(decision.propensity.toPrecision(4))}`,
  ];
  return lines.filter((line) => line !== false);
};

/**
 * A decision for people: one sentence, what it was made from, a table of the candidates with the terms of their scores (`?`
 * behind what was assumed, because it was not known), the exclusions and the nearest flips; `null` leaves those out.
 */
export const describeDecision = (decision: Decision, flips: readonly Flip[] | null): string => {
  const { task, prompt, route, routePatterns, candidates, fallbacks } = decision;
  const found =
    routePatterns.length > 0 ? ` (found ${routePatterns.map((text) => `"${text}"`).join(', ')})` : '';
  return [
    explain(decision),
    '',
    `task       ${task.type}, ${task.complexity} (${task.complexityScore.toFixed(2)}), about ${prompt.tokensEstimated} tokens`,
    `route      ${route ?? 'none matched'}${found}`,
    `strategy   ${decision.strategy}, confidence ${decision.confidence.toFixed(2)}`,
    `policy     ${decision.policy.name}, version ${decision.policy.version}`,
    `fallbacks  ${fallbacks.join(', ') || 'none'}`,
    ...describeChoice(decision),
    '',
    describeCandidates(
      candidates.filter(({ eligible }) => eligible),
      decision.selected,
    ),
    ...describeExcluded(candidates),
    ...describeFlips(flips),
  ].join('\n');
};
