// Benchmarks the toy model: time per telescope event and memory over time.
//
// usage: npm run bench -- toy [--array chec] [--telescope-events 100000]
import { cpus } from 'node:os';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import './set-up.mjs';

const { values: options } = parseArgs({
  allowPositionals: true,
  options: {
    array: { type: 'string', default: 'chec' },
    'telescope-events': { type: 'string', default: '100000' },
  },
});
const { EventSource } = await import('cherenkit');

const LINES = 10;
const wanted = Number(options['telescope-events']);
const source = await EventSource.open(`toymodel:?array=${options.array}&events=${wanted}`);
source.reusesWaveforms = true;
console.log(`Node ${process.versions.node} on ${cpus().length} x ${cpus()[0]?.model}; array=${options.array}`);
console.log('telescope events   ms each   memory');

let done = 0;
let reported = 0;
let begin = performance.now();
const start = begin;
for await (const event of source) {
  done += event.r1.tel.size;
  if (done - reported < wanted / LINES && done < wanted) continue;
  const now = performance.now();
  const each = ((now - begin) / (done - reported)).toFixed(2);
  const memory = `${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`;
  console.log(`${String(done).padStart(16)}${each.padStart(10)}${memory.padStart(9)}`);
  [begin, reported] = [now, done];
  if (done >= wanted) break;
}
console.log(`${((performance.now() - start) / done).toFixed(2)} ms per telescope event`);
