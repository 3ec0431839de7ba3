// Holds that every export of a package's entry files has a docstring where it is declared. `export *` is left out: the
// telemetry names, which the reference page is generated from.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const REEXPORT = /export (?:type )?\{([^}]+)\} from '(\.[^']+)\.js'/g;
const problems: string[] = [];

/** The names that a list such as `a, type B, c as d` takes from its file. */
const namesOf = (list: string): string[] =>
  list.split(',').flatMap((item) => /^(?:type )?(\w+)/.exec(item.trim())?.[1] ?? []);

const isDocumented = (source: string, name: string): boolean | null => {
  const declared = new RegExp(
    `^export (?:async |abstract )?(?:const|function\\*?|class|interface|type) ${name}\\b`,
    'm',
  );
  const at = declared.exec(source)?.index;
  return at === undefined ? null : source.slice(0, at).trimEnd().endsWith('*/');
};

for (const entry of globSync(['packages/*/src/**/index.ts', 'collector/src/**/index.ts'])) {
  for (const [, list = '', path = ''] of readFileSync(entry, 'utf8').matchAll(REEXPORT)) {
    const file = join(dirname(entry), `${path}.ts`);
    const source = readFileSync(file, 'utf8');
    for (const name of namesOf(list)) {
      const documented = isDocumented(source, name);
      if (documented === null) problems.push(`${entry}: ${name} is not declared in ${file}.`);
      else if (!documented) problems.push(`${file}: ${name} is exported; write a docstring above it.`);
    }
  }
}

for (const problem of problems) console.error(problem);
process.exit(problems.length === 0 ? 0 : 1);
