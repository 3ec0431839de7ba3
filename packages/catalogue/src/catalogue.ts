import type { CatalogueModel, VendorTier } from './catalogue-model.js';
// biome-ignore lint/correctness/useImportExtensions: the rule takes every file for code.
import rows from './models.json' with { type: 'json' };
import { type MeasuredQuality, qualityPrior } from './quality-prior.js';

/** A line of models.json, as scripts/import-catalogue.ts writes it. */
type Row = {
  id: string;
  aliases?: string[];
  context: number | null;
  output: number | null;
  input: string[];
  tools: boolean | null;
  json: boolean | null;
  released: string | null;
  deprecated?: boolean;
  retires?: string;
  tier?: VendorTier;
  measured?: MeasuredQuality;
  source: string;
};

const toModel = (row: Row): CatalogueModel => {
  const slash = row.id.indexOf('/');
  return {
    id: row.id,
    provider: row.id.slice(0, slash),
    model: row.id.slice(slash + 1),
    aliases: row.aliases ?? [],
    contextTokens: row.context,
    maxOutputTokens: row.output,
    capabilities: {
      tools: row.tools,
      json: row.json,
      vision: row.input.includes('image'),
      files: row.input.includes('pdf'),
      // No list tells it, because there is no chat API among these providers that does not stream.
      streaming: true,
    },
    inputs: row.input,
    releasedOn: row.released,
    deprecated: row.deprecated ?? false,
    retiresOn: row.retires ?? null,
    quality: qualityPrior(row.measured, row.tier),
    source: row.source,
  };
};

/** All known models, by id. Made once, when the module is loaded. */
export const CATALOGUE: readonly CatalogueModel[] = (rows as Row[]).map(toModel);
