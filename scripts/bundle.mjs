// Bundles each package: one file per entry and condition of its `exports`, and chunks for dynamic imports. Dependencies remain
// imports. Development dependencies become part of the bundle; their licenses are written beside it.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import './copy-filters.mjs';
import './copy-font.mjs';
import './copy-onnx-runtime.mjs';
import { addLicense, writeLicenses } from './third-party-licenses.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const packages = join(root, 'packages');

async function bundle(directory) {
  const content = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
  removeOldFiles(join(directory, 'dist'));
  const entries = [
    ...Object.values(content.exports).flatMap((target) => filesOf(directory, target)),
    ...(MORE_ENTRIES[content.name] ?? []),
  ];
  const external = Object.keys({
    ...content.dependencies,
    ...content.optionalDependencies,
    ...content.peerDependencies,
  });
  const licenses = new Map();
  for (const isForNode of [true, false]) {
    const wanted = entries.filter(({ condition }) => (condition === 'node') === isForNode);
    if (wanted.length === 0) continue;
    const { metafile } = await build({
      absWorkingDir: directory,
      entryPoints: wanted.map(({ name, source }) => ({ in: source, out: name })),
      outdir: 'dist',
      chunkNames: isForNode ? 'node-[name]-[hash]' : '[name]-[hash]',
      bundle: true,
      splitting: true,
      format: 'esm',
      // Packages without conditions run both in Node and in browsers.
      platform: isForNode || content.name === 'cherenkit' ? 'node' : 'neutral',
      mainFields: ['module', 'main'],
      target: 'es2022',
      external: ['node:*', 'typescript', ...external.flatMap((name) => [name, `${name}/*`])],
      sourcemap: 'linked',
      sourcesContent: false,
      legalComments: 'none',
      metafile: true,
      logLevel: 'warning',
      ...(content.name === 'cherenkit' && COMMAND_OPTIONS),
      ...(content.name === '@cherenkit/display' && DISPLAY_OPTIONS),
    });
    for (const input of Object.keys(metafile.inputs)) addLicense(licenses, join(directory, input));
  }
  removeForeignMaps(join(directory, 'dist'));
  writeLicenses(join(directory, 'dist', 'THIRD-PARTY-LICENSES.txt'), licenses);
}

/** Entries in addition to `exports`: of the command, of the scripts, and of workers. */
const MORE_ENTRIES = {
  cherenkit: [
    { name: 'main', source: 'src/main.ts', condition: 'default' },
    { name: 'commands', source: 'src/commands/index.ts', condition: 'default' },
    { name: 'tool-help', source: 'src/run/tool-help.ts', condition: 'default' },
    { name: 'event-worker', source: 'src/run/event-worker.ts', condition: 'default' },
  ],
  '@cherenkit/plugin-hdf5': [
    { name: 'hdf5-worker', source: 'src/engine/worker/hdf5-worker.ts', condition: 'default' },
    { name: 'hdf5-worker.node', source: 'src/node/hdf5-worker-thread.ts', condition: 'node' },
  ],
  '@cherenkit/plugin-ml': [{ name: 'grow-worker', source: 'src/node/grow-worker.ts', condition: 'node' }],
  '@cherenkit/plugin-onnx': [{ name: 'graph-worker', source: 'src/node/graph-worker.ts', condition: 'node' }],
};

/** Programs that the pages of tools contain. */
const PAGE_PROGRAMS = [{ folder: 'plugin-display', source: 'src/page/report-program.ts', name: 'report-program' }];

/** Options for the command: minified, since shorter code is parsed faster at each start. */
const COMMAND_OPTIONS = {
  minifyWhitespace: true,
  minifySyntax: true,
  // Bundled CommonJS packages load Node's modules by `require`.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
  },
};

/** Options for pictures: three quarters of the code are the plot library. */
const DISPLAY_OPTIONS = { minifyWhitespace: true, minifySyntax: true };

/** Removes the source maps of files that contain code of other packages only. */
function removeForeignMaps(dist) {
  for (const name of readdirSync(dist).filter((each) => each.endsWith('.js.map'))) {
    const { sources } = JSON.parse(readFileSync(join(dist, name), 'utf8'));
    if (sources.length === 0 || sources.some((source) => !source.includes('/node_modules/'))) continue;
    const file = join(dist, name.slice(0, -'.map'.length));
    writeFileSync(file, readFileSync(file, 'utf8').replace(/\n\/\/# sourceMappingURL=.*\n?$/, '\n'));
    rmSync(join(dist, name));
  }
}

/** Lists the JavaScript files of an entry of `exports`, with their conditions. */
function filesOf(directory, target, condition = 'default') {
  if (typeof target === 'string') {
    const [, name] = /^\.\/dist\/(.*)\.js$/.exec(target) ?? [];
    return name === undefined ? [] : [{ name, source: sourceOf(directory, name), condition }];
  }
  return Object.entries(target)
    .filter(([key]) => key !== 'types')
    .flatMap(([key, value]) => filesOf(directory, value, key === 'default' ? condition : key));
}

/** `index.node.js` and `index.js` are both built from `src/index.ts`, `node.js` from `src/node/index.ts`. */
function sourceOf(directory, name) {
  const base = name.replace(/\.node$/, '');
  return [`src/${base}.ts`, `src/${base}/index.ts`].find((each) => existsSync(join(directory, each)));
}

function removeOldFiles(dist) {
  if (!existsSync(dist)) return;
  for (const file of readdirSync(dist)) if (/\.js(\.map)?$/.test(file)) rmSync(join(dist, file));
}

await Promise.all(
  readdirSync(packages)
    .sort()
    .map((folder) => bundle(join(packages, folder))),
);
await Promise.all(PAGE_PROGRAMS.map(bundleProgram));

/** Bundles a program with all its dependencies, from their bundles, to one script without imports. */
async function bundleProgram({ folder, source, name }) {
  const directory = join(packages, folder);
  const { metafile } = await build({
    absWorkingDir: directory,
    entryPoints: { [name]: source },
    outdir: 'dist',
    bundle: true,
    format: 'iife',
    platform: 'browser',
    minify: true,
    keepNames: true,
    target: 'es2022',
    legalComments: 'none',
    // Chunks of packages without side effects are imported for the order of evaluation only.
    logOverride: { 'ignored-bare-import': 'silent' },
    metafile: true,
    logLevel: 'warning',
  });
  const licenses = new Map();
  for (const input of Object.keys(metafile.inputs)) addLicense(licenses, join(directory, input));
  writeLicenses(join(directory, 'dist', 'THIRD-PARTY-LICENSES.txt'), licenses);
}
