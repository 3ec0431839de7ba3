// A thread of `replayInThreads`: answers each part that it is sent with a summary. A part is read while the one before it
// is replayed.
import { parentPort, workerData } from 'node:worker_threads';
import { createStore, type DecisionBlock, readDecisions } from '@signalbox/store';
import { messageOf } from '../output/message-of.js';
import { replayBlock } from './replay-block.js';
import { fromMessage, type PartAnswer, type PartMessage, type ReplayThreadData } from './replay-messages.js';
import { emptySummary } from './replay-summary.js';

const { login, only, recorded } = workerData as ReplayThreadData;
const policies = { only, recorded: new Map(recorded.map((policy) => [policy.version, policy])) };
const store = createStore(login);
let last: Promise<void> = Promise.resolve();

const answer = async (blocks: Promise<DecisionBlock[]>): Promise<PartAnswer> => {
  try {
    const summary = emptySummary();
    for (const block of await blocks) replayBlock(block, policies, summary);
    return { summary };
  } catch (error) {
    return { failure: messageOf(error) };
  }
};

parentPort?.on('message', (message: PartMessage) => {
  const blocks = readDecisions(store, fromMessage(message));
  // Whoever waits for them, later, hears of a failure.
  blocks.catch(() => undefined);
  last = last.then(async () => parentPort?.postMessage(await answer(blocks)));
});
