import type { Policy } from '@signalbox/spec';
import { ALL_TENANTS, type DecisionPart, type StoreOptions } from '@signalbox/store';
import type { ReplaySummary } from './replay-summary.js';

/** What a replay thread is started with. */
export type ReplayThreadData = { login: StoreOptions; only: Policy | null; recorded: readonly Policy[] };

/** A part as a thread is sent it: a symbol cannot be sent, so `null` stands for all tenants. */
export type PartMessage = Omit<DecisionPart, 'tenant'> & { tenant: string | null };

/** What a thread answers to each part. */
export type PartAnswer = { summary: ReplaySummary } | { failure: string };

/** A part for a thread. */
export const toMessage = ({ tenant, ...part }: DecisionPart): PartMessage => ({
  ...part,
  tenant: tenant === ALL_TENANTS ? null : (tenant as string),
});

/** The part that a message tells of. */
export const fromMessage = ({ tenant, ...part }: PartMessage): DecisionPart => ({
  ...part,
  tenant: tenant ?? ALL_TENANTS,
});
