import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { PluginManifest, InstalledPlugin } from '@cherenkit/core';

const require = createRequire(import.meta.url);

/** Packages of the built-in plugins. Their code is imported when one of their components is used. */
const PACKAGES: Readonly<Record<string, InstalledPlugin['load']>> = {
  '@cherenkit/core': () => import('@cherenkit/core'),
  '@cherenkit/plugin-cleaners': () => import('@cherenkit/plugin-cleaners'),
  '@cherenkit/plugin-display': () => import('@cherenkit/plugin-display'),
  '@cherenkit/plugin-extractors': () => import('@cherenkit/plugin-extractors'),
  '@cherenkit/plugin-hdf5': () => import('@cherenkit/plugin-hdf5'),
  '@cherenkit/plugin-hillas': () => import('@cherenkit/plugin-hillas'),
  '@cherenkit/plugin-impact': () => import('@cherenkit/plugin-impact'),
  '@cherenkit/plugin-irf': () => import('@cherenkit/plugin-irf'),
  '@cherenkit/plugin-ml': () => import('@cherenkit/plugin-ml'),
  '@cherenkit/plugin-monitoring': () => import('@cherenkit/plugin-monitoring'),
  '@cherenkit/plugin-muon': () => import('@cherenkit/plugin-muon'),
  '@cherenkit/plugin-production': () => import('@cherenkit/plugin-production'),
  '@cherenkit/plugin-simtel': () => import('@cherenkit/plugin-simtel'),
  '@cherenkit/plugin-toymodel': () => import('@cherenkit/plugin-toymodel'),
  '@cherenkit/plugin-zfits': () => import('@cherenkit/plugin-zfits'),
};

/** Whether a package is a dependency of cherenkit. */
export function isBuiltIn(packageName: string): boolean {
  return Object.hasOwn(PACKAGES, packageName);
}

/** Fields of package.json that describe a plugin. */
interface PackageContent {
  readonly version: string;
  readonly cherenkit: { readonly apiVersion: string; readonly manifest: string };
}

let builtIn: readonly InstalledPlugin[] | undefined;

/** Reads the manifests of the built-in plugins. They are kept for later calls. */
export function builtInPlugins(): readonly InstalledPlugin[] {
  return (builtIn ??= readManifests());
}

function readManifests(): InstalledPlugin[] {
  return Object.entries(PACKAGES).map(([packageName, load]) => {
    const { version, cherenkit } = require(`${packageName}/package.json`) as PackageContent;
    const manifest = require(`${packageName}/cherenkit-manifest.json`) as PluginManifest;
    const location = dirname(require.resolve(`${packageName}/package.json`));
    return { packageName, version, apiVersion: cherenkit.apiVersion, manifest, location, foundBy: 'built in', load };
  });
}
