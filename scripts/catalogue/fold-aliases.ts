import type { Facts } from './models-dev.ts';

// Dates of snapshots and versions of Bedrock. `-fast` and `-latest` stay: they are, or become, another model.
const SUFFIX = /(-\d{8}|-\d{4}-\d{2}-\d{2})?(-v\d+:\d+)?$/;
const REGION = /^(global|us|eu|au|apac|jp)\./;

const stemOf = (model: string): string => model.replace(REGION, '').replace(SUFFIX, '');

const splitId = (id: string): [provider: string, model: string] => {
  const slash = id.indexOf('/');
  return [id.slice(0, slash), id.slice(slash + 1)];
};

/** A model under one name, and the other names that the same provider answers to. */
export type Named = { id: string; aliases: string[]; facts: Facts };

/**
 * Puts the snapshots and regions of a model together where all facts agree. The shortest name stands for
 * them; another release is another model.
 */
export const foldAliases = (models: ReadonlyMap<string, Facts>): Named[] => {
  const groups = Map.groupBy(models, ([id, facts]) => {
    const [provider, model] = splitId(id);
    const { released: _, ...same } = facts;
    return JSON.stringify([provider, stemOf(model), same]);
  });
  return [...groups.values()].map((group) => {
    const ids = group.map(([id]) => id).sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
    const [id = '', ...others] = ids;
    const facts = group.find(([name]) => name === id)?.[1] as Facts;
    return { id, aliases: others.map((other) => splitId(other)[1]).sort(), facts };
  });
};
