import { z } from 'zod';
import { configSchema } from './config-schema.js';

/** The JSON Schema (draft 2020-12) of the configuration as users write it, for editors and `signalbox config schema`. */
export const configJsonSchema = (): Record<string, unknown> => {
  const schema = z.toJSONSchema(configSchema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      // AI SDK providers are objects in code: JSON and YAML can only hold the endpoint description.
      if (jsonSchema.anyOf)
        jsonSchema.anyOf = jsonSchema.anyOf.filter((branch) => Object.keys(branch).length > 0);
    },
  });
  return { title: 'Signalbox configuration', ...schema };
};
