import type { Policy, RoutingRequest } from '@signalbox/spec';
import { BoundedMap } from './bounded-map.js';

/** Which target served a conversation or user last, where the policy holds on to it. */
export interface HeldTargets {
  /** Id of that target; `null` when nothing is remembered or the policy holds on to nothing. */
  of(request: KeyOwner): string | null;
  /** The request was served by this target. */
  serve(request: KeyOwner, targetId: string): void;
}

type KeyOwner = Pick<RoutingRequest, 'tenant' | 'conversationId' | 'userId'>;

const MAX_KEYS = 10_000;

/** Remembers in memory the targets of the last 10,000 keys of this process. */
export const createHeldTargets = ({ sticky }: Pick<Policy, 'sticky'>): HeldTargets => {
  const held = new BoundedMap<string>(MAX_KEYS);
  const keyOf = ({ tenant, conversationId, userId }: KeyOwner): string | null => {
    if (!sticky?.hold) return null;
    const key = sticky.by === 'conversation' ? conversationId : userId;
    return key === null ? null : JSON.stringify([tenant, key]);
  };
  return {
    of(request) {
      const key = keyOf(request);
      return key === null ? null : (held.get(key) ?? null);
    },
    serve(request, targetId) {
      const key = keyOf(request);
      if (key !== null) held.set(key, targetId);
    },
  };
};
