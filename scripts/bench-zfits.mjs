// Measures the reader of zfits files: decoded megabytes per second of all columns with the kernel in WebAssembly, in JavaScript alone, and
// in a page of Chromium; the time of the ids alone, and events per second of an event source. With a Python that has protozfits, protozfits
// decodes the same files, and with one that has ctapipe_io_lst, its LSTEventSource reads the same events with the same configuration,
// alternately. CPU times (in the page: elapsed times) without imports, medians and, in parentheses, the best rounds.
//
// usage: npm run bench -- zfits FILE... [--rounds 7] [--protozfits PYTHON] [--ctapipe-io-lst PYTHON]
//          [--config '{"LSTEventSource": {...}}']
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
    'ctapipe-io-lst': { type: 'string' },
    config: { type: 'string', default: '{}' },
    // For the processes that this one starts: decode with the kernel, or in JavaScript alone.
    decode: { type: 'string' },
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

const CTAPIPE_IO_LST = `
import json, sys, time
from traitlets.config import Config
from ctapipe_io_lst import LSTEventSource

start = time.process_time()
with LSTEventSource(sys.argv[1], config=Config(json.loads(sys.argv[2]))) as source:
    count = sum(1 for _ in source)
print(time.process_time() - start, count)
`;

/** The two numbers that a Python script prints in its last line. */
function runPython(python, ...args) {
  const { stdout } = spawnSync(python, ['-c', ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  return stdout.trim().split('\n').at(-1).split(' ').map(Number);
}

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

/** CPU seconds of decoding a file in each of some rounds, in a process that does nothing else. */
function decodingTimes(path, how) {
  const script = fileURLToPath(new URL('bench.mjs', import.meta.url));
  const args = [script, 'zfits', path, '--decode', how, '--rounds', String(rounds)];
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

if (values.decode !== undefined) {
  if (values.decode === 'scalar') delete globalThis.WebAssembly;
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
  const megabytes = (await decode(path)) / 1e6;
  const times = { ids: [], events: [], protozfits: [], theirEvents: [] };
  let [nEvents, theirs, nTheirs] = [0, 0, 0];
  for (let round = 0; round < rounds; round++) {
    const started = cpuSeconds();
    await decode(path, 'event_id');
    times.ids.push(cpuSeconds() - started);
    const before = cpuSeconds();
    nEvents = await countEvents(path).catch(() => 0);
    times.events.push(cpuSeconds() - before);
    if (values.protozfits !== undefined) {
      const [seconds, bytes] = runPython(values.protozfits, PROTOZFITS, path);
      times.protozfits.push(seconds);
      theirs = bytes / 1e6;
    }
    if (values['ctapipe-io-lst'] !== undefined) {
      const [seconds, count] = runPython(values['ctapipe-io-lst'], CTAPIPE_IO_LST, path, values.config);
      times.theirEvents.push(seconds);
      nTheirs = count;
    }
  }
  const rate = (seconds, size) =>
    `${(size / median(seconds)).toFixed(0)} MB/s (${(size / Math.min(...seconds)).toFixed(0)})`;
  console.log(`${path}: ${megabytes.toFixed(1)} MB decoded`);
  console.log(`  with the kernel ${rate(decodingTimes(path, 'kernel'), megabytes)}`);
  console.log(`  JavaScript alone ${rate(decodingTimes(path, 'scalar'), megabytes)}`);
  const inPage = await timesInPage(path);
  if (inPage.length > 0) console.log(`  in a page ${rate(inPage, megabytes)}`);
  if (theirs > 0) console.log(`  protozfits ${rate(times.protozfits, theirs)}`);
  console.log(
    `  ids alone ${(1000 * median(times.ids)).toFixed(1)} ms (${(1000 * Math.min(...times.ids)).toFixed(1)})`,
  );
  const perSecond = (seconds, count) =>
    `${(count / median(seconds)).toFixed(0)} per second (${(count / Math.min(...seconds)).toFixed(0)}), ${count} events`;
  if (nEvents > 0) console.log(`  events ${perSecond(times.events, nEvents)}`);
  if (nTheirs > 0) console.log(`  ctapipe_io_lst ${perSecond(times.theirEvents, nTheirs)}`);
}
