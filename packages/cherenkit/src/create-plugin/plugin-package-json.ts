import { API_VERSION } from '@cherenkit/core/internal';
import type { PluginNames } from './plugin-names.js';

/** Development tools of a new plugin, with tested versions. */
const DEV_DEPENDENCIES = {
  '@eslint/js': '^10.0.1',
  '@types/node': '^20.19.0',
  eslint: '^10.15.0',
  typescript: '~5.9.3',
  'typescript-eslint': '^8.73.0',
} as const;

/**
 * Returns the content of package.json of a new plugin.
 *
 * @param start - command of `npm start`
 * @param version - version of cherenkit
 * @param options - whether the code imports `@cherenkit/kernels`; packages of Cherenkit installed from local files
 */
export function pluginPackageJson(
  { packageName, fileName }: PluginNames,
  description: string,
  start: string,
  version: string,
  { usesKernels, localPackages }: { readonly usesKernels: boolean; readonly localPackages: Record<string, string> },
): object {
  const cherenkit = `^${version}`;
  return {
    name: packageName,
    version: '0.1.0',
    description,
    keywords: ['cherenkit', 'cherenkit-plugin'],
    type: 'module',
    engines: { node: '>=20.19' },
    exports: {
      '.': { types: './dist/index.d.ts', default: './dist/index.js' },
      './cherenkit-manifest.json': './cherenkit-manifest.json',
      './package.json': './package.json',
    },
    files: ['dist', '!dist/*.test.*', 'cherenkit-manifest.json'],
    cherenkit: { apiVersion: `^${API_VERSION}`, manifest: './cherenkit-manifest.json' },
    scripts: {
      build: 'tsc && cherenkit plugins manifest',
      lint: 'eslint .',
      test: `npm run build && node --test dist/${fileName}.test.js`,
      start,
      prepack: 'npm run build',
    },
    ...(usesKernels && { dependencies: { '@cherenkit/kernels': cherenkit } }),
    peerDependencies: { '@cherenkit/core': cherenkit },
    devDependencies: {
      '@cherenkit/core': cherenkit,
      '@cherenkit/testing': cherenkit,
      cherenkit,
      ...localPackages,
      ...DEV_DEPENDENCIES,
    },
  };
}
