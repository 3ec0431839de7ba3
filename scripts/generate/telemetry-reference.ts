import { readFileSync } from 'node:fs';
import { page, table } from './markdown.ts';

const CONSTANT = /\/\*\* (.+?) \*\/\s+export const (?:ATTR|METRIC|EVENT)_\w+ =\s+'([^']+)';/g;
const KIND = /^(.+?)\. (.+)$/;

// The docstring above a constant is `type. meaning`; one source for the code and for this page.
const rowsOf = (file: string): string[][] => {
  const source = readFileSync(`packages/spec/src/semconv/${file}.ts`, 'utf8');
  return [...source.matchAll(CONSTANT)].map(([, doc = '', name = '']) => {
    const [, kind = '', meaning = ''] = KIND.exec(doc) ?? [];
    if (kind === '') throw new Error(`${file}.ts: the docstring of ${name} must be "type. meaning".`);
    return [`\`${name}\``, kind, meaning];
  });
};

/** docs/reference/telemetry.md: every attribute, metric and event name. */
export const telemetryReference = (): string =>
  page('Telemetry', [
    'One `INTERNAL` span `route {policy}` for each request; one `CLIENT` child span `chat {model}` for each upstream call, ' +
      'in the newest OpenTelemetry GenAI conventions. The scope is `signalbox`. Content is never recorded. ' +
      'What is unknown is absent, never 0. The constants are exported by `@signalbox/spec/semconv`.',
    '## Route span',
    table(['attribute', 'type', 'meaning'], rowsOf('route-attributes')),
    '## Attempt span',
    'Also `signalbox.decision.id`.',
    table(
      ['attribute', 'type', 'meaning'],
      [...rowsOf('attempt-attributes'), ...rowsOf('gen-ai-attributes')],
    ),
    '## Feedback',
    'Log records, as the evaluation events of the GenAI conventions.',
    table(['event, attribute', 'type', 'meaning'], rowsOf('feedback-attributes')),
    '## Metrics',
    table(['metric', 'instrument, unit', 'meaning'], rowsOf('metrics')),
  ]);
