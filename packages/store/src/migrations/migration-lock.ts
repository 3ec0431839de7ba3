import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { MigrationLockedError } from '@signalbox/spec';
import type { Store } from '../connection/store.js';
import { text } from '../queries/decoders.js';
import type { NamedQuery } from '../queries/named-query.js';

// ClickHouse has no locks, so this is a lease held in a table: raise a flag, then look around. A process inserts a bid
// and reads the bids of all others; only when there is no other live one does it hold the lock. ClickHouse shows an
// insert to every read that begins after it was answered, so of two processes at least one sees the other, and never
// do both see nobody. When both see each other, the one whose name sorts first stays and the other steps back.
// Liveness is judged by ClickHouse's clock alone. A bid lasts `leaseMs` and its owner renews it; a dead owner's lapses.
// What the lease cannot prevent: a process that is paused in the middle of a request for longer than its lease may
// finish that one statement while the next owner works. So statements are written to be repeatable, and the record of a
// migration replaces itself. (On a cluster a read sees at once only what was inserted on the same node: migrate from one.)

/** How the migration lock behaves. */
export type LockOptions = {
  /** Milliseconds to wait for another owner. Default 60000. */
  waitMs?: number;
  /** Milliseconds after which the lock of a dead owner is free. Default 30000. */
  leaseMs?: number;
};

/** A held lock. */
export type Lease = {
  /**
   * Renews the lease; call it before each step.
   * @throws MigrationLockedError when this process was held up for so long that another may have the lock by now.
   */
  renew(): Promise<void>;
};

const POLL_MS = 100;

const otherOwners: NamedQuery<{ owner: string }, { owner: string }> = {
  name: 'otherMigrationOwners',
  sql: `
    SELECT owner
    FROM schema_migration_leases
    WHERE owner != {owner:String}
    GROUP BY owner
    HAVING argMax(expires_at, renewal) > now64(3)
    ORDER BY owner`,
  bind: ({ owner }) => ({ owner }),
  decode: { owner: text },
};

/** Creates the table of leases. */
export const CREATE_MIGRATION_LEASES = `
  CREATE TABLE IF NOT EXISTS schema_migration_leases (
    owner String, renewal UInt32, expires_at DateTime64(3, 'UTC')
  ) ENGINE = MergeTree ORDER BY owner TTL toDateTime(expires_at) + toIntervalDay(1)`;

/**
 * Runs `work` while no other process does, and resolves to what it returns.
 * @throws MigrationLockedError when the lock was not free within `waitMs`.
 */
export async function withMigrationLock<T>(
  store: Store,
  { waitMs = 60_000, leaseMs = 30_000 }: LockOptions,
  work: (lease: Lease) => Promise<T>,
): Promise<T> {
  const bid = createBid(store, leaseMs);
  try {
    await acquire(store, bid, waitMs);
    const heartbeat = setInterval(() => {
      // When this fails, the `renew` before the next step tries again or finds the lease lapsed.
      bid.renew().catch(() => undefined);
    }, leaseMs / 3);
    try {
      return await work(bid);
    } finally {
      clearInterval(heartbeat);
    }
  } finally {
    // A bid that could not be withdrawn lapses; what `work` came to matters more than that.
    await bid.withdraw().catch(() => undefined);
  }
}

async function acquire(store: Store, bid: Bid, waitMs: number): Promise<void> {
  const startedAt = performance.now();
  for (;;) {
    let rivals = await store.query(otherOwners, { owner: bid.owner });
    if (rivals.length === 0 || bid.placed()) {
      await bid.place();
      rivals = await store.query(otherOwners, { owner: bid.owner });
    }
    const [first] = rivals;
    if (!first) return;
    if (first.owner < bid.owner) await bid.withdraw();
    const waitedMs = Math.round(performance.now() - startedAt);
    if (waitedMs >= waitMs) throw new MigrationLockedError({ owner: first.owner, waitedMs });
    await sleep(POLL_MS);
  }
}

type Bid = Lease & {
  readonly owner: string;
  placed(): boolean;
  /** Makes sure that the bid is live for most of a lease to come. */
  place(): Promise<void>;
  withdraw(): Promise<void>;
};

function createBid(store: Store, leaseMs: number): Bid {
  const owner = `${hostname()}/${process.pid}/${randomUUID()}`;
  let renewal = 0;
  let placedAt: number | undefined;

  const write = (lastsMs: number): Promise<void> =>
    store.command(
      `INSERT INTO schema_migration_leases
       SELECT {owner:String}, {renewal:UInt32}, now64(3) + toIntervalMillisecond({lastsMs:UInt32})`,
      { owner, renewal: renewal++, lastsMs },
    );

  const place = async (): Promise<void> => {
    // The time before the insert: the lease can only last longer than is counted here.
    const now = performance.now();
    if (placedAt !== undefined && now - placedAt < leaseMs / 4) return;
    await write(leaseMs);
    placedAt = now;
  };

  return {
    owner,
    placed: () => placedAt !== undefined,
    place,
    async renew() {
      const waitedMs = placedAt === undefined ? 0 : Math.round(performance.now() - placedAt);
      if (placedAt === undefined || waitedMs >= leaseMs) {
        throw new MigrationLockedError({ owner: 'Possibly another process', waitedMs });
      }
      await place();
    },
    async withdraw() {
      if (placedAt === undefined) return;
      placedAt = undefined;
      await write(0);
    },
  };
}
