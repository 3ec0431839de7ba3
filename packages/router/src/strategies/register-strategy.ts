import type { CodeStrategy } from './strategy.js';

const registered = new Map<string, CodeStrategy>();

/**
 * Registers a strategy in code, for the whole process, before a policy that names it is compiled: the policy has
 * `strategies: { mine: { code: '1' } }` and code registers `{ name: 'mine', version: '1', terms }`. Registering another
 * version replaces it: a policy that asks for the earlier one then fails instead of deciding by another function.
 */
export const registerStrategy = (strategy: CodeStrategy): void => {
  registered.set(strategy.name, strategy);
};

/** The strategy that code registered under a name, in this version; `null` when there is none. */
export const registeredStrategy = (name: string, version: string): CodeStrategy | null => {
  const strategy = registered.get(name);
  return strategy?.version === version ? strategy : null;
};
