import { createRequire } from 'node:module';
import { PluginRegistry, type InstalledPlugin, type PluginManifest } from '@cherenkit/core';

const require = createRequire(import.meta.url);

/** The packages that come with cherenkit; their code is imported when one of their components is used. */
const PACKAGES: Readonly<Record<string, InstalledPlugin['load']>> = {
  '@cherenkit/core': () => import('@cherenkit/core'),
  '@cherenkit/plugin-cleaners': () => import('@cherenkit/plugin-cleaners'),
  '@cherenkit/plugin-extractors': () => import('@cherenkit/plugin-extractors'),
  '@cherenkit/plugin-hdf5': () => import('@cherenkit/plugin-hdf5'),
  '@cherenkit/plugin-hillas': () => import('@cherenkit/plugin-hillas'),
  '@cherenkit/plugin-simtel': () => import('@cherenkit/plugin-simtel'),
  '@cherenkit/plugin-toymodel': () => import('@cherenkit/plugin-toymodel'),
};

/** What a package.json says of a plugin. */
interface PluginPackage {
  readonly version: string;
  readonly cherenkit: { readonly apiVersion: string; readonly manifest: string };
}

/** The plugins that come with cherenkit, by their manifests. */
export function builtInPlugins(): PluginRegistry {
  return new PluginRegistry(
    Object.entries(PACKAGES).map(([packageName, load]): InstalledPlugin => {
      const { version, cherenkit } = require(`${packageName}/package.json`) as PluginPackage;
      const manifest = require(`${packageName}/cherenkit-manifest.json`) as PluginManifest;
      return { packageName, version, apiVersion: cherenkit.apiVersion, manifest, load };
    }),
  );
}
