// Benchmarks each image extractor and image cleaner, and compares with ctapipe.
//
// usage: npm run bench -- algorithms [FILE...] [--only NAME] [--seconds 1]
//
// The default FILEs require $CHERENKIT_TEST_DATA. Both programs process the same telescope events: extractors the calibrated
// waveforms, cleaners the images of the default extractor. Each component processes all events repeatedly for the given
// number of seconds; the median over the rounds is printed, in microseconds per telescope event. If $CTAPIPE_PYTHON is set,
// scripts/bench_algorithms.py does the same with ctapipe.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import './set-up.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { CHERENKIT_TEST_DATA: testData, CTAPIPE_PYTHON: ctapipePython } = process.env;

const { values: options, positionals } = parseArgs({
  args: process.argv.slice(3),
  allowPositionals: true,
  options: { only: { type: 'string' }, seconds: { type: 'string', default: '1' } },
});
const seconds = Number(options.seconds);

/** Cameras with many and few pixels, 40 and 128 samples. */
const files =
  positionals.length > 0
    ? positionals.map((file) => resolve(process.env.INIT_CWD ?? '.', file))
    : ['proton_north_alpha_700.simtel.zst', 'gct_checs_muons.simtel.zst'].map((file) =>
        join(testData ?? '', 'data', file),
      );
if (!files.every((file) => existsSync(file))) {
  console.error('Set CHERENKIT_TEST_DATA to a folder that contains data/, or give a file; see CONTRIBUTING.md.');
  process.exit(2);
}

const { CameraCalibrator, EventSource, ImageCleaner, ImageExtractor, installedPlugin, PluginRegistry } = await import(
  join(root, 'packages', 'cherenkit', 'dist', 'index.js')
);
const { checkConfiguration, Composition } = await import(join(root, 'packages', 'core', 'dist', 'internal.js'));
const plugins = await Promise.all(
  ['core', 'plugin-cleaners', 'plugin-extractors'].map(async (name) =>
    installedPlugin((await import(join(root, 'packages', name, 'dist', 'index.js'))).default),
  ),
);
const registry = new PluginRegistry(plugins);

console.log(`Node ${process.version} on ${cpus().length} x ${cpus()[0]?.model}; microseconds per telescope event\n`);
for (const file of files) {
  const { subarray, telescopeEvents } = await read(file);
  const theirs = ctapipePython ? ctapipe(file) : new Map();
  console.log(`${basename(file)}: ${telescopeEvents.length} telescope events`);
  console.log(`  ${''.padEnd(40)} cherenkit   ctapipe   ratio`);
  for (const [kind, run] of [
    [ImageExtractor, extract],
    [ImageCleaner, clean],
  ]) {
    for (const name of registry.catalog.idsOfKind(kind.kind)) {
      if (options.only && !name.includes(options.only)) continue;
      const component = await create(kind, name, subarray);
      const ours = measure(() => telescopeEvents.forEach((event) => run(component, event))) / telescopeEvents.length;
      const other = theirs.get(name);
      const compared = other ? [other.toFixed(1).padStart(10), (other / ours).toFixed(1).padStart(7)] : [];
      console.log(`  ${name.padEnd(40)} ${ours.toFixed(1).padStart(9)}${compared.join(' ')}`);
    }
  }
  console.log('');
}

function extract(extractor, { telId, waveform, selectedGainChannel, broken }) {
  extractor.extract(waveform, telId, selectedGainChannel, broken);
}

function clean(cleaner, { telId, image, peakTime, monitoring }) {
  cleaner.clean(telId, image, peakTime, monitoring);
}

/** Creates a component with default traits. */
async function create(kind, name, subarray) {
  const composition = new Composition(await checkConfiguration({ plugins: registry, components: [name] }));
  await composition.setSubarray(subarray);
  return composition.create(kind, name);
}

/** Reads all telescope events of a file: the inputs of extractors and cleaners. */
async function read(file) {
  // The equivalent focal length is available in all files; the choice does not affect extractors and cleaners.
  const source = await EventSource.open(file, { focalLengthChoice: 'EQUIVALENT' });
  const calibrator = await create(CameraCalibrator, 'CameraCalibrator', source.subarray);
  const telescopeEvents = [];
  for await (const event of source) {
    calibrator.calibrate(event);
    for (const [telId, { image, peakTime }] of event.dl1.tel) {
      const { waveform, selectedGainChannel } = event.dl0.tel.get(telId);
      const { camera: monitoring } = event.monitoring.tel.get(telId);
      const broken = new Uint8Array(waveform.nPixels);
      telescopeEvents.push({ telId, waveform, selectedGainChannel, broken, image, peakTime, monitoring });
    }
  }
  await source[Symbol.asyncDispose]();
  return { subarray: source.subarray, telescopeEvents };
}

/** Median time of a round, microseconds, after a warm-up. */
function measure(round) {
  const rounds = [];
  for (const [duration, isWarm] of [
    [seconds / 2, false],
    [seconds, true],
  ]) {
    const end = performance.now() + 1000 * duration;
    do {
      const begin = performance.now();
      round();
      if (isWarm) rounds.push(1000 * (performance.now() - begin));
    } while (performance.now() < end);
  }
  return rounds.sort((a, b) => a - b)[rounds.length >> 1];
}

/** Microseconds per telescope event by class name, measured with ctapipe. */
function ctapipe(file) {
  const args = [join(root, 'scripts', 'bench_algorithms.py'), file, String(seconds), options.only ?? ''];
  const { status, stdout, stderr } = spawnSync(ctapipePython, args, { encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (status !== 0) {
    console.error(`ctapipe failed: ${stderr.trim().split('\n').at(-1)}`);
    return new Map();
  }
  return new Map(Object.entries(JSON.parse(stdout.trim().split('\n').at(-1))));
}
