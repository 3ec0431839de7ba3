import { ERROR_CODES } from '../../packages/spec/dist/index.js';
import { page, table } from './markdown.ts';

/** docs/reference/errors.md: the registry of error codes. */
export const errorReference = (): string =>
  page('Errors', [
    'Every error that Signalbox throws is a `SignalboxError` with one of these codes. Codes are stable and never reused. ' +
      'Test with `SignalboxError.isInstance(error, code)`, which also works across copies of the package.',
    table(
      ['code', 'meaning'],
      Object.entries(ERROR_CODES).map(([code, meaning]) => [`\`${code}\``, meaning]),
    ),
  ]);
