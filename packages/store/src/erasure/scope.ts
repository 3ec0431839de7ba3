import type { Store } from '../connection/store.js';
import { text } from '../queries/decoders.js';
import type { NamedQuery } from '../queries/named-query.js';
import type { Subject } from './subject.js';

/**
 * Which rows are meant: those of a subject, known by its hash in hex, that began or came until then (by ClickHouse's
 * clock, as `toString` writes it).
 */
export type Scope = { subject: string; until: string };

const scopeNow: NamedQuery<Subject, Scope> = {
  name: 'scopeNow',
  sql: `
    SELECT
      hex(sipHash128Reference({kind:String}, {id:String})) AS subject,
      toString(toDateTime64(now64(3), 9)) AS until`,
  bind: ({ kind, id }) => ({ kind, id }),
  decode: { subject: text, until: text },
};

/** Everything of a subject up to now. */
export async function scopeOf(store: Store, subject: Subject): Promise<Scope> {
  const [scope] = await store.query(scopeNow, subject);
  if (scope === undefined) throw new Error('ClickHouse answered without a row.');
  return scope;
}
