// Benchmarks `cherenkit process` including images and process start, on a file replicated to about 300 events.
//
// usage: npm run bench -- [FILE | --toy ARRAY] [--events 300] [--runs 5] [--node PATH]
//        npm run bench -- algorithms [FILE...]   image extractors and cleaners, see bench-algorithms.mjs
//        npm run bench -- hdf5                   reading of HDF5 tables, see bench-hdf5.mjs
//        npm run bench -- images                 island counting and tail-cuts cleaning, see bench-images.mjs
//        npm run bench -- merge [FILE]           merge of many files, see bench-merge.mjs
//        npm run bench -- impact                 ImPACTReconstructor, see bench-impact.mjs
//        npm run bench -- irf DIR                cuts and instrument responses, see bench-irf.mjs
//        npm run bench -- ml [DIR]               models: apply-models, training, evaluation, see bench-ml.mjs
//        npm run bench -- pictures               drawing of cameras and arrays, see bench-pictures.mjs
//        npm run bench -- start                  start of the command, see bench-start.mjs
//        npm run bench -- toy                    toy model, see bench-toy.mjs
//        npm run bench -- viewer [FILE]          event viewer in Chromium, see bench-viewer.mjs
//
// Requires zstd and, unless --toy is given, python3 and $CHERENKIT_TEST_DATA (tools/replicate_events.py, and data for the
// default FILE). --toy uses distinct events simulated by `cherenkit simulate --array ARRAY`. Compares with `zstd -dc` of the
// input as lower limit, and with ctapipe-process if $CTAPIPE_PYTHON is set. The programs alternate. Finally runs bench-start.mjs.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import './set-up.mjs';
import { benchStart } from './bench-start.mjs';
import { measureProcess } from './measure-process.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const command = join(root, 'packages', 'cherenkit', 'bin', 'cherenkit.js');
const testData = process.env.CHERENKIT_TEST_DATA;
const ctapipePython = process.env.CTAPIPE_PYTHON;

const others = {
  start: './bench-start.mjs',
  algorithms: './bench-algorithms.mjs',
  hdf5: './bench-hdf5.mjs',
  images: './bench-images.mjs',
  merge: './bench-merge.mjs',
  impact: './bench-impact.mjs',
  irf: './bench-irf.mjs',
  ml: './bench-ml.mjs',
  pictures: './bench-pictures.mjs',
  toy: './bench-toy.mjs',
  viewer: './bench-viewer.mjs',
};
if (Object.hasOwn(others, process.argv[2] ?? '')) {
  await import(others[process.argv[2]]);
  process.exit();
}

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    events: { type: 'string', default: '300' },
    toy: { type: 'string' },
    runs: { type: 'string', default: '5' },
    node: { type: 'string', default: process.execPath },
  },
});

if (!testData && !options.toy) {
  console.error(
    'Set CHERENKIT_TEST_DATA to a folder that contains data/ and tools/ (see CONTRIBUTING.md), or use --toy north.',
  );
  process.exit(2);
}

const scratch = mkdtempSync(join(tmpdir(), 'cherenkit-bench-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

const input = join(scratch, 'long.simtel.zst');
const made = options.toy ? simulate(options.toy) : replicate();
const { events, telescopeEvents } = countEvents(input);
console.log(`${made}: ${events} events, ${telescopeEvents} telescope events, ${megabytes(statSync(input).size)}`);
console.log(
  `${version(options.node, ['--version'])} on ${cpus().length} x ${cpus()[0]?.model}; medians of ${options.runs}\n`,
);

const output = join(scratch, 'events.h5');
const programs = [
  { name: 'zstd -dc', file: 'zstd', args: ['-dc', input] },
  {
    name: 'cherenkit process',
    file: options.node,
    args: [command, 'process', '-i', input, '-o', output, '--write-images', '--overwrite', '--quiet', '--no-progress'],
  },
];
if (ctapipePython) {
  const log = join(scratch, 'provenance.log');
  const args = ['-i', input, '-o', output, '--write-images', '--overwrite', '--quiet', '--provenance-log', log];
  programs.push({ name: 'ctapipe-process', file: ctapipePython, args: ['-m', 'ctapipe.tools.process', ...args] });
}

const measured = programs.map(() => []);
for (let turn = 0; turn < Number(options.runs); turn++) {
  for (const [index, program] of programs.entries())
    measured[index].push(await measureProcess(program.file, program.args, root));
}

const [floor, ours, ctapipe] = measured.map((runs) => ({
  seconds: median(runs.map((run) => run.seconds)),
  memory: Math.max(...runs.map((run) => run.memory)),
}));
for (const [index, { seconds, memory }] of [floor, ours, ctapipe].filter(Boolean).entries()) {
  const speed = `${(telescopeEvents / seconds).toFixed(0)} telescope events/s`;
  const peak = Number.isFinite(memory) ? megabytes(memory) : 'unknown';
  console.log(
    `${programs[index].name.padEnd(18)} ${seconds.toFixed(2).padStart(7)} s  ${speed.padStart(26)}  peak memory ${peak}`,
  );
}
console.log(`\ncherenkit takes ${(ours.seconds / floor.seconds).toFixed(1)} times as long as zstd -dc of the input`);
if (ctapipe) console.log(`cherenkit is ${(ctapipe.seconds / ours.seconds).toFixed(1)} times as fast as ctapipe`);
else console.log('Set CTAPIPE_PYTHON to a Python with ctapipe to compare with it.');

benchStart({ node: options.node });

/** Simulates the input with the toy model; returns its description. */
function simulate(array) {
  check(options.node, [command, 'simulate', '-o', input, '--array', array, '--events', options.events]);
  return `toy array ${array}`;
}

/** Creates the input by replicating the events of a file; returns its description. */
function replicate() {
  const original = positionals[0]
    ? resolve(process.env.INIT_CWD ?? '.', positionals[0])
    : join(testData, 'data', 'proton_north_alpha_700.simtel.zst');
  const copies = Math.ceil(Number(options.events) / countEvents(original).events);
  check('python3', [join(testData, 'tools', 'replicate_events.py'), original, input, String(copies)]);
  return `${original} repeated ${copies} times`;
}

/** Counts the events of a file with `cherenkit events`. */
function countEvents(file) {
  const lines = check(options.node, [command, 'events', file, '--json'])
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return { events: lines.length, telescopeEvents: lines.reduce((sum, event) => sum + event.telescopes.length, 0) };
}

/** Runs a program and returns its standard output; exits if it fails. */
function check(file, args) {
  const { status, stdout, stderr, error } = spawnSync(file, args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status === 0) return stdout;
  console.error(`${file} ${args.join(' ')} failed: ${error?.message ?? stderr}`);
  process.exit(1);
}

function version(file, args) {
  return `Node ${check(file, args).trim()}`;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}
