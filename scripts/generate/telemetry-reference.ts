import { page, table } from './markdown.ts';
import { ATTRIBUTE_DOC, readSemconv } from './read-semconv.ts';

const SOURCES = ['route', 'attempt', 'gen-ai', 'feedback'].map((name) => `${name}-attributes`);
const METRIC = /^(?<kind>[^.]+)\. (?<meaning>.+)$/;
const PLACES = ['route', 'attempt', 'metric', 'log', 'not sent yet'];

type Name = { name: string; kind: string; meaning: string; places: readonly string[] };

// The docstring above a constant is `type; places. meaning`, of a metric `instrument, unit. meaning`: one source for
// the code and for this page. A test of the telemetry package compares the page with what is sent.
const readNames = (file: string, form: RegExp): Name[] =>
  readSemconv(file).map(({ name, doc }) => {
    const { kind = '', meaning = '', places } = form.exec(doc)?.groups ?? {};
    const each = places?.split(', ') ?? [];
    if (kind === '' || each.some((place) => !PLACES.includes(place)))
      throw new Error(`${file}.ts: the docstring of ${name} does not have the form ${form.source}.`);
    return { name, kind, meaning, places: each };
  });

const tableOf = (heads: readonly string[], names: readonly Name[]): string =>
  table(
    heads,
    names.map(({ name, kind, meaning }) => [`\`${name}\``, kind, meaning]),
  );

/** docs/reference/telemetry.md: every attribute, metric and event name. */
export const telemetryReference = (): string => {
  const attributes = SOURCES.flatMap((file) => readNames(file, ATTRIBUTE_DOC));
  const at = (place: string): string =>
    tableOf(
      ['attribute', 'type', 'meaning'],
      attributes.filter(({ places }) => places.includes(place)),
    );
  return page('Telemetry', [
    'One `INTERNAL` span `route {policy}` for each request; one `CLIENT` child span `chat {model}` for each upstream call, ' +
      'in the newest OpenTelemetry GenAI conventions. The scope is `signalbox`. Content is never recorded. ' +
      'What is unknown is absent, never 0. The constants are exported by `@signalbox/spec/semconv`.',
    '## Route span',
    at('route'),
    '## Attempt span',
    at('attempt'),
    '## Feedback',
    'Log records, as the evaluation events of the GenAI conventions. `gen_ai.evaluation.result` is the name of the event.',
    at('log'),
    '## Metrics',
    tableOf(['metric', 'instrument, unit', 'meaning'], readNames('metrics', METRIC)),
    '## Attributes of metrics',
    at('metric'),
    '## Not sent yet',
    'Reserved names.',
    at('not sent yet'),
  ]);
};
