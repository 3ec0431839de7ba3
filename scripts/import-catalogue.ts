// Writes packages/catalogue/src/models.json: what is known of the models in the catalogue. The facts come from a snapshot
// of models.dev (MIT), from scripts/catalogue/further-models.json where the snapshot has none, retirements and tiers from
// the two files beside it. Quality that was measured comes from the development data of RouteLLM and RouterArena.
// Run by hand when the data changes: node scripts/import-catalogue.ts. Needs ../shared/data, or SIGNALBOX_DATA_DIR.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { foldAliases, type Named } from './catalogue/fold-aliases.ts';
import { readMeasuredQuality } from './catalogue/measured-quality.ts';
import { type Facts, readModelsDev } from './catalogue/models-dev.ts';

const DATA = process.env.SIGNALBOX_DATA_DIR ?? join(import.meta.dirname, '../../shared/data');
const OUT = join(import.meta.dirname, '../packages/catalogue/src/models.json');
const SNAPSHOT = 'models.dev, 2026-07-02';
const PROVIDERS = [
  'alibaba',
  'amazon-bedrock',
  'anthropic',
  'cerebras',
  'cohere',
  'deepseek',
  'fireworks-ai',
  'google',
  'groq',
  'mistral',
  'moonshotai',
  'openai',
  'perplexity',
  'togetherai',
  'xai',
];
/** Models of before, unless they are named as retiring, are left out: nobody adds them to a new configuration. */
const SINCE = '2024-07';

type FurtherModels = { source: string; models: Record<string, Facts> };
type Retirements = Record<string, { source: string; dates: Record<string, string[]> }>;
type TierRule = { vendor: string; models: string; tier: string };

const readJson = <T>(name: string): T =>
  JSON.parse(readFileSync(join(import.meta.dirname, 'catalogue', name), 'utf8')) as T;

const further = readJson<FurtherModels>('further-models.json');
const tiers = readJson<TierRule[]>('vendor-tiers.json').map((rule) => ({
  ...rule,
  pattern: new RegExp(rule.models),
}));
const measured = readMeasuredQuality(DATA);

const retirementOf: ReadonlyMap<string, string> = new Map(
  Object.entries(readJson<Retirements>('retirements.json')).flatMap(([provider, { dates }]) =>
    Object.entries(dates).flatMap(([date, models]) =>
      models.map((model): [string, string] => [`${provider}/${model}`, date]),
    ),
  ),
);

/** The tier by the name without the provider: `anthropic.claude-opus-4-7` of Bedrock is the vendor's model too. */
const tierOf = (id: string): string | undefined => {
  const name = id.slice(id.indexOf('/') + 1).replace(/^.*[/.](?=[a-z])/i, '');
  return tiers.find(({ pattern }) => pattern.test(name.toLowerCase()))?.tier;
};

const toRow = ({ id, aliases, facts }: Named): Record<string, unknown> => {
  const names = [id, ...aliases.map((alias) => `${id.slice(0, id.indexOf('/'))}/${alias}`)];
  const retires = names.map((name) => retirementOf.get(name)).find((date) => date !== undefined);
  const tier = tierOf(id);
  const quality = names.map((name) => measured.get(name)).find((value) => value !== undefined);
  return {
    id,
    ...(aliases.length > 0 && { aliases }),
    ...facts,
    ...(retires !== undefined && { deprecated: true, retires }),
    ...(tier !== undefined && { tier }),
    ...(quality !== undefined && { measured: quality }),
    source: id in further.models ? further.source : SNAPSHOT,
  };
};

const facts = readModelsDev(join(DATA, 'prices/models.dev/providers.json'), PROVIDERS);
for (const [id, more] of Object.entries(further.models)) if (!facts.has(id)) facts.set(id, more);

const rows = foldAliases(facts)
  .map(toRow)
  .filter(({ released, retires, measured: quality }) => {
    const isRecent = released === null || String(released) >= SINCE;
    return isRecent || retires !== undefined || quality !== undefined;
  })
  .sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));

writeFileSync(OUT, `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`);
console.log(
  `wrote ${rows.length} models of ${new Set(rows.map(({ id }) => String(id).split('/')[0])).size} providers`,
);
