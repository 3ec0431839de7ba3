import type { Policy } from '@signalbox/spec';
import { isRecord } from '../config/is-record.js';

/** A difference at a path such as `routes[sql].prefer`. `before` is absent for what was added, `after` for what was removed. */
export type PolicyChange = { path: string; before?: unknown; after?: unknown };

type Pair = { before: unknown; after: unknown };

/** Everything that differs between two policies, but their versions. Routes are told apart by name, targets by id. */
export const diffPolicies = (
  { version: _, ...before }: Policy,
  { version: __, ...after }: Policy,
): PolicyChange[] => [...compare({ before, after }, '')];

function* compare(pair: Pair, path: string): Generator<PolicyChange> {
  const { before, after } = pair;
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  if (isRecord(before) && isRecord(after)) {
    yield* compareFields(
      { before: new Map(Object.entries(before)), after: new Map(Object.entries(after)) },
      (name) => (path === '' ? name : `${path}.${name}`),
    );
    return;
  }
  const [named, renamed] = [byName(before), byName(after)];
  if (named === null || renamed === null) {
    yield { path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
    return;
  }
  yield* compareFields({ before: named, after: renamed }, (name) => `${path}[${name}]`);
  const [order, newOrder] = [[...named.keys()], [...renamed.keys()]];
  const stayed = order.filter((name) => renamed.has(name));
  const nowStayed = newOrder.filter((name) => named.has(name));
  if (stayed.join('\n') !== nowStayed.join('\n'))
    yield { path: `order of ${path}`, before: order, after: newOrder };
}

type Fields = ReadonlyMap<string, unknown>;

function* compareFields(
  { before, after }: { before: Fields; after: Fields },
  pathOf: (name: string) => string,
): Generator<PolicyChange> {
  for (const name of new Set([...before.keys(), ...after.keys()]))
    yield* compare({ before: before.get(name), after: after.get(name) }, pathOf(name));
}

/** The elements of a list by their id or name; `null` for a list of something else, and for what is no list. */
const byName = (list: unknown): Fields | null => {
  if (!Array.isArray(list)) return null;
  const entries: [string, unknown][] = [];
  for (const each of list) {
    const name = isRecord(each) ? (each.id ?? each.name) : undefined;
    if (typeof name !== 'string') return null;
    entries.push([name, each]);
  }
  return new Map(entries);
};
