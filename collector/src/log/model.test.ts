import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFragileDisk, type Remains } from './__fixtures__/fragile-disk.js';
import {
  entry,
  hashOf,
  nextBlock,
  openTestLog,
  rowsOf,
  section,
  testDirectory,
} from './__fixtures__/test-log.js';
import type { WriteAheadLog } from './open-log.js';
import type { Block } from './write-ahead-log.js';

type Step =
  | { readonly kind: 'append'; readonly sections: readonly { rows: number; day: number }[] }
  | { readonly kind: 'append-and-lose'; readonly remains: Remains }
  | { readonly kind: 'repeat'; readonly which: number }
  | { readonly kind: 'take' }
  | { readonly kind: 'read' | 'commit' | 'split'; readonly which: number }
  | { readonly kind: 'lose'; readonly remains: Remains }
  | { readonly kind: 'close' }
  | { readonly kind: 'pass-time' };

const remains = fc.constantFrom<Remains>('all', 'synced', 'between');
const which = fc.nat(7);
const someSections = fc.array(
  fc.record({ rows: fc.integer({ min: 1, max: 5 }), day: fc.integer({ min: 1, max: 2 }) }),
  {
    maxLength: 3,
  },
);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('append'), sections: someSections }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('append-and-lose'), remains }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('repeat'), which }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('take') }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom('read', 'commit', 'split'), which }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('lose'), remains }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('close') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pass-time') }) },
);

const RETAIN_MS = 60_000;

/** What a correct log does, with the real one beside it. */
const createModel = async (root: string) => {
  let generation = 0;
  let now = Date.now();
  let requests = 0;
  /** Rows that were acknowledged, by request. */
  const acknowledged = new Map<string, readonly string[]>();
  const acknowledgedAt = new Map<string, number>();
  /** Rows of requests that got no answer: they may be in the log or not. */
  const unanswered = new Map<string, readonly string[]>();
  /** What ClickHouse has: a block replaces itself. */
  const inserted = new Map<string, readonly string[]>();
  let taken: Block[] = [];

  const open = async (): Promise<{ log: WriteAheadLog } & ReturnType<typeof createFragileDisk>> => {
    const fragile = createFragileDisk();
    const log = await openTestLog({
      directory: join(root, String(generation)),
      disk: fragile.disk,
      blockRows: 6,
      segmentBytes: 1500,
      retainMs: RETAIN_MS,
      maintenanceMs: 2,
      epochMs: () => now,
    });
    return { log, ...fragile };
  };
  let current = await open();

  const pick = (index: number): Block | undefined => taken[index % Math.max(1, taken.length)];

  const insert = async (block: Block): Promise<void> => {
    const id = Buffer.from(block.id).toString('hex');
    const rows = await rowsOf(block);
    expect(inserted.get(id) ?? rows).toEqual(rows);
    inserted.set(id, rows);
  };

  const lose = async (how: Remains): Promise<void> => {
    const before = join(root, String(generation));
    generation += 1;
    current.copyRemains(before, join(root, String(generation)), how);
    await current.log.close();
    rmSync(before, { recursive: true });
    taken = [];
    current = await open();
    expect(current.log.stats()).toMatchObject({ lostRows: 0, recovered: { missingSegments: 0 } });
  };

  const newRequest = (sections: readonly { rows: number; day: number }[]) => {
    requests += 1;
    const name = `request ${requests}`;
    let count = 0;
    const made = sections.map(({ rows, day }) =>
      Array.from({ length: rows }, () => {
        count += 1;
        return { day, text: `${requests}-${count}.` };
      }),
    );
    const content = made.map((rows) =>
      section(
        rows.map(({ text }) => text),
        { day: rows[0]?.day ?? 0 },
      ),
    );
    return {
      name,
      rows: made.flat().map(({ text }) => text),
      made: entry(name, content),
    };
  };

  const append = async (sections: readonly { rows: number; day: number }[]): Promise<void> => {
    const { name, rows, made } = newRequest(sections);
    await current.log.append(made);
    acknowledged.set(name, rows);
    acknowledgedAt.set(name, now);
  };

  const appendAndLose = async (how: Remains): Promise<void> => {
    const { name, rows, made } = newRequest([{ rows: 2, day: 1 }]);
    // An answer that comes after the power is gone reaches nobody.
    unanswered.set(name, rows);
    const answer = current.log.append(made);
    await new Promise(setImmediate);
    await lose(how);
    await answer;
  };

  const repeat = async (index: number): Promise<void> => {
    const [name, rows = []] = [...acknowledged].at(-1 - index) ?? [];
    if (name === undefined || (acknowledgedAt.get(name) ?? 0) < now - RETAIN_MS) return;
    expect(await current.log.recall(hashOf(name))).toEqual({ rejected: 0, message: '' });
    await current.log.append(entry(name, rows));
  };

  const take = async (): Promise<void> => {
    const rows = taken.reduce((sum, block) => sum + block.rows, 0);
    if (current.log.stats().openRows > rows) taken.push(await nextBlock(current.log));
  };

  const reopen = async (): Promise<void> => {
    await current.log.close();
    taken = [];
    current = await open();
  };

  const run = async (what: Step): Promise<void> => {
    if (what.kind === 'append') return append(what.sections);
    if (what.kind === 'append-and-lose') return appendAndLose(what.remains);
    if (what.kind === 'repeat') return repeat(what.which);
    if (what.kind === 'take') return take();
    if (what.kind === 'lose') return lose(what.remains);
    if (what.kind === 'close') return reopen();
    if (what.kind === 'pass-time') now += 25_000;
    else await useBlock(what, pick(what.which));
  };

  const useBlock = async ({ kind }: { kind: 'read' | 'commit' | 'split' }, block?: Block): Promise<void> => {
    if (!block) return;
    if (kind === 'split' && block.rows > 1) {
      if (inserted.has(Buffer.from(block.id).toString('hex'))) return;
      await current.log.split(block, [
        { first: 0, rows: 1 },
        { first: 1, rows: block.rows - 1 },
      ]);
      taken = taken.filter((other) => other !== block);
    } else await insert(block);
    if (kind !== 'commit') return;
    await current.log.commit(block);
    taken = taken.filter((other) => other !== block);
  };

  /** Drains the log, and compares what ClickHouse then has with what was acknowledged. */
  const check = async (): Promise<void> => {
    await reopen();
    const { log } = current;
    while (log.stats().openRows > 0) {
      const block = await nextBlock(log);
      await insert(block);
      await log.commit(block);
    }
    const rows = [...inserted.values()].flat();
    const certain = [...acknowledged.values()].flat();
    const possible = new Set([...unanswered.values()].flat());
    expect(rows.filter((row) => !possible.has(row)).sort()).toEqual(certain.sort());
    expect(new Set(rows).size).toBe(rows.length);
    expect(log.stats()).toMatchObject({ lostRows: 0, openRows: 0 });
  };

  return { run, check, close: () => current.log.close() };
};

describe('a log that is used, killed, and loses power in any order', () => {
  it('gives what it acknowledged in one block each, and nothing else', async () => {
    const root = testDirectory();
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        runs += 1;
        const model = await createModel(join(root, String(runs)));
        try {
          for (const what of steps) await model.run(what);
          await model.check();
        } finally {
          await model.close();
        }
      }),
      { numRuns: 60 },
    );
  });
});
