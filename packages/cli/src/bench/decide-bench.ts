import { type DecisionRecord, decide, replay } from '@signalbox/router';
import type { Decision } from '@signalbox/spec';
import type { Output } from '../output/output.js';
import { atLeast, atMost, type BenchReport, createBenchReport, inform } from './bench-report.js';
import { createDecideScenario, type DecideScenario } from './decide-scenario.js';
import { allocatedBytes, type CallTimes, timeCalls } from './time-calls.js';

const TARGETS = 20;
const CHARACTERS = 2000;
const TEN_MB = 10_000_000;
const P50_TARGET_US = 40;
const P99_TARGET_US = 150;
const PER_SECOND_TARGET = 15_000;
const TEN_MB_TARGET_MS = 2;
/** Work that grows linearly in the number of targets takes at most five times as long for five times as many. */
const P99_100_TARGETS_US = 5 * P99_TARGET_US;
const ROUNDS = { rounds: 120, calls: 300 };

const decider =
  ({ requests, policy, snapshot, random }: DecideScenario) =>
  (at: number): Decision => {
    const request = requests[at % requests.length];
    if (!request) throw new Error('The scenario has no requests.');
    return decide(request, policy, snapshot, random);
  };

const timeWith = (targets: number, strategy = 'balanced'): CallTimes =>
  timeCalls(decider(createDecideScenario({ targets, characters: CHARACTERS, strategy })), ROUNDS);

const timeReplay = (records: readonly DecisionRecord[], { policy }: DecideScenario): CallTimes =>
  timeCalls((at) => replay(records[at % records.length] as DecisionRecord, policy), ROUNDS);

/**
 * `bench decide`: a decision over 20 targets and a prompt of 2,000 characters, with its full record. Figures: `p50_us`,
 * `p99_us`, `decisions_per_second`, `p99_us_100_targets`, `ms_10mb_prompt`, and how the time grows with the targets. The
 * reference is `JSON.stringify` over the same decisions.
 */
export const benchDecide = async (
  output: Output,
  { signal }: { signal: AbortSignal },
): Promise<BenchReport> => {
  output.note('Deciding over 20 targets, then 5 and 100, then a prompt of 10 MB.');
  const scenario = createDecideScenario({ targets: TARGETS, characters: CHARACTERS, strategy: 'balanced' });
  const decideOne = decider(scenario);
  const main = timeCalls(decideOne, ROUNDS);
  signal.throwIfAborted();
  const [few, many, adaptive] = [timeWith(5), timeWith(100), timeWith(TARGETS, 'adaptive')];
  signal.throwIfAborted();
  const huge = createDecideScenario({
    targets: TARGETS,
    characters: TEN_MB,
    strategy: 'balanced',
    requests: 2,
  });
  const tenMb = timeCalls(decider(huge), { rounds: 20, calls: 20 });
  const decisions = scenario.requests.map((_, at) => decideOne(at));
  const stringify = timeCalls((at) => JSON.stringify(decisions[at % decisions.length]), ROUNDS);
  return createBenchReport({
    bench: 'decide',
    reference: {
      name: 'JSON.stringify over the same decisions',
      figures: { p50_us: stringify.p50Us, p99_us: stringify.p99Us },
    },
    figures: [
      atMost('p50_us', main.p50Us, 'us', P50_TARGET_US),
      atMost('p99_us', main.p99Us, 'us', P99_TARGET_US),
      inform('p99_us_typical_round', main.typicalP99Us, 'us'),
      atLeast('decisions_per_second', Math.round(main.perSecond), '1/s', PER_SECOND_TARGET),
      inform('p50_us_5_targets', few.p50Us, 'us'),
      inform('p50_us_100_targets', many.p50Us, 'us'),
      inform('us_per_target_5_to_20', (main.p50Us - few.p50Us) / (TARGETS - 5), 'us'),
      inform('us_per_target_20_to_100', (many.p50Us - main.p50Us) / (100 - TARGETS), 'us'),
      atMost('p99_us_100_targets', many.p99Us, 'us', P99_100_TARGETS_US),
      inform('p50_us_adaptive', adaptive.p50Us, 'us'),
      inform('p50_us_replay', timeReplay(decisions, scenario).p50Us, 'us'),
      atMost('ms_10mb_prompt', tenMb.p50Us / 1000, 'ms', TEN_MB_TARGET_MS),
      inform('bytes_per_decision', Math.round(allocatedBytes(decideOne, 200)), 'bytes'),
    ],
  });
};
