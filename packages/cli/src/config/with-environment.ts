import { isRecord } from './is-record.js';

const VARIABLES = [
  ['SIGNALBOX_CLICKHOUSE_URL', 'url'],
  ['SIGNALBOX_CLICKHOUSE_USERNAME', 'username'],
  ['SIGNALBOX_CLICKHOUSE_PASSWORD', 'password'],
  ['SIGNALBOX_CLICKHOUSE_DATABASE', 'database'],
] as const;

/**
 * Lays `SIGNALBOX_CLICKHOUSE_{URL,USERNAME,PASSWORD,DATABASE}` over the `clickhouse` section, so that secrets need not
 * stand in a file. What is not an object is returned as it is: the schema then names the mistake.
 */
export const withEnvironment = (input: unknown, environment: NodeJS.ProcessEnv): unknown => {
  const overrides = VARIABLES.flatMap(([variable, field]) => {
    const value = environment[variable];
    return value === undefined ? [] : [[field, value] as const];
  });
  if (overrides.length === 0 || !isRecord(input)) return input;
  const section = isRecord(input.clickhouse) ? input.clickhouse : {};
  return { ...input, clickhouse: { ...section, ...Object.fromEntries(overrides) } };
};
