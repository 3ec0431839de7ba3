import { configJsonSchema } from '@signalbox/spec';
import { page, table } from './markdown.ts';

type Schema = {
  type?: string;
  description?: string;
  default?: unknown;
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  items?: Schema;
  anyOf?: Schema[];
  required?: string[];
};

const kindOf = (schema: Schema): string => {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => `\`${value}\``).join(', ');
  if (schema.anyOf) return [...new Set(schema.anyOf.map(kindOf))].join(' or ');
  if (schema.items) return `list of ${kindOf(schema.items)}`;
  return schema.type ?? '';
};

const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const defaultOf = ({ default: value }: Schema): string =>
  value === undefined || isObject(value) ? '' : `\`${JSON.stringify(value)}\``;

// Walks the schema depth first: every leaf field gets a row, lists as `[]`, maps as `.<name>`.
const rowsOf = (schema: Schema, path: string): string[][] => {
  const row = [`\`${path}\``, kindOf(schema), defaultOf(schema), schema.description ?? ''];
  if (schema.properties) {
    const rows = Object.entries(schema.properties).flatMap(([name, field]) =>
      rowsOf(field, path ? `${path}.${name}` : name),
    );
    return schema.description ? [row, ...rows] : rows;
  }
  if (schema.items?.properties) return rowsOf(schema.items, `${path}[]`);
  if (schema.items?.anyOf) return schema.items.anyOf.flatMap((item) => rowsOf(item, `${path}[]`));
  const map = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : null;
  const objects = (map?.anyOf ?? (map ? [map] : [])).filter(({ properties }) => properties);
  if (objects.length > 0) return objects.flatMap((object) => rowsOf(object, `${path}.<name>`));
  return [row];
};

/** docs/reference/configuration.md: every field of signalbox.config.*. */
export const configurationReference = (): string =>
  page('Configuration', [
    '`signalbox.config.{ts,js,yaml,json}`. In code, `defineConfig` from `@signalbox/spec` gives completion, and a provider may be any ' +
      'AI SDK provider. For JSON and YAML point `$schema` at `@signalbox/spec/config.schema.json`. `signalbox config check` names every bad field. ' +
      'The environment variables `SIGNALBOX_CLICKHOUSE_URL`, `_USERNAME`, `_PASSWORD` and `_DATABASE` override the `clickhouse` section.',
    table(['field', 'kind', 'default', 'meaning'], rowsOf(configJsonSchema() as Schema, '')),
  ]);
