import type { TermName } from '@signalbox/spec';

/** The signals whose change may flip a decision. */
export type FlipSignal = 'firstChunkMs' | 'tokensPerSecond' | 'successRate';

/** The smallest change of one weight, or of one signal of one target, after which another candidate ranks first. */
export type Flip = { from: number; to: number; winner: string } & (
  | { kind: 'weight'; name: TermName }
  | { kind: 'signal'; name: FlipSignal; target: string }
);
