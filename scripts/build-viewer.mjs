// Builds the event viewer: one HTML file with the page, and its workers as compressed text. Run after the packages are bundled.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import { build, transform } from 'esbuild';
import { addLicense, writeLicenses } from './third-party-licenses.mjs';

const viewer = join(dirname(fileURLToPath(import.meta.url)), '..', 'packages', 'viewer');
const page = join(viewer, 'src', 'page');
const filter = readFileSync(join(viewer, '../plugin-hdf5/filters/libH5Zblosc.so')).toString('base64');

/** The HDF5 library has a Blosc filter of its own; that of our writer is not needed. */
const withoutBlosc = {
  name: 'without-blosc',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^numcodecs\/blosc$/ }, ({ path }) => ({ path, namespace: 'unused' }));
    onLoad({ filter: /.*/, namespace: 'unused' }, () => ({ contents: 'export default undefined;' }));
  },
};

/** Calibration files of raw data are FITS files in the page: the HDF5 library would double the worker that reads raw data. */
const withoutHdf5Calibration = {
  name: 'without-hdf5-calibration',
  setup({ onResolve, onLoad }) {
    const reason =
      'The viewer reads calibration files in FITS format only; cherenkit process reads those in HDF5 format.';
    const contents = `const open = () => Promise.reject(new Error(${JSON.stringify(reason)}));
      export const Hdf5File = { open };
      export const readTable = open;`;
    onResolve({ filter: /^@cherenkit\/plugin-hdf5$/ }, ({ path, importer }) =>
      importer.includes('plugin-zfits') ? { path, namespace: 'no-hdf5' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'no-hdf5' }, () => ({ contents }));
  },
};

const licenses = new Map();
const [script, worker, hdf5Worker] = await Promise.all(
  ['page/viewer-main.ts', 'worker/raw-viewer-worker.ts', 'worker/hdf5-viewer-worker.ts'].map(bundle),
);
const style = (
  await transform(readFileSync(join(page, 'page.css'), 'utf8'), { loader: 'css', minify: true })
).code.trim();
// A closing tag within the script would end it.
const inline = script.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');

const embedded = (name, text) => `<script type="text/plain" id="${name}">${compressed(text)}</script>`;
const parts = {
  style: `<style>${style}</style>`,
  page: `<script>${inline}</script>`,
  worker: embedded('worker', worker),
  'hdf5-worker': embedded('hdf5-worker', hdf5Worker),
};
const policy = [
  "default-src 'none'",
  // Workers inherit the policy: WebAssembly is for HDF5 files.
  `script-src '${hashOf(inline)}' 'wasm-unsafe-eval'`,
  `style-src '${hashOf(style)}'`,
  'worker-src blob:',
  'img-src data:',
  // Files of `cherenkit view`, which come from where the page comes from.
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
const html = readFileSync(join(page, 'page.html'), 'utf8')
  .replace('content="policy"', () => `content="${policy}"`)
  .replace(/<!-- ([\w-]+) -->/g, (_, name) => parts[name]);
mkdirSync(join(viewer, 'dist'), { recursive: true });
writeFileSync(join(viewer, 'dist', 'viewer.html'), html);
for (const file of ['core/dist/THIRD-PARTY-LICENSES.txt', 'plugin-hdf5/filters/LICENSES.txt']) {
  licenses.set(file, readFileSync(join(viewer, '..', file), 'utf8').trim());
}
writeLicenses(join(viewer, 'dist', 'THIRD-PARTY-LICENSES.txt'), licenses);
if (process.argv.includes('--sizes')) {
  for (const [name, text] of Object.entries({
    ...parts,
    html,
    'worker, plain': worker,
    'hdf5-worker, plain': hdf5Worker,
  })) {
    console.log(`${name.padEnd(20)} ${text.length}`);
  }
}

async function bundle(entry) {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(viewer, 'src', entry)],
    bundle: true,
    write: false,
    metafile: true,
    absWorkingDir: viewer,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    // Configurations select components by the names of their classes.
    keepNames: true,
    legalComments: 'none',
    define: { BLOSC_FILTER: JSON.stringify(filter) },
    logLevel: 'error',
    plugins: [withoutBlosc, withoutHdf5Calibration],
  });
  for (const input of Object.keys(metafile.inputs))
    if (!input.startsWith('no-hdf5')) addLicense(licenses, join(viewer, input));
  return outputFiles[0].text;
}

function compressed(text) {
  return deflateRawSync(text, { level: 9 }).toString('base64');
}

function hashOf(text) {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
