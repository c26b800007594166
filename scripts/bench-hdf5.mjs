// Benchmarks reading HDF5 tables of images (blosc:zstd) and of parameters: rows per second of CPU time, by the HDF5 library as
// packed rows and as columns, by our own reader of PyTables' format, and by PyTables if $CTAPIPE_PYTHON is set. The readers
// alternate; the best of the runs is printed.
//
// usage: npm run bench -- hdf5 [--images 2000] [--parameters 50000] [--runs 3]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openFile } from '@cherenkit/io';
import { FileSink } from '@cherenkit/io/node';
import { Hdf5File } from '@cherenkit/plugin-hdf5';
import { Hdf5Reader, Hdf5Writer } from '@cherenkit/plugin-hdf5/internal';

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: {
    images: { type: 'string', default: '2000' },
    parameters: { type: 'string', default: '50000' },
    runs: { type: 'string', default: '3' },
  },
});
const [nImages, nParameters, runs] = [values.images, values.parameters, values.runs].map(Number);
const PIXELS = 1855;
const COLUMNS = {
  '/images': [
    { name: 'event_id', type: 'int64' },
    { name: 'image', type: 'float32', shape: [PIXELS] },
    { name: 'peak_time', type: 'float32', shape: [PIXELS] },
    { name: 'image_mask', type: 'bool', shape: [PIXELS] },
  ],
  '/parameters': [
    { name: 'event_id', type: 'int64' },
    ...Array.from({ length: 40 }, (_, i) => ({ name: `parameter_${i}`, type: i % 2 ? 'float64' : 'float32' })),
    ...Array.from({ length: 4 }, (_, i) => ({ name: `count_${i}`, type: 'int32' })),
  ],
};
const ROWS = { '/images': nImages, '/parameters': nParameters };

/** Noise of a night sky, so that it compresses as little as real images do. */
async function writeFile(path) {
  const file = new Hdf5Writer(new FileSink(path, { overwrite: true }));
  const noise = (n) =>
    Float32Array.from({ length: n }, () => Math.round(200 * (Math.random() + Math.random() - 1)) / 64);
  for (const [name, columns] of Object.entries(COLUMNS)) {
    const table = file.createTable(name, columns);
    for (let row = 0; row < ROWS[name]; row++) {
      table.append(
        columns.map(({ type, shape }, i) => {
          if (i === 0) return row;
          if (shape)
            return type === 'bool' ? new Uint8Array(PIXELS).fill(1, row % 1000, (row % 1000) + 20) : noise(PIXELS);
          return type === 'int32' ? row % 7 : Math.random();
        }),
      );
      await file.drain();
    }
  }
  await file.finish();
}

const BLOCK = 1000;
const readers = {
  'HDF5 library, packed rows': async (path, name) => {
    const file = await Hdf5File.open(path);
    const table = await file.table(name);
    for (let row = 0; row < table.nRows; row += BLOCK) await table.rows(row, row + BLOCK);
    await file.close();
  },
  'HDF5 library, columns': async (path, name) => {
    const file = await Hdf5File.open(path);
    const table = await file.table(name);
    const names = table.columns.map((column) => column.name);
    for (let row = 0; row < table.nRows; row += BLOCK) await table.read(names, row, row + BLOCK);
    await file.close();
  },
  'our reader, columns': async (path, name) => {
    const bytes = await openFile(path);
    const table = await (await Hdf5Reader.open(bytes)).table(name);
    const names = table.columns.map((column) => column.name);
    for (let row = 0; row < table.nRows; row += BLOCK) await table.read(names, row, row + BLOCK);
    await bytes[Symbol.asyncDispose]();
  },
};
const PYTABLES = `
import sys, time, tables
tables.set_blosc_max_threads(1)
with tables.open_file(sys.argv[1]) as file:
    table = file.get_node(sys.argv[2])
    table[:10]
    start = time.process_time()
    for row in range(0, len(table), ${BLOCK}): table[row:row + ${BLOCK}]
    print(time.process_time() - start)`;

async function cpuSecondsOf(work) {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

const folder = mkdtempSync(join(tmpdir(), 'cherenkit-bench-hdf5-'));
try {
  const path = join(folder, 'bench.h5');
  await writeFile(path);
  for (const [name, nRows] of Object.entries(ROWS)) {
    const best = new Map();
    for (let run = 0; run < runs; run++) {
      const seconds = new Map();
      for (const [reader, read] of Object.entries(readers))
        seconds.set(reader, await cpuSecondsOf(() => read(path, name)));
      if (process.env.CTAPIPE_PYTHON) {
        const { stdout } = spawnSync(process.env.CTAPIPE_PYTHON, ['-c', PYTABLES, path, name], { encoding: 'utf8' });
        seconds.set('PyTables, rows', Number(stdout));
      }
      for (const [reader, value] of seconds) best.set(reader, Math.min(value, best.get(reader) ?? Infinity));
    }
    const file = await Hdf5File.open(path);
    const { rowBytes } = await file.table(name);
    await file.close();
    console.log(`\n${name}: ${nRows} rows of ${rowBytes} bytes, blosc:zstd; per second of CPU time:`);
    for (const [reader, seconds] of best) {
      const rate = Math.round(nRows / seconds).toLocaleString('en');
      const megabytes = Math.round((nRows * rowBytes) / seconds / 1e6);
      console.log(`  ${reader.padEnd(28)} ${rate.padStart(10)} rows ${String(megabytes).padStart(6)} MB`);
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
