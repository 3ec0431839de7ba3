import { checkConfig } from './check-config.js';
import { configSchema, type ResolvedConfig } from './config-schema.js';

/**
 * Checks a configuration and fills in the defaults. `source` names it in errors, for example the file.
 * Throws `ConfigInvalidError` with every bad field.
 */
export const parseConfig = (config: unknown, source = 'The configuration'): ResolvedConfig =>
  checkConfig(configSchema, config, source);
