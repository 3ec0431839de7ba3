import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseTimeline } from './parse-timeline.js';

const KINDS = 'outage, latency, rate-limit, cut-stream, hang';
const entry = (fields: object) =>
  JSON.stringify({ incidents: [{ at: '1s', for: '1s', kind: 'hang', ...fields }] });

it('parses YAML with every kind', () => {
  const text = `
incidents:
  - { at: 30s, for: 20s, model: gpt-5-mini, kind: outage }
  - { at: 1m30s, for: 500ms, kind: latency, factor: 5 }
  - { at: 0s, for: 1.5h, model: openai, kind: rate-limit, retryAfterSeconds: 0.5, share: 0.3 }
  - { at: 2s, for: 2s, kind: cut-stream, afterTokens: 0 }
  - { at: 2s, for: 2s, kind: hang }
`;
  const all = { model: '*', share: 1 };
  expect(parseTimeline(text, 'day.yaml')).toEqual([
    { id: 'timeline-1', kind: 'outage', model: 'gpt-5-mini', share: 1, atMs: 30_000, forMs: 20_000 },
    { ...all, id: 'timeline-2', kind: 'latency', factor: 5, atMs: 90_000, forMs: 500 },
    {
      id: 'timeline-3',
      kind: 'rate-limit',
      retryAfterSeconds: 0.5,
      model: 'openai',
      share: 0.3,
      atMs: 0,
      forMs: 5_400_000,
    },
    { ...all, id: 'timeline-4', kind: 'cut-stream', afterTokens: 0, atMs: 2_000, forMs: 2_000 },
    { ...all, id: 'timeline-5', kind: 'hang', atMs: 2_000, forMs: 2_000 },
  ]);
});

it('parses the timeline of the README', () => {
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
  const [, timeline = ''] = /```yaml\n(.*?)```/s.exec(readme) ?? [];
  const kinds = parseTimeline(timeline, 'README.md').map(({ kind }) => kind);
  expect(kinds).toEqual(['outage', 'latency', 'rate-limit', 'cut-stream', 'hang']);
});

it('parses JSON and fills in the documented defaults', () => {
  expect(parseTimeline(entry({ kind: 'latency' }), 'day.json')).toMatchObject([{ factor: 3 }]);
  expect(parseTimeline(entry({ kind: 'rate-limit' }), 'day.json')).toMatchObject([{ retryAfterSeconds: 1 }]);
  expect(parseTimeline(entry({ kind: 'cut-stream' }), 'day.json')).toMatchObject([{ afterTokens: 8 }]);
});

describe('refuses', () => {
  it.each([
    [entry({ kind: 'outge' }), `incidents[0].kind is "outge". Allowed: ${KINDS}.`],
    [entry({ kind: undefined }), `incidents[0].kind is missing. Allowed: ${KINDS}.`],
    [entry({ at: 30 }), 'incidents[0].at is 30. Write a duration with a unit'],
    [entry({ at: '30' }), 'incidents[0].at is "30". Write a duration with a unit'],
    [entry({ for: undefined }), 'incidents[0].for is missing. Write a duration with a unit'],
    [entry({ for: '-1s' }), 'incidents[0].for is "-1s". Write a duration with a unit'],
    [entry({ model: '' }), 'incidents[0].model is "".'],
    [entry({ share: 0 }), 'incidents[0].share is 0.'],
    [entry({ share: 1.1 }), 'incidents[0].share is 1.1.'],
    [entry({ factor: 2 }), "incidents[0]: Unknown field 'factor'. Allowed: kind, model, share, at, for."],
    [entry({ kind: 'latency', factor: -1 }), 'incidents[0].factor is -1.'],
    [entry({ kind: 'latency', factor: '3x' }), 'incidents[0].factor is "3x".'],
    [entry({ kind: 'rate-limit', retryAfterSeconds: 1e9 }), 'incidents[0].retryAfterSeconds is 1000000000.'],
    [entry({ kind: 'cut-stream', afterTokens: 1.5 }), 'incidents[0].afterTokens is 1.5.'],
    ['incidents: [3]', 'incidents[0] is 3.'],
    ['incidents: 3', 'incidents is 3.'],
    ['incident: []', "the timeline: Unknown field 'incident'. Allowed: incidents."],
    ['[]', 'the timeline is [].'],
    ['', 'the timeline is null.'],
    ['incidents: [', 'at line 1, column 13'],
    ['incidents: []\nincidents: []', 'Map keys must be unique'],
    ['incidents: *nowhere', 'Unresolved alias'],
    [' '.repeat(1_000_001), 'It has 1000001 characters. Keep it under 1000000.'],
  ])('%.60s', (text, message) => {
    expect(() => parseTimeline(text, 'day.yaml')).toThrow(
      expect.objectContaining({
        code: 'simulator-invalid-timeline',
        message: expect.stringMatching(/^The timeline day\.yaml is not valid:\n/),
      }),
    );
    expect(() => parseTimeline(text, 'day.yaml')).toThrow(message);
  });

  it('names every bad field at once', () => {
    const text = 'incidents: [{ at: 1, for: 1s, kind: hang }, { at: 1s, for: 1s, kind: nope }]';
    expect(() => parseTimeline(text, 'day.yaml')).toThrow(
      /incidents\[0\]\.at is 1.*\nincidents\[1\]\.kind is "nope"/,
    );
  });
});
