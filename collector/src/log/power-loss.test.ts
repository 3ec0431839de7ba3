import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { type Disk, nodeDisk } from './disk.js';
import { openLog, type WriteAheadLog } from './open-log.js';

const logger = pino({ level: 'silent' });
/** `pnpm test:chaos` has 300. */
const LOSSES = process.env.SIGNALBOX_CHAOS === 'full' ? 300 : 30;
const OPTIONS = { logger, segmentBytes: 64 * 1024, retainMs: 50, blockAgeMs: 5, maintenanceMs: 20 };

/** A disk that knows what would be left of each file if the power went now. */
const createPowerModel = () => {
  const synced = new Map<string, number>();
  const disk: Disk = {
    ...nodeDisk,
    async create(path) {
      const file = await nodeDisk.create(path);
      let size = 0;
      return {
        ...file,
        async write(buffers, position) {
          await file.write(buffers, position);
          size = Math.max(size, position + buffers.reduce((sum, { byteLength }) => sum + byteLength, 0));
        },
        async sync() {
          const reached = size;
          await file.sync();
          synced.set(basename(path), Math.max(reached, synced.get(basename(path)) ?? 0));
        },
      };
    },
  };
  /** What the directory holds after the power was lost, in another directory. */
  const lose = (from: string, to: string): void => {
    mkdirSync(to, { mode: 0o700 });
    for (const name of readdirSync(from)) {
      const size = synced.get(name);
      if (size === undefined) continue;
      writeFileSync(join(to, name), readFileSync(join(from, name)).subarray(0, size), { mode: 0o600 });
    }
  };
  return { disk, lose };
};

const append = (log: WriteAheadLog, number: number): Promise<void> => {
  const row = Buffer.alloc(8);
  row.writeUInt32LE(4);
  row.writeUInt32LE(number, 4);
  return log.append({
    bodyHash: createHash('sha256').update(String(number)).digest(),
    answer: { rejected: 0, message: '' },
    sections: [{ table: 'otel_traces', day: 0, rows: 1, bytes: row }],
  });
};

const PREFIX_BYTES = 20;
const ROW_BYTES = PREFIX_BYTES + 4;

const numbersIn = (bytes: Uint8Array): number[] => {
  const view = Buffer.from(bytes);
  return Array.from({ length: view.length / ROW_BYTES }, (_, row) =>
    view.readUInt32LE(row * ROW_BYTES + PREFIX_BYTES),
  );
};

/** Everything that a log still has to give. */
const recover = async (directory: string): Promise<Set<number>> => {
  const log = await openLog({ ...OPTIONS, directory });
  const numbers = new Set<number>();
  while (log.stats().openRows > 0) {
    const block = await log.next();
    if (block === null) break;
    for (const number of numbersIn(await block.read())) numbers.add(number);
    await log.commit(block);
  }
  await log.close();
  return numbers;
};

it('has every acknowledged row after the power was lost, in ClickHouse or in the log', {
  timeout: 10 * 60_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-power-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const directory = join(folder, 'log');
  const { disk, lose } = createPowerModel();
  const log = await openLog({ ...OPTIONS, directory, disk });
  const acknowledged: number[] = [];
  const stored = new Set<number>();
  let issued = 0;
  let isOver = false;

  const sender = async (): Promise<void> => {
    while (!isOver) {
      issued += 1;
      const number = issued;
      await append(log, number);
      acknowledged.push(number);
    }
  };
  const drain = async (): Promise<void> => {
    for (let block = await log.next(); block !== null; block = await log.next()) {
      for (const number of numbersIn(await block.read())) stored.add(number);
      await log.commit(block);
    }
  };
  const running = [...Array.from({ length: 8 }, sender), drain()];

  let lost = 0;
  let unknown = 0;
  let recovered = 0;
  for (let loss = 0; loss < LOSSES; loss += 1) {
    await sleep(Math.random() * 20);
    const owed = acknowledged.filter((number) => !stored.has(number));
    const after = join(folder, `after-${loss}`);
    const issuedThen = issued;
    lose(directory, after);
    const found = await recover(after);
    recovered += owed.length;
    lost += owed.filter((number) => !found.has(number)).length;
    unknown += [...found].filter((number) => number < 1 || number > issuedThen).length;
    await rm(after, { recursive: true });
  }
  isOver = true;
  await Promise.all(running.slice(0, -1));
  await log.close();
  await running.at(-1);
  expect({ lost, unknown }).toEqual({ lost: 0, unknown: 0 });
  expect(recovered).toBeGreaterThan(0);
});
