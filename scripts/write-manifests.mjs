// Writes the manifest of every plugin of this repository, as its built classes declare it, and that of the commands,
// from which help is given without loading them. `--check` only tells what is stale.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Plugin } from '@oclif/core';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { formatManifest, manifestOf } = await import(pathToFileURL(join(root, 'packages/core/dist/index.js')).href);

const stale = [];
for (const folder of readdirSync(join(root, 'packages')).sort()) {
  const directory = join(root, 'packages', folder);
  const { cherenkit } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
  if (cherenkit === undefined) continue;
  const { default: plugin } = await import(pathToFileURL(join(directory, 'dist/index.js')).href);
  update(join(directory, cherenkit.manifest), formatManifest(manifestOf(plugin)));
}

const commands = join(root, 'packages/cherenkit');
// Not Config.load: it takes the manifest that is there, whatever it is told.
const plugin = new Plugin({ root: commands, ignoreManifest: true, isRoot: true });
await plugin.load();
update(join(commands, 'oclif.manifest.json'), `${JSON.stringify(plugin.manifest, undefined, 2)}\n`);

if (stale.length > 0 && process.argv.includes('--check')) {
  console.error(`Stale, run npm run build:\n${stale.join('\n')}`);
  process.exitCode = 1;
}

/** Writes a file whose text has changed. */
function update(file, text) {
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  stale.push(file);
  if (!process.argv.includes('--check')) writeFileSync(file, text);
}
