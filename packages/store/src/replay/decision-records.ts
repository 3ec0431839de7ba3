import {
  type Asked,
  type Decision,
  NO_LIMITS,
  type Stickiness,
  type TargetSignals,
  type Task,
} from '@signalbox/spec';
import { type DecisionBlock, type Dictionary, type MaybeNumbers, RARE_SIGNALS } from './decision-block.js';

/** What a recorded decision was made from: with a policy all that a replay needs. */
export type ReplayRecord = Pick<
  Decision,
  | 'policy'
  | 'route'
  | 'routePatterns'
  | 'task'
  | 'prompt'
  | 'answerTokens'
  | 'asked'
  | 'budgetLeftNanoUsd'
  | 'draw'
  | 'sticky'
> & {
  id: string;
  candidates: readonly { target: string; signals: TargetSignals | null }[];
};

/** Gives the record of a row of the block. What repeats is one object for all rows that have it. */
export function decisionRecords(block: DecisionBlock): (row: number) => ReplayRecord {
  const routePatterns = once((json: string) => JSON.parse(json) as string[], block.routePatterns.keys);
  const sticky = once(parseSticky, block.sticky.keys);
  const asked = block.tenant.keys.map((tenant) => once((json) => parseAsked(json, tenant), block.asked.keys));
  return (row) => ({
    id: block.id[row] ?? '',
    policy: { name: textAt(block.policyName, row), version: textAt(block.policyVersion, row) },
    route: textAt(block.route, row) || null,
    routePatterns: routePatterns(indexAt(block.routePatterns, row)),
    task: {
      type: textAt(block.taskType, row) as Task['type'],
      complexity: textAt(block.complexity, row) as Task['complexity'],
      complexityScore: block.complexityScore[row] ?? 0,
    },
    prompt: { characters: block.promptCharacters[row] ?? 0, tokensEstimated: block.promptTokens[row] ?? 0 },
    answerTokens: block.answerTokens[row] ?? 0,
    asked: (asked[indexAt(block.tenant, row)] as (key: number) => Asked)(indexAt(block.asked, row)),
    budgetLeftNanoUsd: numberAt(block.budgetLeftNanoUsd, row),
    draw: numberAt(block.draw, row),
    sticky: sticky(indexAt(block.sticky, row)),
    candidates: candidatesOf(block, row),
  });
}

const candidatesOf = (block: DecisionBlock, row: number): ReplayRecord['candidates'] => {
  const { ends, target } = block.candidates;
  const from = row === 0 ? 0 : (ends[row - 1] ?? 0);
  const until = ends[row] ?? 0;
  const candidates = new Array<RecordedCandidate>(until - from);
  for (let at = from; at < until; at += 1) {
    candidates[at - from] = { target: textAt(target, at), signals: signalsAt(block, at) };
  }
  for (const name of RARE_SIGNALS) {
    const { ends: rareEnds, of } = block.rare[name];
    if (of.nulls.length === 0) continue;
    const first = row === 0 ? 0 : (rareEnds[row - 1] ?? 0);
    const count = (rareEnds[row] ?? 0) - first;
    for (let at = 0; at < count; at += 1) setRare(candidates[at], name, numberAt(of, first + at));
  }
  return candidates;
};

type RecordedCandidate = ReplayRecord['candidates'][number];

/** Rounded to their resolution once more, because columns are narrower than what they were given. */
const signalsAt = ({ candidates }: DecisionBlock, at: number): TargetSignals | null => {
  const circuit = textAt(candidates.circuit, at) as TargetSignals['circuit'] | '';
  if (circuit === '') return null;
  const tokensPerSecond = numberAt(candidates.tokensPerSecond, at);
  const successRate = numberAt(candidates.successRate, at);
  const signals: TargetSignals = {
    firstChunkMs: numberAt(candidates.firstChunkMs, at),
    tokensPerSecond: tokensPerSecond === null ? null : Math.round(tokensPerSecond * 10) / 10,
    successRate: successRate === null ? null : successRate / 1e3,
    circuit,
  };
  const health = textAt(candidates.health, at) as NonNullable<TargetSignals['health']> | '';
  if (health !== '') signals.health = health;
  return signals;
};

const setRare = (
  candidate: RecordedCandidate | undefined,
  name: (typeof RARE_SIGNALS)[number],
  value: number | null,
): void => {
  if (!candidate?.signals || value === null) return;
  // What is left is a whole number already.
  candidate.signals[name] = Math.round(value * 1e4) / 1e4;
};

const indexAt = ({ indexes }: Dictionary, row: number): number => indexes[row] ?? 0;

const textAt = ({ keys, indexes }: Dictionary, row: number): string => keys[indexes[row] ?? 0] ?? '';

const numberAt = ({ nulls, values }: MaybeNumbers, row: number): number | null =>
  nulls[row] === 1 ? null : (values[row] ?? null);

/** What a function makes of the keys of a dictionary, each made when it is first asked for. */
const once = <T>(make: (key: string) => T, keys: readonly string[]): ((index: number) => T) => {
  const made: (T | undefined)[] = [];
  return (index) => {
    const known = made[index];
    if (known !== undefined) return known;
    const fresh = make(keys[index] ?? '');
    made[index] = fresh;
    return fresh;
  };
};

const parseSticky = (text: string): Stickiness | null => {
  if (text === '') return null;
  const [by, held] = text.split('\n');
  return { by: by as Stickiness['by'], held: held || null };
};

type AskedJson = Pick<Asked, 'model' | 'strategy' | 'residency' | 'needs' | 'maxOutputTokens'> &
  Asked['limits'] & { preferences: readonly number[] };

const parseAsked = (json: string, tenant: string): Asked => {
  if (json === '') return { ...NOTHING, tenant };
  const { preferences, costNanoUsd, worstCostNanoUsd, costPer1MTokensNanoUsd, latencyMs, ...asked } =
    JSON.parse(json) as AskedJson;
  const [costSensitivity, speedPreference, qualityPreference] = preferences;
  return {
    tenant,
    ...asked,
    preferences:
      costSensitivity === undefined || speedPreference === undefined || qualityPreference === undefined
        ? null
        : { costSensitivity, speedPreference, qualityPreference },
    limits: { costNanoUsd, worstCostNanoUsd, costPer1MTokensNanoUsd, latencyMs },
  };
};

const NOTHING: Omit<Asked, 'tenant'> = {
  model: null,
  strategy: null,
  preferences: null,
  limits: NO_LIMITS,
  needs: [],
  residency: [],
  maxOutputTokens: null,
};
