// Benchmarks `cherenkit merge`: time, CPU time and peak memory of a merge of many files, compared with ctapipe-merge of the same
// files if $CTAPIPE_PYTHON is set.
//
// usage: npm run bench -- merge [FILE] [--files 100] [--ctapipe-files 50] [--runs 1]
//
// The files are copies of FILE, by default of two events of the toy model, with other observation blocks. ctapipe merges fewer
// of them unless --ctapipe-files says otherwise. The programs alternate; medians are printed. Requires /proc.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { FileSink } from '@cherenkit/io/node';
import { Hdf5File, Hdf5Writer, readTable, writeTable } from '@cherenkit/plugin-hdf5';
import { Column, Table } from '@cherenkit/tables';
import { measureProcess } from './measure-process.mjs';

const COMMAND = fileURLToPath(new URL('../packages/cherenkit/bin/cherenkit.js', import.meta.url));
const CTAPIPE_MERGE = 'from ctapipe.tools.merge import main; main()';
const FIRST_OBS_ID = 1001;

const { values: options, positionals } = parseArgs({
  args: process.argv.slice(3),
  allowPositionals: true,
  options: {
    files: { type: 'string', default: '100' },
    'ctapipe-files': { type: 'string', default: '50' },
    runs: { type: 'string', default: '1' },
  },
});
const nFiles = Number(options.files);

/** Writes copies of a file, each with an observation block of its own. */
async function writeCopies(path, folder) {
  const file = await Hdf5File.open(path);
  const tables = new Map();
  for (const each of await file.paths()) tables.set(each, await readTable(file, each, { raw: true }));
  const root = [...(await file.attributes('/', /^CTA /))].map(([name, value]) => [name, String(value)]);
  await file.close();
  const paths = [];
  for (let obsId = FIRST_OBS_ID; obsId < FIRST_OBS_ID + nFiles; obsId++) {
    const copy = join(folder, `${obsId}.h5`);
    const writer = new Hdf5Writer(new FileSink(copy));
    for (const [each, table] of tables) writeTable(writer, each, withObsId(table, obsId));
    writer.setAttributes('/', { ...Object.fromEntries(root), 'CTA PROCESS ID': String(obsId) });
    await writer.finish();
    paths.push(copy);
  }
  return paths;
}

function withObsId(table, obsId) {
  if (!table.has('obs_id')) return table;
  const columns = [...table.columns.values()].map((column) => {
    if (column.name !== 'obs_id') return column;
    const values = column.values.slice();
    return new Column(column, values.fill(typeof values[0] === 'bigint' ? BigInt(obsId) : obsId));
  });
  return new Table(columns, table.meta);
}

const scratch = mkdtempSync(join(tmpdir(), 'cherenkit-bench-merge-'));
try {
  let input = positionals[0] && resolve(process.env.INIT_CWD ?? '.', positionals[0]);
  if (!input) {
    input = join(scratch, 'toy.h5');
    const flags = ['--write-images', '--write-showers', '--quiet'];
    const args = [COMMAND, 'process', '-i', 'toymodel:?events=2', '-o', input, ...flags];
    spawnSync(process.execPath, args, { stdio: 'inherit' });
  }
  const paths = await writeCopies(input, scratch);
  const runs = [{ name: 'cherenkit merge', paths, file: process.execPath, args: [COMMAND, 'merge', '--no-progress'] }];
  if (process.env.CTAPIPE_PYTHON) {
    const some = paths.slice(0, Number(options['ctapipe-files']));
    runs.push({ name: 'ctapipe-merge', paths: some, file: process.env.CTAPIPE_PYTHON, args: ['-c', CTAPIPE_MERGE] });
  }
  const measured = runs.map(() => []);
  for (let turn = 0; turn < Number(options.runs); turn++) {
    for (const [i, { paths: files, file, args }] of runs.entries()) {
      // ctapipe reads no list of files, but a configuration file.
      const config = join(scratch, 'files.json');
      writeFileSync(config, JSON.stringify({ MergeTool: { input_files: files } }));
      measured[i].push(
        await measureProcess(
          file,
          [...args, '-c', config, '-o', join(scratch, 'merged.h5'), '--overwrite', '--quiet'],
          scratch,
        ),
      );
    }
  }
  const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
  const perFile = runs.map(({ paths: files, name }, i) => {
    const [seconds, cpu, memory] = ['seconds', 'cpu', 'memory'].map((key) =>
      median(measured[i].map((run) => run[key])),
    );
    const times = `${seconds.toFixed(1)} s, ${cpu.toFixed(1)} s of CPU time (${((1000 * cpu) / files.length).toFixed(0)} ms per file)`;
    console.log(`${name.padEnd(16)} ${files.length} files: ${times}, peak memory ${(memory / 1e6).toFixed(0)} MB`);
    return { seconds: seconds / files.length, cpu: cpu / files.length };
  });
  const [ours, theirs] = perFile;
  if (theirs) {
    const [cpu, seconds] = ['cpu', 'seconds'].map((key) => (theirs[key] / ours[key]).toFixed(1));
    console.log(`cherenkit is ${cpu} times as fast per file in CPU time, ${seconds} times in time`);
  } else {
    console.log('Set CTAPIPE_PYTHON to a Python with ctapipe to compare with it.');
  }
} finally {
  rmSync(scratch, { recursive: true });
}
