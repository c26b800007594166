import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { expect } from 'chai';
import { formatManifest, manifestOf } from '@cherenkit/core/internal';
import { definePlugin, installedPlugin, objectLayer, PluginRegistry, type Plugin } from '@cherenkit/core';
import { REPOSITORY_ROOT } from '../../../support/repository-root.js';
import { compose } from '../../../support/compose.js';

interface Package {
  readonly name: string;
  readonly files: readonly string[];
  readonly exports: object;
  readonly cherenkit?: { readonly apiVersion: string; readonly manifest: string };
}

const PACKAGES = join(REPOSITORY_ROOT, 'packages');
const plugins = readdirSync(PACKAGES)
  .map((folder) => ({
    directory: join(PACKAGES, folder),
    meta: JSON.parse(readFileSync(join(PACKAGES, folder, 'package.json'), 'utf8')) as Package,
  }))
  .filter(({ meta }) => meta.cherenkit !== undefined);

describe('built-in plugins', () => {
  it('include the packages of this repository', () => {
    expect(plugins.map(({ meta }) => meta.name)).to.include.members([
      '@cherenkit/core',
      '@cherenkit/plugin-cleaners',
      '@cherenkit/plugin-extractors',
    ]);
  });

  it('have valid default values', async () => {
    const installed = await Promise.all(
      plugins.map(async ({ directory }) =>
        installedPlugin(((await importMain(directory)) as { default: Plugin }).default),
      ),
    );
    const registry = new PluginRegistry(installed);
    const { catalog } = registry;
    const defaults = catalog.ids.map((id): [string, object] => {
      const own = Object.entries(catalog.find(id)?.entry.traits ?? {});
      const given = own.map(([trait, declaration]): [string, unknown] => [trait, declaration.default]);
      return [id, Object.fromEntries(given)];
    });
    expect(defaults).not.to.be.empty;
    await compose({ plugins: registry, layers: [objectLayer(Object.fromEntries(defaults), 'defaults')] });
  });

  for (const { directory, meta } of plugins) {
    describe(meta.name, () => {
      const manifest = meta.cherenkit?.manifest ?? '';

      it('has an up-to-date manifest (npm run build writes it)', async () => {
        const { default: plugin } = (await importMain(directory)) as { default: Plugin };
        expect(readFileSync(join(directory, manifest), 'utf8')).to.equal(formatManifest(manifestOf(plugin)));
      });

      it('publishes its manifest', () => {
        expect(meta.cherenkit).to.deep.equal({ apiVersion: '^1.0', manifest: './cherenkit-manifest.json' });
        expect(meta.files).to.include('cherenkit-manifest.json');
        expect(meta.exports).to.include({ './cherenkit-manifest.json': manifest, './package.json': './package.json' });
        expect(existsSync(join(directory, manifest))).to.equal(true);
      });

      it('lists every exported component class', async () => {
        const { default: plugin, ...exported } = (await importMain(directory)) as { default: Plugin } & object;
        const listed = new Set(Object.keys(manifestOf(plugin).components));
        const missing = Object.values(exported)
          .filter(isComponent)
          .map(({ name }) => name)
          .filter((name) => !listed.has(name) && name !== 'Component');
        expect(missing).to.deep.equal([]);
      });
    });
  }
});

function importMain(directory: string): Promise<object> {
  return import(pathToFileURL(join(directory, 'dist', 'index.js')).href) as Promise<object>;
}

/** definePlugin accepts component classes only. */
function isComponent(value: unknown): value is { name: string } {
  if (typeof value !== 'function') return false;
  try {
    return definePlugin({ name: 'test', apiVersion: 1, components: [value as never] }).components.length > 0;
  } catch {
    return false;
  }
}
