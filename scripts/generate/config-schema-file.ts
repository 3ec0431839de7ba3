import { configJsonSchema } from '@signalbox/spec';

/** packages/spec/config.schema.json: what editors check a JSON or YAML configuration with. */
export const configSchemaFile = (): string => `${JSON.stringify(configJsonSchema(), null, 2)}\n`;
