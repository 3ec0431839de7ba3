/*
 * An HTTP server that speaks OpenAI's chat completions and misbehaves on request: seeded latencies, errors,
 * and incidents on a timeline. For tests, demos and game days; it imports nothing of Signalbox.
 * Read next: start-simulator.ts, then chat/resolve-chat-call.ts (what becomes of a call) and
 * chat/run-chat-call.ts (how it is played in time).
 */
export { createSimulator, type Simulator } from './create-simulator.js';
export type { Fault } from './incidents/fault.js';
export type { Incident } from './incidents/incident.js';
export { parseTimeline } from './incidents/parse-timeline.js';
export { DEFAULT_MODEL_PROFILE, type ModelProfile } from './model/model-profile.js';
export type { Spread } from './random/log-normal.js';
export { SIMULATOR_ERROR_CODES, SimulatorError, type SimulatorErrorCode } from './simulator-error.js';
export type { SimulatorOptions } from './simulator-options.js';
export type { ModelStats, SimulatorStats } from './simulator-stats.js';
export { type RunningSimulator, type StartSimulatorOptions, startSimulator } from './start-simulator.js';
export { CHARACTERS_PER_TOKEN, countSimulatedTokens } from './text/count-simulated-tokens.js';
export { promptOfTokens } from './text/prompt-of-tokens.js';
