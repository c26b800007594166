// Measures the reader of zfits files: decoded megabytes per second of all columns, the ids alone, and events per second of an event source.
// With a Python that has protozfits, protozfits reads the same files, alternately. CPU time of this process, medians.
//
// usage: npm run bench -- zfits FILE... [--rounds 7] [--protozfits PYTHON] [--config '{"LSTEventSource": {...}}']
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { EventSource } from '../packages/cherenkit/dist/index.js';
import { openFile } from '../packages/io/dist/index.node.js';
import { ZfitsFile } from '../packages/plugin-zfits/dist/zfits.js';

const { values, positionals } = parseArgs({
  args: process.argv.slice(3),
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '7' },
    protozfits: { type: 'string' },
    config: { type: 'string', default: '{}' },
  },
});
const rounds = Number(values.rounds);
if (positionals.length === 0) {
  console.error('Expected the paths of zfits files.');
  process.exit(2);
}

const PROTOZFITS = `
import sys, time
import numpy as np
from protozfits import File

def size(message):
    fields = (getattr(message, name) for name in message._fields)
    return sum(v.nbytes if isinstance(v, np.ndarray) else size(v) if hasattr(v, "_fields") else 8 for v in fields)

start = time.process_time()
file = File(sys.argv[1])
total = sum(size(m) for t in file.__dict__.values() if hasattr(t, "header") for m in t)
print(time.process_time() - start, total)
`;

function cpuSeconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Decodes columns of a file; returns the number of bytes. */
async function decode(path, name) {
  const source = await openFile(path);
  let bytes = 0;
  for (const table of (await ZfitsFile.open(source)).tables) {
    const columns = name === undefined ? undefined : table.columns.filter((column) => column.name === name);
    for await (const tile of table.tiles({ columns })) {
      const readers = await Promise.all((columns ?? table.columns).map((column) => tile.open(column)));
      for (let row = 0; row < tile.nRows; row++) for (const next of readers) bytes += next?.()?.byteLength ?? 8;
    }
  }
  await source[Symbol.asyncDispose]();
  return bytes;
}

async function countEvents(path) {
  const source = await EventSource.open(path, {}, { config: JSON.parse(values.config) });
  let count = 0;
  for await (const event of source) count += event.count >= 0 ? 1 : 0;
  await source[Symbol.asyncDispose]();
  return count;
}

for (const path of positionals) {
  const times = { all: [], ids: [], events: [], protozfits: [] };
  let [megabytes, nEvents, theirs] = [0, 0, 0];
  for (let round = 0; round < rounds; round++) {
    const started = cpuSeconds();
    megabytes = (await decode(path)) / 1e6;
    times.all.push(cpuSeconds() - started);
    const before = cpuSeconds();
    await decode(path, 'event_id');
    times.ids.push(cpuSeconds() - before);
    const begin = cpuSeconds();
    nEvents = await countEvents(path).catch(() => 0);
    times.events.push(cpuSeconds() - begin);
    if (values.protozfits === undefined) continue;
    const { stdout } = spawnSync(values.protozfits, ['-c', PROTOZFITS, path], { encoding: 'utf8' });
    const [seconds, bytes] = stdout.trim().split('\n').at(-1).split(' ').map(Number);
    times.protozfits.push(seconds);
    theirs = bytes / 1e6;
  }
  const rate = (seconds, size) => `${(size / median(seconds)).toFixed(0)} MB/s`;
  console.log(`${path}: ${megabytes.toFixed(1)} MB decoded`);
  console.log(`  all columns ${rate(times.all, megabytes)}; ids alone ${(1000 * median(times.ids)).toFixed(1)} ms`);
  if (nEvents > 0) console.log(`  events ${(nEvents / median(times.events)).toFixed(0)} per second, ${nEvents} events`);
  if (theirs > 0) console.log(`  protozfits ${rate(times.protozfits, theirs)}`);
}
