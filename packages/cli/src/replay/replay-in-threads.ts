import { Worker } from 'node:worker_threads';
import type { DecisionPart } from '@signalbox/store';
import { type PartAnswer, type ReplayThreadData, toMessage } from './replay-messages.js';
import type { ReplaySummary } from './replay-summary.js';

/** Parts that a thread is sent ahead: one is replayed, the next is read. */
const AHEAD = 2;

/** Nearly all objects die young: with room for a part they are never copied. */
const LIMITS = { maxYoungGenerationSizeMb: 128 };

/** The options of `replayInThreads`. */
export type ReplayThreadsOptions = ReplayThreadData & {
  threads: number;
  /** Called with the summary of each part, as they come. */
  onPart: (summary: ReplaySummary) => void;
  signal: AbortSignal;
};

/** Shares the parts between threads, each with a connection of its own. Rejects with the first failure; no thread is left. */
export const replayInThreads = async (
  parts: readonly DecisionPart[],
  { threads, onPart, signal, ...data }: ReplayThreadsOptions,
): Promise<void> => {
  const left = [...parts];
  const workers = Array.from(
    { length: Math.min(threads, parts.length) },
    () =>
      new Worker(new URL('./replay-thread.js', import.meta.url), {
        workerData: data,
        resourceLimits: LIMITS,
      }),
  );
  try {
    await Promise.all(workers.map((worker) => feed(worker, { left, onPart, signal })));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
};

const feed = (
  worker: Worker,
  { left, onPart, signal }: { left: DecisionPart[] } & Pick<ReplayThreadsOptions, 'onPart' | 'signal'>,
): Promise<void> =>
  new Promise((resolve, reject) => {
    let open = 0;
    const send = (): void => {
      const part = left.shift();
      if (part === undefined) return;
      open += 1;
      worker.postMessage(toMessage(part));
    };
    worker.on('message', (answer: PartAnswer) => {
      if ('failure' in answer) return reject(new Error(`A part could not be replayed. ${answer.failure}`));
      open -= 1;
      onPart(answer.summary);
      send();
      if (open === 0) resolve();
    });
    worker.on('error', reject);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    for (let ahead = 0; ahead < AHEAD; ahead += 1) send();
    if (open === 0) resolve();
  });
