import { readFileSync } from 'node:fs';
import type { AttemptFailure } from '@signalbox/spec';
import { afterAll, expect, it } from 'vitest';
import * as events from './__fixtures__/events.js';
import { playFullRequest } from './__fixtures__/full-request.js';
import { createTestSdk } from './__fixtures__/test-sdk.js';
import { createTelemetry } from './create-telemetry.js';

const PAGE = readFileSync(new URL('../../../docs/reference/telemetry.md', import.meta.url), 'utf8');

/** The names that the reference page lists under a heading. */
const documented = (heading: string): string[] => {
  const section = PAGE.split(/^## /m).find((each) => each.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name = '']) => name).sort();
};

const namesOf = (recorded: readonly { attributes: object }[]): string[] =>
  [...new Set(recorded.flatMap(({ attributes }) => Object.keys(attributes)))].sort();

const sdk = createTestSdk();
const telemetry = createTelemetry(sdk);
const error: AttemptFailure = { type: 'overloaded', message: 'busy', status: 503 };
playFullRequest(telemetry);
// What only a failure tells.
telemetry.onRequestStart?.(events.requestStart());
telemetry.onDecisionMade?.(events.decisionMade());
telemetry.onAttemptStart?.(events.attemptStart());
telemetry.onAttemptEnd?.(events.attemptEnd({ status: 'failed', error }));
telemetry.onRequestEnd?.(events.requestEnd({ status: 'failed', served: null, error }));
telemetry.onFeedbackGiven?.({
  type: 'feedback-given',
  decisionId: events.DECISION_ID,
  tenant: 'acme',
  userId: 'user-1',
  epochMs: 0,
  feedback: { satisfaction: 0.5, accurate: true, overriddenTo: 'openai/gpt-5' },
});
afterAll(() => sdk.shutdown());

it.each([
  ['Route span', /^route /],
  ['Attempt span', /^chat /],
])('puts onto the %s what the reference page says, and nothing else', (heading, spanName) => {
  const spans = sdk.spans().filter(({ name }) => spanName.test(name));
  expect(namesOf(spans)).toEqual(documented(heading));
});

it('puts onto the feedback what the reference page says, and nothing else', () => {
  const eventNames = sdk.logs().flatMap(({ eventName }) => eventName ?? []);
  const names = new Set([...eventNames, ...namesOf(sdk.logs())]);
  expect([...names].sort()).toEqual(documented('Feedback'));
});

it('sends the metrics of the reference page with the attributes that it lists', async () => {
  const metrics = (await sdk.scopes()).flatMap((scope) => scope.metrics);
  expect(metrics.map(({ descriptor }) => descriptor.name).sort()).toEqual(documented('Metrics'));
  const points = metrics.flatMap<{ attributes: object }>(({ dataPoints }) => dataPoints);
  expect(namesOf(points)).toEqual(documented('Attributes of metrics'));
});
