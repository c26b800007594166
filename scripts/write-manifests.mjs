// Writes the manifests of the plugins in this repository from their built classes, and that of the commands, from which help
// is printed without loading code. `--check` lists outdated manifests without writing.
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
// Config.load would use the existing manifest regardless of its options.
const plugin = new Plugin({ root: commands, ignoreManifest: true, isRoot: true });
await plugin.load();
const manifest = { ...plugin.manifest, commands: { ...plugin.manifest.commands, ...(await toolManifests()) } };
update(join(commands, 'oclif.manifest.json'), `${JSON.stringify(sorted(manifest), undefined, 2)}\n`);

if (stale.length > 0 && process.argv.includes('--check')) {
  console.error(`Outdated, run npm run build:\n${stale.join('\n')}`);
  process.exitCode = 1;
}

/** Commands of the built-in tools, generated from the manifests of their plugins. */
async function toolManifests() {
  // oclif does not export this function.
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

/** Writes a file if its content has changed. */
function update(file, text) {
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  stale.push(file);
  if (!process.argv.includes('--check')) writeFileSync(file, text);
}
