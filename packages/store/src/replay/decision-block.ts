import type { NativeColumn, Numbers } from './native-column.js';
import type { NativeBlock } from './read-native.js';

/** Texts that repeat: the text of a row is `keys[indexes[row]]`. */
export type Dictionary = { keys: readonly string[]; indexes: Numbers };

/** Numbers that may be unknown. */
export type MaybeNumbers = { nulls: Uint8Array; values: Numbers };

/**
 * Recorded decisions column by column, as much of them as a replay needs and must give again. Lists have the values of
 * all rows: those of a row from `ends[row - 1]` to `ends[row]`. Texts are empty where there is none.
 */
export type DecisionBlock = {
  rows: number;
  id: readonly string[];
  policyVersion: Dictionary;
  policyName: Dictionary;
  /** Empty when no candidate was left: there is no decision to replay. */
  strategy: Dictionary;
  route: Dictionary;
  /** JSON. */
  routePatterns: Dictionary;
  tenant: Dictionary;
  /** JSON of what the caller asked for besides; empty when nothing. */
  asked: Dictionary;
  /** By what, a line break, and what was held. */
  sticky: Dictionary;
  /** Target ids, a line break between them. */
  shadows: Dictionary;
  arm: Dictionary;
  taskType: Dictionary;
  complexity: Dictionary;
  complexityScore: Numbers;
  promptCharacters: Numbers;
  promptTokens: Numbers;
  answerTokens: Numbers;
  budgetLeftNanoUsd: MaybeNumbers;
  draw: MaybeNumbers;
  selected: Dictionary;
  propensity: Numbers;
  explored: Numbers;
  confidence: Numbers;
  overrideTarget: Dictionary;
  /** Attributes that could not be read: such a row may not be what was decided. */
  malformed: Numbers;
  candidates: CandidateColumns;
  /** Of all candidates of a row, one after the other: as many for each as `termNames` names. Ten-thousandths. */
  terms: { ends: Numbers; values: Numbers };
  rare: Readonly<Record<RareName, RareNumbers>>;
};

/** Signals that few requests have. */
export const RARE_SIGNALS = [
  'requestsLeft',
  'tokensLeft',
  'successes',
  'failures',
  'userSuccesses',
  'userFailures',
] as const;
type RareName = (typeof RARE_SIGNALS)[number];

/** The candidates of a block. */
export type CandidateColumns = {
  ends: Numbers;
  target: Dictionary;
  eligible: Numbers;
  /** Reason, line break, detail; empty for an eligible candidate. */
  excluded: readonly string[];
  probability: Numbers;
  /** Names of terms, a line break between them. */
  termNames: Dictionary;
  circuit: Dictionary;
  health: Dictionary;
  firstChunkMs: MaybeNumbers;
  tokensPerSecond: MaybeNumbers;
  /** Ten-thousandths. */
  successRate: MaybeNumbers;
  costNanoUsd: MaybeNumbers;
  latencyMs: MaybeNumbers;
};

/** A number of each candidate, or none at all for a row where no candidate has one. */
type RareNumbers = { ends: Numbers; of: MaybeNumbers };

/** The columns of `replayedDecisions` by their names. @throws TypeError when the query gives another kind of column. */
export function toDecisionBlock({ rows, columns }: NativeBlock): DecisionBlock {
  const column = (name: string) => new Column(name, columns.get(name));
  const { ends, of } = column('candidates').list();
  const [eligible, excluded, probability, ...numbers] = parts(of);
  const [firstChunkMs, tokensPerSecond, successRate, costNanoUsd, latencyMs] = numbers;
  const ofCandidates = (name: string): Dictionary => new Column(name, column(name).list().of).dictionary();
  const terms = column('terms').list();
  const rare = (name: RareName): RareNumbers => {
    const list = column(name).list();
    return { ends: list.ends, of: new Column(name, list.of).maybe() };
  };
  return {
    rows,
    id: column('id').texts(),
    policyVersion: column('policyVersion').dictionary(),
    policyName: column('policyName').dictionary(),
    strategy: column('strategy').dictionary(),
    route: column('route').dictionary(),
    routePatterns: column('routePatterns').dictionary(),
    tenant: column('tenant').dictionary(),
    asked: column('asked').dictionary(),
    sticky: column('sticky').dictionary(),
    shadows: column('shadows').dictionary(),
    arm: column('arm').dictionary(),
    taskType: column('taskType').dictionary(),
    complexity: column('complexity').dictionary(),
    complexityScore: column('complexityScore').numbers(),
    promptCharacters: column('promptCharacters').numbers(),
    promptTokens: column('promptTokens').numbers(),
    answerTokens: column('answerTokens').numbers(),
    budgetLeftNanoUsd: column('budgetLeftNanoUsd').maybe(),
    draw: column('draw').maybe(),
    selected: column('selected').dictionary(),
    propensity: column('propensity').numbers(),
    explored: column('explored').numbers(),
    confidence: column('confidence').numbers(),
    overrideTarget: column('overrideTarget').dictionary(),
    malformed: column('malformed').numbers(),
    candidates: {
      ends,
      target: ofCandidates('targets'),
      eligible: new Column('eligible', eligible).numbers(),
      excluded: new Column('excluded', excluded).texts(),
      probability: new Column('probability', probability).numbers(),
      termNames: ofCandidates('termNames'),
      circuit: ofCandidates('circuits'),
      health: ofCandidates('healths'),
      firstChunkMs: new Column('firstChunkMs', firstChunkMs).maybe(),
      tokensPerSecond: new Column('tokensPerSecond', tokensPerSecond).maybe(),
      successRate: new Column('successRate', successRate).maybe(),
      costNanoUsd: new Column('costNanoUsd', costNanoUsd).maybe(),
      latencyMs: new Column('latencyMs', latencyMs).maybe(),
    },
    terms: { ends: terms.ends, values: new Column('terms', terms.of).numbers() },
    rare: {
      requestsLeft: rare('requestsLeft'),
      tokensLeft: rare('tokensLeft'),
      successes: rare('successes'),
      failures: rare('failures'),
      userSuccesses: rare('userSuccesses'),
      userFailures: rare('userFailures'),
    },
  };
}

const parts = (column: NativeColumn): readonly NativeColumn[] => new Column('candidates', column).tuple();

type Kind = NativeColumn['kind'];
type OfKind<K extends Kind> = Extract<NativeColumn, { kind: K }>;

class Column {
  readonly #name: string;
  readonly #column: NativeColumn | undefined;

  constructor(name: string, column: NativeColumn | undefined) {
    this.#name = name;
    this.#column = column;
  }

  numbers = (): Numbers => this.#of('number').values;
  texts = (): readonly string[] => this.#of('text').values;
  dictionary = (): Dictionary => this.#of('dictionary');
  list = (): OfKind<'list'> => this.#of('list');
  tuple = (): readonly NativeColumn[] => this.#of('tuple').of;

  maybe(): MaybeNumbers {
    const { nulls, of } = this.#of('nullable');
    return { nulls, values: new Column(this.#name, of).numbers() };
  }

  #of<K extends Kind>(kind: K): OfKind<K> {
    if (this.#column?.kind !== kind)
      throw new TypeError(`${this.#name} is not a column of the kind ${kind}.`);
    return this.#column as OfKind<K>;
  }
}
