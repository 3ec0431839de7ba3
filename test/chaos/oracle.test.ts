import { expect, it } from 'vitest';
import { createOracle, NOTHING_WRONG, SPANS } from './oracle.js';

const DECISIONS = 5;

const idsOf = (body: string): { spans: string[]; decisions: string[] } => {
  const spans: { spanId: string; attributes: { key: string; value: { stringValue: string } }[] }[] =
    JSON.parse(body).resourceSpans[0].scopeSpans[0].spans;
  const decisions = spans.flatMap(({ attributes }) =>
    attributes.filter(({ key }) => key === 'signalbox.decision.id').map(({ value }) => value.stringValue),
  );
  return { spans: spans.map(({ spanId }) => spanId), decisions };
};

const setUp = () => {
  const oracle = createOracle();
  const [first, second] = [oracle.issue(), oracle.issue()];
  oracle.acknowledge(first);
  const stored = idsOf(first.body);
  const read = (spans: string[][], decisions: string[][]) => async (sql: string) =>
    sql.includes('otel_traces') ? spans : decisions;
  const once = (ids: string[]) => ids.map((id) => [id, '1']);
  return { oracle, stored, second: idsOf(second.body), read, once };
};

it('finds nothing wrong when each acknowledged item is there once, and others may be', async () => {
  const { oracle, stored, second, read, once } = setUp();
  const spans = once([...stored.spans, ...second.spans.slice(0, 3)]);
  expect(await oracle.verify(read(spans, once(stored.decisions)))).toEqual({
    acknowledged: SPANS,
    acknowledgedDecisions: DECISIONS,
    ...NOTHING_WRONG,
  });
});

it('finds what is lost, twice there, or from nowhere', async () => {
  const { oracle, stored, read, once } = setUp();
  const spans = [...once(stored.spans.slice(2)), [`f${'0'.repeat(11)}ffff`, '1']];
  const decisions = [...once(stored.decisions.slice(1, 4)), [stored.decisions[4] ?? '', '2']];
  expect(await oracle.verify(read(spans, decisions))).toMatchObject({
    lost: 2,
    duplicated: 0,
    unknown: 1,
    lostDecisions: 1,
    duplicatedDecisions: 1,
    unknownDecisions: 0,
  });
});
