import { configJsonSchema } from '../../packages/spec/dist/index.js';

/** packages/spec/config.schema.json: what editors check a JSON or YAML configuration with. */
export const configSchemaFile = (): string => `${JSON.stringify(configJsonSchema(), null, 2)}\n`;
