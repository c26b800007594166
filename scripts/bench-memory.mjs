// Measures the memory growth of `cherenkit process`: processes 100,000 telescope events of one camera and prints the memory
// of the process over time.
//
// usage: npm run bench:memory -- [--telescope-events 100000] [--array flashcam] [--file FILE]
//
// Events are simulated on the fly by the toy model; --file reads a file instead. Requires /proc. Takes about 15 minutes.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { clearInterval, setInterval } from 'node:timers';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import './set-up.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const command = join(root, 'packages', 'cherenkit', 'bin', 'cherenkit.js');
/** Average number of telescope events per event of four equal telescopes; used to estimate the number of events. */
const TELESCOPES_PER_EVENT = 3.8;

const { values: options } = parseArgs({
  options: {
    'telescope-events': { type: 'string', default: '100000' },
    array: { type: 'string', default: 'flashcam' },
    file: { type: 'string' },
  },
});
const events = Math.ceil(Number(options['telescope-events']) / TELESCOPES_PER_EVENT);
const input = options.file
  ? resolve(process.env.INIT_CWD ?? '.', options.file)
  : `toymodel:?array=${options.array}&events=${events}`;
console.log(input);

const scratch = mkdtempSync(join(tmpdir(), 'cherenkit-bench-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
const args = ['process', '-i', input, '-o', join(scratch, 'events.h5'), '--write-images', '--write-showers'];
const begin = performance.now();
const child = spawn(process.execPath, [command, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
let said = '';
child.stdout.on('data', (text) => (said += text));

const samples = [];
const timer = setInterval(() => {
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1];
  if (kilobytes) samples.push({ seconds: (performance.now() - begin) / 1000, bytes: 1024 * Number(kilobytes) });
}, 250);
const status = await new Promise((done) => child.on('exit', done));
clearInterval(timer);
console.log(said.trim());
if (status !== 0) process.exit(status ?? 1);

const telescopeEvents = Number(/(\d+) telescope events/.exec(said)?.[1]);
console.log('\n    time   memory (median of each tenth of the run)');
for (let tenth = 0; tenth < 10; tenth++) {
  const part = samples.slice((tenth * samples.length) / 10, ((tenth + 1) * samples.length) / 10);
  const bytes = part.map((sample) => sample.bytes).toSorted((a, b) => a - b)[Math.floor(part.length / 2)];
  console.log(`${part[0]?.seconds.toFixed(0).padStart(6)} s ${(bytes / 1e6).toFixed(0).padStart(5)} MB`);
}

// The line fit excludes the first fifth, in which the heap grows to its working size.
const settled = samples.slice(samples.length / 5);
const mean = (of) => settled.reduce((sum, sample) => sum + of(sample), 0) / settled.length;
const [time, bytes] = [mean(({ seconds }) => seconds), mean((sample) => sample.bytes)];
const slope =
  mean((sample) => (sample.seconds - time) * (sample.bytes - bytes)) / mean(({ seconds }) => (seconds - time) ** 2);
const perEvent = (slope * (samples.at(-1).seconds - samples[0].seconds)) / telescopeEvents;
console.log(`\nmemory grows by ${perEvent.toFixed(0)} bytes per telescope event`);
