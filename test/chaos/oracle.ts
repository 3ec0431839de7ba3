import { randomBytes } from 'node:crypto';

/** Spans of one request; the first `DECISIONS` of them are route spans. */
export const SPANS = 20;
const DECISIONS = 5;

/** A request of which the oracle knows every item. */
export type Issued = { readonly number: number; readonly body: string };

/** Reads rows of ClickHouse as tab-separated text. */
export type ReadRows = (sql: string) => Promise<string[][]>;

/** What became of what was sent. Everything but the first two must be 0. */
export type Verdict = {
  /** Spans that a collector has answered 200 for. */
  acknowledged: number;
  /** Of these, decisions. */
  acknowledgedDecisions: number;
  lost: number;
  duplicated: number;
  /** Items that nobody sent. */
  unknown: number;
  lostDecisions: number;
  duplicatedDecisions: number;
  unknownDecisions: number;
};

/** The part of a verdict that must be 0. */
export const NOTHING_WRONG = {
  lost: 0,
  duplicated: 0,
  unknown: 0,
  lostDecisions: 0,
  duplicatedDecisions: 0,
  unknownDecisions: 0,
};

/** Issues items, remembers which were acknowledged, and holds readers' views against that. */
export type Oracle = {
  issue(): Issued;
  /** From now on the items of the request must be there, exactly once. */
  acknowledge(request: Issued): void;
  readonly acknowledged: number;
  /** Compares the spans and the decisions with what readers see. */
  verify(read: ReadRows): Promise<Verdict>;
};

/** An oracle of one run; runs do not see each other. */
export const createOracle = (): Oracle => {
  const run = `chaos-${randomBytes(4).toString('hex')}`;
  const acknowledged = new Set<number>();
  let issued = 0;

  const compare = (rows: string[][], perRequest: number) => {
    const seen = new Set<number>();
    const found = { lost: 0, duplicated: 0, unknown: 0 };
    for (const [id = '', copies = '0'] of rows) {
      const item = Number.parseInt(id.slice(1), 16);
      if (!(item >= 0 && item < issued * SPANS)) found.unknown += 1;
      if (Number(copies) !== 1) found.duplicated += 1;
      seen.add(item);
    }
    for (const request of acknowledged)
      for (let item = 0; item < perRequest; item += 1) if (!seen.has(request * SPANS + item)) found.lost += 1;
    return found;
  };

  return {
    issue() {
      const number = issued;
      issued += 1;
      return { number, body: JSON.stringify(toRequest(run, number)) };
    },
    acknowledge: ({ number }) => void acknowledged.add(number),
    get acknowledged() {
      return acknowledged.size * SPANS;
    },
    async verify(read) {
      const spans = compare(
        await read(
          `SELECT SpanId, count() FROM otel_traces FINAL WHERE ServiceName = '${run}' GROUP BY SpanId`,
        ),
        SPANS,
      );
      const decisions = compare(
        await read(
          `SELECT decision_id, count() FROM decisions WHERE service_name = '${run}' GROUP BY decision_id`,
        ),
        DECISIONS,
      );
      return {
        acknowledged: acknowledged.size * SPANS,
        acknowledgedDecisions: acknowledged.size * DECISIONS,
        ...spans,
        lostDecisions: decisions.lost,
        duplicatedDecisions: decisions.duplicated,
        unknownDecisions: decisions.unknown,
      };
    },
  };
};

const attribute = (key: string, stringValue: string) => ({ key, value: { stringValue } });

const toRequest = (run: string, number: number) => {
  const now = BigInt(Date.now()) * 1_000_000n;
  const spans = Array.from({ length: SPANS }, (_, index) => {
    const id = (number * SPANS + index).toString(16).padStart(16, '0');
    const decision = [
      { key: 'signalbox.decision.sequence', value: { intValue: String(number * DECISIONS + index + 1) } },
      attribute('signalbox.decision.id', `d${id.slice(1)}`),
      attribute('signalbox.policy.name', 'chaos'),
    ];
    return {
      // The id 0 is not valid OTLP, so ids have a constant in front; the oracle reads what follows.
      traceId: `${'c'.repeat(16)}${(number + 1).toString(16).padStart(16, '0')}`,
      spanId: `f${id.slice(1)}`,
      name: 'chaos',
      kind: 1,
      startTimeUnixNano: String(now + BigInt(index)),
      endTimeUnixNano: String(now + BigInt(index) + 1_000n),
      attributes: index < DECISIONS ? decision : [attribute('filler', 'x'.repeat(100))],
    };
  });
  const resource = { attributes: [attribute('service.name', run), attribute('service.instance.id', run)] };
  return {
    resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'signalbox', version: '0' }, spans }] }],
  };
};
