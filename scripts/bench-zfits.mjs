// Measures the reader of zfits files: decoded megabytes per second of all columns with the kernel in WebAssembly, in JavaScript alone, and
// in a page of Chromium; the time of the ids alone, and events per second of an event source. With a Python that has protozfits, protozfits
// reads the same files, alternately. CPU times (in the page: elapsed times), medians and, in parentheses, the best rounds.
//
// usage: npm run bench -- zfits FILE... [--rounds 7] [--protozfits PYTHON] [--config '{"LSTEventSource": {...}}']
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { EventSource } from '../packages/cherenkit/dist/index.js';
import { openFile } from '../packages/io/dist/index.node.js';
import { decodeZfits } from './decode-zfits.mjs';

const { values, positionals } = parseArgs({
  args: process.argv.slice(3),
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '7' },
    protozfits: { type: 'string' },
    config: { type: 'string', default: '{}' },
    // For the processes that this one starts.
    scalar: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
if (positionals.length === 0) {
  console.error('Expected the paths of zfits files.');
  process.exit(2);
}
const executablePath =
  process.env.CHERENKIT_CHROMIUM ??
  ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));

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

/** Decodes a file; returns the number of bytes. */
async function decode(path, name) {
  await using source = await openFile(path);
  return await decodeZfits(source, name);
}

/** CPU seconds of decoding a file in each of some rounds, without WebAssembly. */
function timesOfScalar(path) {
  const script = fileURLToPath(new URL('bench.mjs', import.meta.url));
  const args = [script, 'zfits', path, '--scalar', '--rounds', String(rounds)];
  const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  return JSON.parse(stdout);
}

/** Seconds of decoding a file in each of some rounds in a page; none without Chromium. */
async function timesInPage(path) {
  if (executablePath === undefined) return [];
  const decoder = fileURLToPath(new URL('decode-zfits.mjs', import.meta.url));
  const contents = `
    import { byteSource } from '@cherenkit/io';
    import { decodeZfits } from ${JSON.stringify(decoder)};
    globalThis.decodeFile = async (file) => {
      const read = async (offset, count) => new Uint8Array(await file.slice(offset, offset + count).arrayBuffer());
      const start = performance.now();
      await decodeZfits(byteSource({ name: file.name, size: file.size, stream: () => file.stream(), read }));
      return (performance.now() - start) / 1000;
    };`;
  const stdin = { contents, resolveDir: fileURLToPath(new URL('.', import.meta.url)) };
  const { outputFiles } = await build({
    stdin,
    bundle: true,
    write: false,
    format: 'iife',
    target: 'esnext',
    logLevel: 'error',
  });
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const page = await browser.newPage();
    await page.setContent('<input type="file" id="file">');
    await page.addScriptTag({ content: outputFiles[0].text });
    await page.setInputFiles('#file', path);
    const times = [];
    for (let round = 0; round < rounds; round++) {
      times.push(await page.evaluate(`decodeFile(document.querySelector('#file').files[0])`));
    }
    return times;
  } finally {
    await browser.close();
  }
}

async function countEvents(path) {
  const source = await EventSource.open(path, {}, { config: JSON.parse(values.config) });
  let count = 0;
  for await (const event of source) count += event.count >= 0 ? 1 : 0;
  await source[Symbol.asyncDispose]();
  return count;
}

if (values.scalar) {
  delete globalThis.WebAssembly;
  const times = [];
  for (let round = 0; round < rounds; round++) {
    const started = cpuSeconds();
    await decode(positionals[0]);
    times.push(cpuSeconds() - started);
  }
  console.log(JSON.stringify(times));
  process.exit(0);
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
  const rate = (seconds, size) =>
    `${(size / median(seconds)).toFixed(0)} MB/s (${(size / Math.min(...seconds)).toFixed(0)})`;
  console.log(`${path}: ${megabytes.toFixed(1)} MB decoded`);
  console.log(`  with the kernel ${rate(times.all, megabytes)}`);
  console.log(`  JavaScript alone ${rate(timesOfScalar(path), megabytes)}`);
  const inPage = await timesInPage(path);
  if (inPage.length > 0) console.log(`  in a page ${rate(inPage, megabytes)}`);
  if (theirs > 0) console.log(`  protozfits ${rate(times.protozfits, theirs)}`);
  console.log(
    `  ids alone ${(1000 * median(times.ids)).toFixed(1)} ms (${(1000 * Math.min(...times.ids)).toFixed(1)})`,
  );
  if (nEvents > 0) console.log(`  events ${(nEvents / median(times.events)).toFixed(0)} per second, ${nEvents} events`);
}
