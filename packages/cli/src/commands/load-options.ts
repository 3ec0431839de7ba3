import type { Command } from 'commander';
import { parseCount, parseDuration, parseSeed, parseSpeed } from './option-parsers.js';

/** The options that say which load `demo` and `traffic` send. */
export type LoadOptions = {
  trace?: string;
  speed?: number;
  seed: number;
  requests?: number;
  duration?: number;
};

/** Generated arrivals run faster than the service they imitate, so that a newcomer sees something happen. */
const GENERATED_SPEED = 10;

/** Adds them to a command. */
export const addLoadOptions = (command: Command): Command =>
  command
    .option('--trace <file>', 'replay an arrival trace: CSV with TIMESTAMP, ContextTokens, GeneratedTokens')
    .option(
      '--speed <factor>',
      'times real time; default 1 for a trace, 10 for generated arrivals',
      parseSpeed,
    )
    .option(
      '--seed <number>',
      'the same seed gives the same load and the same simulated faults',
      parseSeed,
      1,
    )
    .option('--requests <count>', 'stop after this many requests', parseCount)
    .option(
      '--duration <time>',
      'stop after this much of the load, at its own time: 30s, 5m, 1h',
      parseDuration,
    );

/** The speed asked for, or the default of the kind of load. */
export const speedOf = ({ speed, trace }: LoadOptions): number =>
  speed ?? (trace === undefined ? GENERATED_SPEED : 1);

/** Some generated requests ask for a target by name. A replayed trace has none: they have no fallback, and it shall be
 * answered in full. */
export const overrideShareOf = ({ trace }: LoadOptions): number => (trace === undefined ? 0.02 : 0);

/** True when the load ends by itself. */
export const isBounded = ({ trace, requests, duration }: LoadOptions): boolean =>
  trace !== undefined || requests !== undefined || duration !== undefined;
