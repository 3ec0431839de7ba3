import { ERASABLE_TABLES, type ErasableTable } from './erasable-tables.js';

// Statements say the hash of a subject and not its id, because ClickHouse keeps mutations and may log queries. A hash
// says its kind, so it is looked for in users and tenants alike. Placeholders of what follows: `{subject:String}`, the
// hash in hex, and `{until:DateTime64(9, 'UTC')}`, which keeps out what is newer.

type Hash = { kind: string; id: string };

/** SQL for the hash of an id of some kind, as table `erased` keeps it. */
export const hashOf = ({ kind, id }: Hash): string => `sipHash128Reference('${kind}', ${id})`;

/** The ids of a row that are a user or a tenant, and those that are erased with one. Empty text where a row has none. */
export function idsOf({ user, tenant, decision, trace }: ErasableTable): { owners: Hash[]; owned: Hash[] } {
  const given = (kind: string, id: string | undefined): Hash[] => (id === undefined ? [] : [{ kind, id }]);
  const ifNone = (names: readonly (string | undefined)[]): string | undefined => {
    const conditions = names.flatMap((name) => (name === undefined ? [] : `${name} = ''`));
    return trace && conditions.length > 0 ? `if(${conditions.join(' AND ')}, ${trace}, '')` : trace;
  };
  return {
    owners: [...given('user', user), ...given('tenant', tenant)],
    owned: [
      ...given('decision', decision),
      ...given('user-trace', ifNone([decision, user])),
      ...given('tenant-trace', ifNone([decision, user, tenant])),
    ],
  };
}

/** SELECT of the hashes of decisions and traces that earlier erasures of the subject, finished or not, have noted. */
export const NOTED_HASHES = 'SELECT hash FROM erased WHERE subject = unhex({subject:String})';

/** The condition under which a row names one of its owners as the subject, and is old enough. */
export function isOwnedBy(owners: readonly Hash[], { time, receivedAt = time }: ErasableTable): string {
  const names = owners.map((owner) => `${hashOf(owner)} = unhex({subject:String})`).join(' OR ');
  // Either time will do: a client's clock may be ahead, and an old row may arrive late.
  return `(${names}) AND least(${time}, ${receivedAt}) <= {until:DateTime64(9, 'UTC')}`;
}

/** SELECT of the hashes of every decision and trace that stored rows of the subject name. Reads each table once. */
export const NAMED_HASHES = ERASABLE_TABLES.filter(({ namesOwner }) => namesOwner)
  .map((table) => {
    const { owners } = idsOf(table);
    const hashes = owners.map((owner) => {
      const { decision = "''", trace = "''" } = table;
      const named = [
        hashOf({ kind: 'decision', id: decision }),
        hashOf({ kind: `${owner.kind}-trace`, id: trace }),
      ];
      return `if(${hashOf(owner)} = unhex({subject:String}), [${named.join(', ')}], [])`;
    });
    const nothing = ['decision', ...owners.map(({ kind }) => `${kind}-trace`)].map((kind) =>
      hashOf({ kind, id: "''" }),
    );
    return `
      SELECT DISTINCT arrayJoin(arrayConcat(${hashes.join(', ')})) AS hash
      FROM ${table.name} WHERE ${isOwnedBy(owners, table)} AND hash NOT IN (${nothing.join(', ')})`;
  })
  .join('\nUNION ALL ');

/**
 * The condition under which a row of `table` belongs to the subject. `hashes` is a SELECT of its decisions and traces, and
 * `isIn` how a row is looked up there: a SELECT that reads rows of a cluster must be read once, from all of its shards.
 */
export function rowMatch(table: ErasableTable, hashes: string, isIn: 'IN' | 'GLOBAL IN' = 'IN'): string {
  const { owners, owned } = idsOf(table);
  return [
    ...(owners.length === 0 ? [] : [`(${isOwnedBy(owners, table)})`]),
    ...owned.map((each) => `${hashOf(each)} ${isIn} (${hashes})`),
  ].join(' OR ');
}
