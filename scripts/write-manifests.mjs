// Writes the manifest of every plugin of this repository, as its built classes declare it. `--check` only tells what is stale.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { formatManifest, manifestOf } = await import(pathToFileURL(join(root, 'packages/core/dist/index.js')).href);

const stale = [];
for (const folder of readdirSync(join(root, 'packages')).sort()) {
  const directory = join(root, 'packages', folder);
  const { cherenkit } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
  if (cherenkit === undefined) continue;
  const { default: plugin } = await import(pathToFileURL(join(directory, 'dist/index.js')).href);
  const file = join(directory, cherenkit.manifest);
  const text = formatManifest(manifestOf(plugin));
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
  stale.push(file);
  if (!process.argv.includes('--check')) writeFileSync(file, text);
}

if (stale.length > 0 && process.argv.includes('--check')) {
  console.error(`Stale, run npm run build:\n${stale.join('\n')}`);
  process.exitCode = 1;
}
