// Benchmarks ImPACTReconstructor per event, and compares with ctapipe.
//
// usage: npm run bench -- impact [FILE TEMPLATES] [--rounds 5]
//
// FILE is a sim_telarray file, TEMPLATES the folder of the templates of its cameras, which ctapipe reads, too. The default ones
// require $CHERENKIT_TEST_DATA. CPU time of the reconstructor alone; the first round, which includes compilation, is printed
// apart. If $CTAPIPE_PYTHON is set, and has iminuit, scripts/bench_impact.py does the same with ctapipe.
import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import './set-up.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { CHERENKIT_TEST_DATA: testData = '', CTAPIPE_PYTHON: ctapipePython } = process.env;
const { values: options, positionals } = parseArgs({
  args: process.argv.slice(3),
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '5' } },
});
const [file, templates] = (
  positionals.length === 2
    ? positionals
    : [join(testData, 'data/south_lsts_v036.simtel.zst'), join(testData, 'reference/impact/affine')]
).map((path) => resolve(process.env.INIT_CWD ?? '.', path));

const importFrom = (name) => import(join(root, 'packages', name, 'dist', 'index.js'));
const { createPipeline, EventSource, processEvent } = await importFrom('cherenkit');
const { ReconstructedEnergyContainer } = await importFrom('core');
const { default: impact, ImPACTReconstructor } = await importFrom('plugin-impact');
const { buildComponent } = await importFrom('testing');

const theirs = ctapipePython ? ctapipe() : {};
const source = await EventSource.open(file);
const { subarray, run } = source;
const reconstructor = await buildComponent(ImPACTReconstructor, {
  subarray,
  atmosphere: run.atmosphereDensityProfile,
  plugins: [impact],
  config: { ImPACTReconstructor: { root_dir: templates, pedestal_width: 1.4, spe_width: 0.5 } },
});
await reconstructor.prepare();
const { calibrator, imageProcessor, showerProcessor } = await createPipeline({ subarray });
const events = [];
for await (const event of source) {
  processEvent(event, { calibrator, imageProcessor, showerProcessor });
  if (!event.dl2.stereo.geometry.get('HillasReconstructor')?.isValid) continue;
  const energy = 0.8 * event.simulation.shower.energy;
  event.dl2.stereo.energy.set('seed', new ReconstructedEnergyContainer({ energy, isValid: true }));
  events.push(event);
}

console.log(`Node ${process.version} on ${cpus().length} x ${cpus()[0]?.model}; CPU milliseconds per event\n`);
console.log('  event  telescopes  first round  cherenkit  ctapipe  ratio');
const sums = { ours: 0, theirs: 0 };
for (const event of events) {
  const rounds = Array.from({ length: Number(options.rounds) + 1 }, () => {
    const begin = process.cpuUsage();
    reconstructor.reconstruct(event);
    const { user, system } = process.cpuUsage(begin);
    return (user + system) / 1000;
  });
  const [first, ...others] = rounds;
  const ours = others.sort((a, b) => a - b)[Math.floor(others.length / 2)];
  const ctapipes = 1000 * (theirs[event.index.eventId]?.[0] ?? NaN);
  sums.ours += ours;
  sums.theirs += ctapipes;
  const { telescopes = [] } = event.dl2.stereo.geometry.get('ImPACTReconstructor') ?? {};
  const numbers = [first.toFixed(1), ours.toFixed(1), ctapipes.toFixed(0), (ctapipes / ours).toFixed(0)];
  console.log([event.index.eventId, telescopes.length, ...numbers].map((each) => String(each).padStart(9)).join(' '));
}
console.log(
  `\nall ${events.length} events: ${sums.ours.toFixed(0)} ms, ${(sums.theirs / sums.ours).toFixed(0)} times as fast as ctapipe`,
);

function ctapipe() {
  const script = join(root, 'scripts', 'bench_impact.py');
  const { status, stdout, stderr } = spawnSync(ctapipePython, [script, file, templates], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
