// Benchmarks reading HDF5 files, in CPU time (user and system) of the process, without its start. If $CTAPIPE_PYTHON is set, PyTables
// and ctapipe read the same file. The programs alternate; the best of the runs is printed, for the loaders also the median.
//
// Tables: whole tables of images and of parameters (blosc:zstd), in blocks of 10,000 rows. "Columns" are typed arrays with the
// values of each column, one after the other: for PyTables, `np.ascontiguousarray` of the columns of its structured array.
// Loader: TableLoader of Cherenkit and of ctapipe; each call opens the file, reads all events and closes it. Default: a file of toy
// showers. Small files show the time to open a file and read the descriptions of its columns, large ones that to read the values.
//
// usage: npm run bench -- hdf5 [--images 4000] [--parameters 200000] [--loader FILE] [--events 1000] [--runs 5]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { FileSink } from '@cherenkit/io/node';
import { Hdf5File, readTable } from '@cherenkit/plugin-hdf5';
import { Hdf5Writer } from '@cherenkit/plugin-hdf5/internal';
import { objectLayer, runTool, TableLoader } from 'cherenkit';

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: {
    images: { type: 'string', default: '4000' },
    parameters: { type: 'string', default: '200000' },
    loader: { type: 'string' },
    events: { type: 'string', default: '1000' },
    runs: { type: 'string', default: '5' },
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

const BLOCK = 10_000;
const readers = {
  'Cherenkit, packed rows': async (path, name) => {
    const file = await Hdf5File.open(path);
    const table = await file.table(name);
    for (let row = 0; row < table.nRows; row += BLOCK) await table.rows(row, row + BLOCK);
    await file.close();
  },
  'Cherenkit, columns': async (path, name) => {
    const file = await Hdf5File.open(path);
    const { nRows } = await file.table(name);
    for (let start = 0; start < nRows; start += BLOCK) await readTable(file, name, { start, stop: start + BLOCK });
    await file.close();
  },
};
const PYTABLES = `
import json, sys, time, tables
import numpy as np
tables.set_blosc_max_threads(1)
with tables.open_file(sys.argv[1]) as file:
    table = file.get_node(sys.argv[2])
    table[:10]
    seconds = {}
    for kind in ('packed rows', 'columns'):
        start = time.process_time()
        for row in range(0, len(table), ${BLOCK}):
            rows = table[row:row + ${BLOCK}]
            if kind == 'columns': columns = [np.ascontiguousarray(rows[name]) for name in table.colnames]
        seconds['PyTables, ' + kind] = time.process_time() - start
print(json.dumps(seconds))`;

const rowsIn = (tables) => [...tables.values()].reduce((sum, { nRows }) => sum + nRows, 0);

/** Calls of a table loader, which return the number of rows. */
const LOADER_CALLS = {
  readSubarrayEvents: async (loader) => (await loader.readSubarrayEvents()).nRows,
  readTelescopeEvents: async (loader) => (await loader.readTelescopeEvents()).nRows,
  readTelescopeEventsByType: async (loader) => rowsIn(await loader.readTelescopeEventsByType()),
  'readTelescopeEventsByType, images': async (loader) =>
    rowsIn(await loader.readTelescopeEventsByType({ dl1Images: true })),
  'readTelescopeEventsById, images': async (loader) =>
    rowsIn(await loader.readTelescopeEventsById({ dl1Images: true, trueImages: true })),
  'readTelescopeEventsChunked(100)': async (loader) => {
    let sum = 0;
    for await (const { data } of loader.readTelescopeEventsChunked(100)) sum += data.nRows;
    return sum;
  },
};
const CTAPIPE = `
import json, sys, time, warnings
warnings.simplefilter('ignore')
from ctapipe.io import TableLoader
rows_in = lambda tables: sum(len(table) for table in tables.values())
calls = [
    lambda loader: len(loader.read_subarray_events()),
    lambda loader: len(loader.read_telescope_events()),
    lambda loader: rows_in(loader.read_telescope_events_by_type()),
    lambda loader: rows_in(loader.read_telescope_events_by_type(dl1_images=True)),
    lambda loader: rows_in(loader.read_telescope_events_by_id(dl1_images=True, true_images=True)),
    lambda loader: sum(len(chunk.data) for chunk in loader.read_telescope_events_chunked(100)),
]
with TableLoader(sys.argv[1]) as loader: calls[1](loader)
results = []
for call in calls:
    start = time.process_time()
    with TableLoader(sys.argv[1]) as loader: rows = call(loader)
    results.append([rows, time.process_time() - start])
print(json.dumps(results))`;

async function cpuSecondsOf(work) {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** The JSON that a script prints; undefined without ctapipe. */
function inPython(script, ...args) {
  if (!process.env.CTAPIPE_PYTHON) return undefined;
  const { stdout, stderr } = spawnSync(process.env.CTAPIPE_PYTHON, ['-c', script, ...args], { encoding: 'utf8' });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

async function benchTable(path, name, nRows) {
  const best = new Map();
  for (let run = 0; run < runs; run++) {
    const seconds = { ...inPython(PYTABLES, path, name) };
    for (const [reader, read] of Object.entries(readers)) seconds[reader] = await cpuSecondsOf(() => read(path, name));
    for (const [reader, value] of Object.entries(seconds)) {
      best.set(reader, Math.min(value, best.get(reader) ?? Infinity));
    }
  }
  const file = await Hdf5File.open(path);
  const { rowBytes } = await file.table(name);
  await file.close();
  console.log(`\n${name}: ${nRows} rows of ${rowBytes} bytes, blosc:zstd; per second of CPU time:`);
  for (const [reader, seconds] of best) {
    const rate = Math.round(nRows / seconds).toLocaleString('en');
    const megabytes = Math.round((nRows * rowBytes) / seconds / 1e6);
    console.log(`  ${reader.padEnd(24)} ${rate.padStart(10)} rows ${String(megabytes).padStart(6)} MB`);
  }
}

async function benchLoader(path) {
  const times = new Map(Object.keys(LOADER_CALLS).map((name) => [name, { ours: [], ctapipe: [] }]));
  let nEvents = 0;
  // The first run compiles the code.
  for (let run = 0; run <= runs; run++) {
    const theirs = inPython(CTAPIPE, path);
    for (const [i, [name, call]] of Object.entries(LOADER_CALLS).entries()) {
      let rows = 0;
      const seconds = await cpuSecondsOf(async () => {
        const loader = await TableLoader.open(path);
        nEvents = loader.nEvents;
        rows = await call(loader);
        await loader[Symbol.asyncDispose]();
      });
      if (theirs && theirs[i][0] !== rows) throw new Error(`${name}: ${rows} rows, ctapipe has ${theirs[i][0]}`);
      const ofCall = times.get(name);
      ofCall.rows = rows;
      if (run === 0) continue;
      ofCall.ours.push(1000 * seconds);
      if (theirs) ofCall.ctapipe.push(1000 * theirs[i][1]);
    }
  }
  console.log(`\nTableLoader, ${nEvents} array events; ms of CPU time with opening the file, least and median:`);
  for (const [name, { rows, ours, ctapipe }] of times) {
    const [least, median] = [leastOf, medianOf].map((of) => (of(ctapipe) / of(ours)).toFixed(1));
    const ratio = ctapipe.length > 0 ? `, ctapipe ${figures(ctapipe)}: ${least} and ${median} times as long` : '';
    console.log(`  ${name.padEnd(34)} ${String(rows).padStart(6)} rows ${figures(ours)}${ratio}`);
  }
}

const leastOf = (values) => Math.min(...values);
const medianOf = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const figures = (values) => [leastOf, medianOf].map((of) => of(values).toFixed(1).padStart(8)).join('');

async function simulateEvents(path) {
  const EventSource = { input_url: `toymodel:?events=${values.events}` };
  const DataWriter = { output_path: path, write_dl1_images: true, write_dl1_parameters: true, write_dl2: true };
  await runTool({ tool: 'ProcessorTool', layers: [objectLayer({ EventSource, DataWriter })] });
}

const folder = mkdtempSync(join(tmpdir(), 'cherenkit-bench-hdf5-'));
try {
  const path = join(folder, 'bench.h5');
  await writeFile(path);
  for (const [name, nRows] of Object.entries(ROWS)) await benchTable(path, name, nRows);
  const events = values.loader ?? join(folder, 'events.dl2.h5');
  if (!values.loader) await simulateEvents(events);
  await benchLoader(events);
} finally {
  rmSync(folder, { recursive: true });
}
