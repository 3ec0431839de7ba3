import type { SignalboxConfig } from './config-schema.js';

/** Returns `config` unchanged; gives editors completion and checks in `signalbox.config.ts`. */
export const defineConfig = (config: SignalboxConfig): SignalboxConfig => config;
