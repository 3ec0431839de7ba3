// Runs publint over every package, so that what is published can be imported.
import { globSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

let failed = false;
for (const manifestFile of globSync(['packages/*/package.json', 'collector/package.json'])) {
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'));
  const { messages } = await publint({
    pkgDir: dirname(manifestFile),
    level: 'warning',
    strict: true,
    pack: 'npm',
  });
  for (const message of messages) {
    failed = true;
    console.error(`${manifest.name}: ${formatMessage(message, manifest)}`);
  }
}
process.exit(failed ? 1 : 0);
