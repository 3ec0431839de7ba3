import { ACK_DURATION, SELF_METRICS } from '../../collector/dist/operations/self-metrics.js';
import { page, table } from './markdown.ts';

const prometheusName = (name: string, isCounter: boolean): string =>
  `${name.replaceAll('.', '_')}${isCounter ? '_total' : ''}`;

const metricRows = (): string[][] => [
  ...SELF_METRICS.map(({ name, kind, unit, description }) => [
    `\`${prometheusName(name, kind === 'counter')}\``,
    kind,
    unit,
    `${description}.`,
  ]),
  [
    `\`${prometheusName(ACK_DURATION, false)}\``,
    'histogram',
    's',
    'Time from the last byte of a request until its rows are on disk and it is answered.',
  ],
];

/** docs/reference/collector-metrics.md: what the collector reports about itself. */
export const collectorMetricsReference = (): string =>
  page('Metrics of the collector', [
    'As `GET /metrics` names them. Over OTLP (`collector.metrics.otlpEndpoint`) a name has dots, and a counter no `_total`. ' +
      'Labels are of closed sets: `signal`, `outcome`, `protocol` and `class`. What is not known yet is absent.',
    table(['metric', 'kind', 'unit', 'meaning'], metricRows()),
  ]);
