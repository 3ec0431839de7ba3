// Holds the arrows between packages: who may import whom, and that nobody reaches into another package's folder.
// Imports that package.json does not declare, and import cycles, are the linter's part (biome.json).
import { globSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';

const ARROWS: Record<string, readonly string[]> = {
  spec: [],
  router: ['spec'],
  telemetry: ['spec'],
  prices: ['spec'],
  sdk: ['spec', 'router', 'telemetry', 'prices'],
  store: ['spec'],
  collector: ['spec', 'store'],
  'embedded-clickhouse': [],
  simulator: [],
  cli: [
    'spec',
    'router',
    'telemetry',
    'prices',
    'sdk',
    'store',
    'collector',
    'embedded-clickhouse',
    'simulator',
  ],
};

const SCOPE = '@signalbox/';
const problems: string[] = [];
const readJson = (file: string) => JSON.parse(readFileSync(file, 'utf8'));

for (const manifestFile of globSync(['packages/*/package.json', 'collector/package.json'])) {
  const folder = dirname(manifestFile);
  const manifest = readJson(manifestFile);
  const name = manifest.name.slice(SCOPE.length);
  const allowed = ARROWS[name];
  if (!allowed) {
    problems.push(
      `${manifestFile}: "${name}" has no line in scripts/check-boundaries.ts; add its arrows there.`,
    );
    continue;
  }
  const dependencies = Object.keys(manifest.dependencies ?? {})
    .filter((dependency) => dependency.startsWith(SCOPE))
    .map((dependency) => dependency.slice(SCOPE.length));
  for (const dependency of dependencies) {
    if (!allowed.includes(dependency))
      problems.push(`${manifestFile}: ${name} must not depend on ${dependency}.`);
  }

  const references: { path: string }[] = readJson(`${folder}/tsconfig.json`).references ?? [];
  const referenced = references.map(({ path }) => path.split('/').at(-1) ?? '');
  for (const dependency of dependencies.filter((each) => !referenced.includes(each))) {
    problems.push(`${folder}/tsconfig.json: add a reference to ${dependency}, or the build order is wrong.`);
  }
  for (const reference of referenced.filter((each) => !dependencies.includes(each))) {
    problems.push(`${folder}/tsconfig.json: the reference to ${reference} is not a dependency of ${name}.`);
  }

  for (const file of globSync(`${folder}/src/**/*.ts`)) {
    for (const [, specifier = ''] of readFileSync(file, 'utf8').matchAll(/\bfrom '(\.[^']+)'/g)) {
      const target = relative(resolve(folder), resolve(dirname(file), specifier));
      if (target.startsWith(`..${sep}`)) problems.push(`${file}: "${specifier}" reaches out of its package.`);
    }
  }
}

for (const problem of problems) console.error(problem);
process.exit(problems.length === 0 ? 0 : 1);
