// Writes the generated pages of docs/: traits, columns, and differences from ctapipe. `--check` lists outdated
// pages without writing.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { configurationPage } from './docs/configuration-page.mjs';
import { dataModelPage } from './docs/data-model-page.mjs';
import { differencesPage } from './docs/differences-page.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const pages = {
  'configuration.md': configurationPage(root),
  'data-model.md': dataModelPage(),
  'differences.md': differencesPage(root),
};

const stale = [];
for (const [name, text] of Object.entries(pages)) {
  const file = join(root, 'docs', name);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
  stale.push(`docs/${name}`);
  if (process.argv.includes('--check')) continue;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
if (stale.length > 0 && process.argv.includes('--check')) {
  console.error(`Outdated, run npm run build:\n${stale.join('\n')}`);
  process.exitCode = 1;
}
