import type { Policy, Random, RoutingRequest, Snapshot, Stickiness } from '@signalbox/spec';
import { BILLION } from './billionths.js';
import type { TakeDraw } from './draw.js';
import { keyDraw } from './key-draw.js';

/** What a choice sticks to, and where its draw comes from. */
export type Stuck = { sticky: Stickiness | null; takeDraw: TakeDraw };

/**
 * Settles whether a request sticks to its conversation or user. Then the draw is a hash of tenant and key, the same under
 * all versions of a policy; otherwise it comes from `random`.
 */
export const stick = (
  request: Pick<RoutingRequest, 'tenant' | 'conversationId' | 'userId'>,
  policy: Pick<Policy, 'name' | 'sticky'>,
  { held }: Snapshot,
  random: Random,
): Stuck => {
  const by = policy.sticky?.by;
  const key = by === 'conversation' ? request.conversationId : request.userId;
  if (!by || key === null) return { sticky: null, takeDraw: () => Math.floor(random() * BILLION) };
  return {
    sticky: { by, held: held ?? null },
    takeDraw: () => keyDraw(JSON.stringify([policy.name, request.tenant, key])),
  };
};
