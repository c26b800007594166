// Copies the Blosc filter of HDF5, compiled to WebAssembly, from h5wasm-plugins to the package that reads HDF5 files. That
// package is not a dependency at run time, since it contains ten other filters and requires an older h5wasm.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FILTERS = { 'libH5Zblosc.so': 'f91664d94beefa27996820d8c6b2e36ebb0e782da73458cb2efe92cd5ec05b11' };

const plugins = join(dirname(createRequire(import.meta.url).resolve('h5wasm-plugins')), 'plugins');
const folder = fileURLToPath(new URL('../packages/plugin-hdf5/filters/', import.meta.url));
mkdirSync(folder, { recursive: true });
for (const [name, expected] of Object.entries(FILTERS)) {
  const content = readFileSync(join(plugins, name));
  const found = createHash('sha256').update(content).digest('hex');
  if (found !== expected) {
    console.error(
      `${join(plugins, name)}: expected SHA-256 ${expected}, found ${found}. Check the version of h5wasm-plugins.`,
    );
    process.exit(1);
  }
  writeFileSync(join(folder, name), content);
}
