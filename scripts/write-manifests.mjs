// Writes the manifest of every plugin of this repository, as its built classes declare it, and that of the commands,
// from which help is printed without loading them. `--check` only lists what is stale.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Plugin } from '@oclif/core';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const importFrom = (...path) => import(pathToFileURL(join(root, 'packages', ...path)).href);
const { formatManifest, manifestOf } = await importFrom('core/dist/internal.js');

const stale = [];
for (const folder of readdirSync(join(root, 'packages')).sort()) {
  const directory = join(root, 'packages', folder);
  const { cherenkit } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
  if (cherenkit === undefined) continue;
  const { default: plugin } = await importFrom(folder, 'dist/index.js');
  update(join(directory, cherenkit.manifest), formatManifest(manifestOf(plugin)));
}

const commands = join(root, 'packages/cherenkit');
// Not Config.load: it takes the manifest that is there, whatever its options are.
const plugin = new Plugin({ root: commands, ignoreManifest: true, isRoot: true });
await plugin.load();
const manifest = { ...plugin.manifest, commands: { ...plugin.manifest.commands, ...(await toolManifests()) } };
update(join(commands, 'oclif.manifest.json'), `${JSON.stringify(sorted(manifest), undefined, 2)}\n`);

if (stale.length > 0 && process.argv.includes('--check')) {
  console.error(`Stale, run npm run build:\n${stale.join('\n')}`);
  process.exitCode = 1;
}

/** The commands of the built-in tools, which are made of the manifests of their plugins. */
async function toolManifests() {
  // oclif has no export for what it does to each command itself.
  const { cacheCommand } = createRequire(import.meta.url)(
    join(root, 'node_modules/@oclif/core/lib/util/cache-command.js'),
  );
  const { builtInToolCommands } = await importFrom('cherenkit/dist/tool-help.js');
  const entries = builtInToolCommands().map(async (command) => {
    const content = await cacheCommand(command, plugin);
    return [command.id, { ...JSON.parse(JSON.stringify(content)), isTool: true }];
  });
  return Object.fromEntries(await Promise.all(entries));
}

function sorted({ commands: all, ...others }) {
  const names = Object.keys(all).sort();
  return { commands: Object.fromEntries(names.map((name) => [name, all[name]])), ...others };
}

/** Writes a file whose text has changed. */
function update(file, text) {
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  stale.push(file);
  if (!process.argv.includes('--check')) writeFileSync(file, text);
}
