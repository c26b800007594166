// How fast `cherenkit process` is, as a whole process and with images, on a real file repeated to some 300 events.
//
// usage: npm run bench -- [FILE | --toy ARRAY] [--events 300] [--runs 5] [--node PATH]
//        npm run bench -- algorithms [FILE...]      each image extractor and cleaner, see bench-algorithms.mjs
//        npm run bench -- images      of islands and tailcuts, see bench-images.mjs
//        npm run bench -- start       of the command
//        npm run bench -- toy         of simulated showers, see bench-toy.mjs
//
// Needs zstd and, but for --toy, python3 and $CHERENKIT_TEST_DATA (its tools/replicate_events.py, and its data for the default
// FILE). --toy takes events that `cherenkit simulate --array ARRAY` writes, each one different. Compares with
// `zstd -dc` of the same file, the floor, and with ctapipe-process where $CTAPIPE_PYTHON is set. The programs take turns.
// Closes with what a start costs, see bench-start.mjs.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { clearInterval, setInterval } from 'node:timers';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import './set-up.mjs';
import { benchStart } from './bench-start.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const command = join(root, 'packages', 'cherenkit', 'bin', 'cherenkit.js');
const testData = process.env.CHERENKIT_TEST_DATA;
const ctapipePython = process.env.CTAPIPE_PYTHON;

const others = {
  start: './bench-start.mjs',
  algorithms: './bench-algorithms.mjs',
  images: './bench-images.mjs',
  toy: './bench-toy.mjs',
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
  console.error('Set CHERENKIT_TEST_DATA to a folder with data/ and tools/; see CONTRIBUTING.md; or give --toy north.');
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
  for (const [index, program] of programs.entries()) measured[index].push(await measure(program));
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

/** Makes the input of a toy array; returns what it is. */
function simulate(array) {
  check(options.node, [command, 'simulate', '-o', input, '--array', array, '--events', options.events]);
  return `toy array ${array}`;
}

/** Makes the input of a real file; returns what it is. */
function replicate() {
  const original = positionals[0]
    ? resolve(process.env.INIT_CWD ?? '.', positionals[0])
    : join(testData, 'data', 'proton_north_alpha_700.simtel.zst');
  const copies = Math.ceil(Number(options.events) / countEvents(original).events);
  check('python3', [join(testData, 'tools', 'replicate_events.py'), original, input, String(copies)]);
  return `${original} repeated ${copies} times`;
}

/** What `cherenkit events` finds in a file. */
function countEvents(file) {
  const lines = check(options.node, [command, 'events', file, '--json'])
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return { events: lines.length, telescopeEvents: lines.reduce((sum, event) => sum + event.telescopes.length, 0) };
}

/** Runs a program to its end and returns what it printed. */
function check(file, args) {
  const { status, stdout, stderr, error } = spawnSync(file, args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status === 0) return stdout;
  console.error(`${file} ${args.join(' ')} failed: ${error?.message ?? stderr}`);
  process.exit(1);
}

function version(file, args) {
  return `Node ${check(file, args).trim()}`;
}

/** Wall time and peak memory of a process; its high-water mark is read from /proc while it runs. */
function measure({ name, file, args }) {
  return new Promise((resolveRun, reject) => {
    const begin = performance.now();
    const child = spawn(file, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
    let memory = NaN;
    const poll = setInterval(() => (memory = peakMemory(child.pid) ?? memory), 20);
    child.on('error', reject);
    child.on('exit', (status) => {
      clearInterval(poll);
      if (status !== 0) reject(new Error(`${name} ended with ${status}`));
      resolveRun({ seconds: (performance.now() - begin) / 1000, memory });
    });
  });
}

/** Bytes; undefined where there is no /proc or the process has gone. */
function peakMemory(pid) {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return undefined;
  const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync(file, 'utf8'))?.[1];
  return kilobytes && Number(kilobytes) * 1024;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}
