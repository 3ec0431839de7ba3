import * as api from '@opentelemetry/api';

/**
 * The global logger provider. Read off the module as a whole: a module that imports `logs` by name does not even load
 * with `@opentelemetry/api` 1.9, which has no logs.
 * @throws {Error} with such a version.
 */
export const globalLoggerProvider = ({ logs }: { logs?: typeof api.logs } = api): api.LoggerProvider => {
  if (!logs) throw new Error('Feedback needs @opentelemetry/api 1.10 or newer. Update it.');
  return logs.getLoggerProvider();
};
