// Writes every generated file; with --check only compares, and names what is stale. Needs a build, because it reads
// the built packages.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { cliReference } from './generate/cli-reference.ts';
import { collectorMetricsReference } from './generate/collector-metrics-reference.ts';
import { configSchemaFile } from './generate/config-schema-file.ts';
import { configurationReference } from './generate/configuration-reference.ts';
import { errorReference } from './generate/error-reference.ts';
import { schemaReference } from './generate/schema-reference.ts';
import { telemetryReference } from './generate/telemetry-reference.ts';

const FILES: Record<string, () => string> = {
  'docs/reference/cli.md': cliReference,
  'docs/reference/collector-metrics.md': collectorMetricsReference,
  'docs/reference/configuration.md': configurationReference,
  'docs/reference/errors.md': errorReference,
  'docs/reference/schema.md': schemaReference,
  'docs/reference/telemetry.md': telemetryReference,
  'packages/spec/config.schema.json': configSchemaFile,
};

const check = process.argv.includes('--check');
const readIfThere = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

const stale = Object.entries(FILES).filter(([file, generate]) => readIfThere(file) !== generate());
for (const [file, generate] of stale) {
  if (check) {
    console.error(`${file} is stale; run \`pnpm fix\`.`);
    continue;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, generate());
  console.log(`wrote ${file}`);
}
process.exit(check && stale.length > 0 ? 1 : 0);
