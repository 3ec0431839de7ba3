import { ERROR_CODES } from '@signalbox/spec';
import { EMBEDDED_CLICKHOUSE_ERROR_CODES } from '../../packages/embedded-clickhouse/dist/index.js';
import { SIMULATOR_ERROR_CODES } from '../../packages/simulator/dist/index.js';
import { page, table } from './markdown.ts';

const registry = (codes: Readonly<Record<string, string>>): string =>
  table(
    ['code', 'meaning'],
    Object.entries(codes).map(([code, meaning]) => [`\`${code}\``, meaning]),
  );

/** docs/reference/errors.md: the registries of error codes. */
export const errorReference = (): string =>
  page('Errors', [
    'A failure that a caller or operator can meet is a `SignalboxError` with one of these codes. Codes are stable and never ' +
      'reused. Test with `SignalboxError.isInstance(error, code)`, which also works across copies of the package.',
    registry(ERROR_CODES),
    '## Without a code of Signalbox',
    'An argument of the wrong kind or out of range is a `TypeError` or a `RangeError`; its message names the value and what ' +
      'to give. What ClickHouse answers to a query is a `ClickHouseError` of `@clickhouse/client`, with its numeric `code`.',
    '## The embedded ClickHouse',
    '`@signalbox/embedded-clickhouse` depends on no other package of Signalbox and throws `EmbeddedClickHouseError`.',
    registry(EMBEDDED_CLICKHOUSE_ERROR_CODES),
    '## The simulator',
    '`@signalbox/simulator` depends on no other package of Signalbox and throws `SimulatorError`.',
    registry(SIMULATOR_ERROR_CODES),
  ]);
