import type { Subject } from '../erasure/subject.js';
import { toDateTime64 } from '../rows/date-time64.js';
import type { TraceRow } from '../rows/trace-row.js';
import { ERASABLE_TABLES } from '../erasure/erasable-tables.js';
import { ATTEMPT_ATTRIBUTES, attemptSpan, NOW_NANO, ROUTE_ATTRIBUTES, routeSpan } from './spans.js';
import type { TestStore } from './start-test-store.js';

export const ann: Subject = { kind: 'user', id: 'ann' };

/** Who asked, and the number that the ids of everything around the request end in. */
export type UserRequest = { user: string; tenant?: string; number: number; at?: bigint };

/** A routed request with everything around it: route span, attempt span, a span of the service, all in one trace. */
export function spansOf({ user, tenant = 'acme', number, at = NOW_NANO }: UserRequest): TraceRow[] {
  const decision = `decision-${number}`;
  const common = { TraceId: `trace-${number}`, Timestamp: toDateTime64(at) };
  const names = { 'signalbox.decision.id': decision, 'signalbox.tenant': tenant };
  return [
    routeSpan({ ...common, SpanAttributes: { ...ROUTE_ATTRIBUTES, ...names, 'user.id': user } }),
    attemptSpan({ ...common, SpanAttributes: { ...ATTEMPT_ATTRIBUTES, ...names } }),
    routeSpan({
      ...common,
      SpanId: 'service',
      ScopeName: 'http',
      SpanName: 'GET /profile',
      SpanAttributes: { 'url.path': `/profile/${user}` },
    }),
  ];
}

/** Inserts requests with everything around them. */
export const insertRequests = ({ store }: TestStore, ...requests: UserRequest[]): Promise<void> =>
  store.insert('otel_traces', requests.flatMap(spansOf));

/** Empties every table that can identify a person, and what earlier erasures left. */
export async function emptyTables({ store }: TestStore): Promise<void> {
  for (const { name } of ERASABLE_TABLES) await store.command(`TRUNCATE TABLE ${name}`);
  await store.command('TRUNCATE TABLE erased');
  await store.command('TRUNCATE TABLE erasures');
}

/** The ids that people can read, by view or table. */
export async function visible({ select }: TestStore) {
  const ids = async (sql: string) => (await select(`${sql} ORDER BY id`)).map(({ id }) => id);
  return {
    decisions: await ids('SELECT decision_id AS id FROM decisions'),
    attempts: await ids('SELECT decision_id AS id FROM attempts'),
    traces: await ids('SELECT DISTINCT TraceId AS id FROM otel_traces'),
  };
}

/** What `visible` gives when only the requests of these numbers are there. */
export const only = (...numbers: number[]) => ({
  decisions: numbers.map((number) => `decision-${number}`),
  attempts: numbers.map((number) => `decision-${number}`),
  traces: numbers.map((number) => `trace-${number}`),
});
