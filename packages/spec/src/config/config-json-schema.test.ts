import { expect, it } from 'vitest';
import { configJsonSchema } from './config-json-schema.js';

it('describes the configuration as users write it', () => {
  const schema = configJsonSchema() as { properties: Record<string, unknown>; required?: string[] };
  expect(Object.keys(schema.properties)).toEqual([
    '$schema',
    'tenant',
    'providers',
    'targets',
    'prices',
    'policy',
    'telemetry',
    'collector',
    'clickhouse',
    'retention',
  ]);
  expect(schema.required).toBeUndefined();
  expect(schema.properties.targets).toMatchObject({
    items: {
      anyOf: [
        { type: 'string' },
        {
          required: ['id'],
          properties: { price: { properties: { input: { type: 'number', minimum: 0 } } } },
        },
      ],
    },
  });
});
