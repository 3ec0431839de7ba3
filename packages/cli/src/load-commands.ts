import type { Command } from 'commander';

// In the order in which `signalbox --help` lists them. Each is imported when it is wanted: a collector has no use for
// the memory and the time that the providers of a benchmark take.
const LOADERS: Readonly<Record<string, () => Promise<Command>>> = {
  up: async () => (await import('./commands/up.js')).upCommand(),
  demo: async () => (await import('./commands/demo.js')).demoCommand(),
  collect: async () => (await import('./commands/collect.js')).collectCommand(),
  simulate: async () => (await import('./commands/simulate.js')).simulateCommand(),
  traffic: async () => (await import('./commands/traffic.js')).trafficCommand(),
  migrate: async () => (await import('./commands/migrate.js')).migrateCommand(),
  retention: async () => (await import('./commands/retention.js')).retentionCommand(),
  'dead-letters': async () => (await import('./commands/dead-letters.js')).deadLettersCommand(),
  export: async () => (await import('./commands/export.js')).exportCommand(),
  erase: async () => (await import('./commands/erase.js')).eraseCommand(),
  reader: async () => (await import('./commands/reader.js')).readerCommand(),
  policy: async () => (await import('./commands/policy.js')).policyCommand(),
  prices: async () => (await import('./commands/prices.js')).pricesCommand(),
  reprice: async () => (await import('./commands/reprice.js')).repriceCommand(),
  replay: async () => (await import('./commands/replay.js')).replayCommand(),
  route: async () => (await import('./commands/route.js')).routeCommand(),
  explain: async () => (await import('./commands/explain.js')).explainCommand(),
  doctor: async () => (await import('./commands/doctor.js')).doctorCommand(),
  config: async () => (await import('./commands/config.js')).configCommand(),
  bench: async () => (await import('./commands/bench.js')).benchCommand(),
};

/** The command of this name alone; all of them where there is none of this name. */
export const loadCommands = (name: string | undefined): Promise<Command[]> => {
  const loader = name !== undefined && Object.hasOwn(LOADERS, name) ? LOADERS[name] : undefined;
  const loaders = loader === undefined ? Object.values(LOADERS) : [loader];
  return Promise.all(loaders.map((load) => load()));
};
