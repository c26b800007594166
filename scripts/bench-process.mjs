// Benchmarks `cherenkit process`: start-up, and marginal time per telescope event, from a file repeated often and more often.
//
// usage: npm run bench -- [process] [FILE...] [--only NAME] [--repetitions 100,400] [--threads 1,2] [--runs 2] [--node PATH]
//                         [--json RESULTS] [--without-ctapipe]
//
// Requires zstd, python3 and $CHERENKIT_TEST_DATA (tools/replicate_events.py, and data for the default FILEs). Images, parameters and
// showers are written. Compares with `zstd -dc` of the input as lower limit, and with ctapipe-process if $CTAPIPE_PYTHON is set.
// The programs alternate; of the runs of each, the fastest is taken: other programs on the machine can only slow it down.
// ctapipe-process, which takes most of the time, runs once. `--only` selects those of the default FILEs whose names contain NAME; its
// results are added to those in RESULTS, so that the benchmark can run in parts of two minutes.
// `node scripts/write-performance.mjs RESULTS` writes the table of docs/performance.md.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import './set-up.mjs';
import { measureProcess } from './measure-process.mjs';
import { performanceTable } from './performance-table.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const command = join(root, 'packages', 'cherenkit', 'bin', 'cherenkit.js');
const { CHERENKIT_TEST_DATA: testData, CTAPIPE_PYTHON: ctapipePython, INIT_CWD: cwd = '.' } = process.env;

/** LST and MST cameras; square pixels; a camera whose samples often take two bytes. */
const FILES = ['proton_north_alpha_700.simtel.zst', 'gct_checs_muons.simtel.zst', 'lst_muons.simtel.zst'];

const { values: options, positionals } = parseArgs({
  args: process.argv.slice(process.argv[2] === 'process' ? 3 : 2),
  allowPositionals: true,
  options: {
    repetitions: { type: 'string', default: '100,400' },
    threads: { type: 'string', default: '1,2' },
    runs: { type: 'string', default: '2' },
    only: { type: 'string' },
    node: { type: 'string', default: process.execPath },
    json: { type: 'string' },
    'without-ctapipe': { type: 'boolean', default: false },
  },
});
if (!testData) {
  console.error('Set CHERENKIT_TEST_DATA to a folder that contains data/ and tools/; see CONTRIBUTING.md.');
  process.exit(2);
}
const repetitions = options.repetitions.split(',').map(Number);
const threads = options.threads.split(',').map(Number);

const scratch = mkdtempSync(join(tmpdir(), 'cherenkit-bench-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
const output = join(scratch, 'events.h5');

const { only = '' } = options;
const selected = FILES.filter((name) => name.includes(only)).map(inTestData);
if (selected.length === 0) {
  console.error(`None of the files has "${only}" in its name: ${FILES.join(', ')}.`);
  process.exit(2);
}
const files = positionals.length > 0 ? positionals.map((file) => resolve(cwd, file)) : selected;
const jsonPath = options.json && resolve(cwd, options.json);
const results = {
  node: check(options.node, ['--version']).trim(),
  machine: `${cpus().length} x ${cpus()[0]?.model.trim()}`,
  files: options.only && jsonPath && existsSync(jsonPath) ? JSON.parse(readFileSync(jsonPath, 'utf8')).files : [],
};
for (const file of files) {
  results.files = [...results.files.filter((each) => each.file !== basename(file)), await benchmark(file)];
  console.log(`${performanceTable({ ...results, files: results.files.slice(-1) })}\n`);
}
if (jsonPath) writeFileSync(jsonPath, `${JSON.stringify(results, undefined, 2)}\n`);

/** Measures all programs on a file, repeated as often as each number of repetitions. */
async function benchmark(file) {
  const telescopeEvents = countTelescopeEvents(file);
  const programs = programsFor();
  const lengths = [];
  for (const count of repetitions) {
    const input = join(scratch, 'long.simtel.zst');
    check('python3', [join(testData, 'tools', 'replicate_events.py'), file, input, String(count)]);
    const measured = programs.map(() => []);
    for (let run = 0; run < Number(options.runs); run++) {
      for (const [index, { file: program, args, isSlow }] of programs.entries()) {
        if (isSlow && run > 0) continue;
        measured[index].push(await measureProcess(program, args(input), scratch));
      }
    }
    const fastest = measured.map((runs) => ({
      seconds: Math.min(...runs.map(({ seconds }) => seconds)),
      cpu: Math.min(...runs.map(({ cpu }) => cpu)),
      memory: Math.max(...runs.map(({ memory }) => memory)),
    }));
    lengths.push({ telescopeEvents: count * telescopeEvents, bytes: statSync(input).size, fastest });
  }
  return {
    file: basename(file),
    lengths: lengths.map(({ telescopeEvents: events, bytes }) => ({ telescopeEvents: events, bytes })),
    programs: programs.map(({ name }, i) => ({ name, runs: lengths.map(({ fastest }) => fastest[i]) })),
  };
}

/** `zstd -dc`, cherenkit with each number of threads, and ctapipe. */
function programsFor() {
  const writing = ['-o', output, '--write-images', '--write-showers', '--overwrite', '--quiet'];
  const focalLength = ['--SimTelEventSource.focal_length_choice=EQUIVALENT']; // which all files have
  const processed = [...writing, ...focalLength];
  return [
    { name: 'zstd -dc', file: 'zstd', args: (input) => ['-dc', input] },
    ...threads.map((count) => ({
      name: `cherenkit, ${count} thread${count === 1 ? '' : 's'}`,
      file: options.node,
      args: (input) => [command, 'process', '-i', input, ...processed, '--no-progress', '--threads', String(count)],
    })),
    ...(ctapipePython && !options['without-ctapipe'] ? [ctapipe(processed)] : []),
  ];
}

function ctapipe(processed) {
  const log = ['--provenance-log', join(scratch, 'provenance.log')];
  return {
    name: 'ctapipe-process',
    isSlow: true,
    file: ctapipePython,
    args: (input) => ['-m', 'ctapipe.tools.process', '-i', input, ...processed, ...log],
  };
}

function countTelescopeEvents(file) {
  const lines = check(options.node, [command, 'events', file, '--json']).trim().split('\n');
  return lines.reduce((sum, line) => sum + JSON.parse(line).telescopes.length, 0);
}

function inTestData(name) {
  return join(testData, 'data', name);
}

/** Runs a program and returns its standard output; exits if it fails. */
function check(file, args) {
  const { status, stdout, stderr, error } = spawnSync(file, args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status === 0) return stdout;
  console.error(`${file} ${args.join(' ')} failed: ${error?.message ?? stderr}`);
  process.exit(1);
}
