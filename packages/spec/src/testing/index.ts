// Fakes for the things that are handed in: time, chance, providers, listeners. Shipped, so that users test with them too.

export { createSeededRandom } from '../random/seeded-random.js';
export { createEventRecorder } from './event-recorder.js';
export { createFakeProvider, type FakeAnswer } from './fake-provider.js';
export { createManualClock } from './manual-clock.js';
