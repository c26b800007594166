// Compares ImPACTReconstructor with HillasReconstructor on simulated gamma rays, by energy, and writes the table of
// docs/algorithms/impact.md.
//
// usage: node scripts/impact-resolution.mjs [TEMPLATES] [--events 300] [--write]   (after npm run build)
//
// Without TEMPLATES, a folder, they are made first, as the documentation describes; this takes some minutes.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createPipeline, EventSource, processEvent } from 'cherenkit';
import { angularSeparation, degrees } from '@cherenkit/kernels';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = join(root, 'docs', 'algorithms', 'impact.md');
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { events: { type: 'string', default: '300' }, write: { type: 'boolean', default: false } },
});
const work = mkdtempSync(join(tmpdir(), 'cherenkit-impact-'));
const templates = positionals[0] ? resolve(positionals[0]) : makeTemplates();

const ENERGIES = [0.1, 0.2, 0.4, 0.8, 1.6, 4];
const url = `toymodel:?array=lst&events=${options.events}&seed=3&view_cone_radius=0.5&spectral_index=-1.5&energy_min=0.1&energy_max=4`;
const source = await EventSource.open(url);
const config = {
  ShowerProcessor: { reconstructor_types: ['HillasReconstructor', 'ImPACTReconstructor'] },
  ImPACTReconstructor: { root_dir: templates, depth_scale_min: 0.5 },
};
const atmosphere = source.run.atmosphereDensityProfile;
const pipeline = await createPipeline({ subarray: source.subarray, atmosphere, config });
const rows = ENERGIES.slice(1).map(() => []);
for await (const event of source) {
  processEvent(event, pipeline);
  const { shower } = event.simulation;
  const { geometry, energy } = event.dl2.stereo;
  const [hillas, impact] = ['HillasReconstructor', 'ImPACTReconstructor'].map((name) => geometry.get(name));
  const bin = ENERGIES.findIndex((upper) => shower.energy < upper) - 1;
  if (!hillas?.isValid || rows[bin] === undefined) continue;
  const of = (found) => ({
    angle: degrees(angularSeparation(found.az, found.alt, shower.az, shower.alt)),
    core: Math.hypot(found.coreX - shower.coreX, found.coreY - shower.coreY),
  });
  const ratio = energy.get('ImPACTReconstructor').energy / shower.energy;
  rows[bin].push({ isValid: impact.isValid, hillas: of(hillas), impact: of(impact), ratio });
}

const quantile = (values, fraction) => values.sort((a, b) => a - b)[Math.floor(fraction * (values.length - 1))];
const bins = rows.map((all, bin) => [`${ENERGIES[bin]} to ${ENERGIES[bin + 1]}`, all]);
const lines = [...bins, ['all', rows.flat()]].map(([title, all]) => {
  const valid = all.filter(({ isValid }) => isValid);
  const at = (name, what) => quantile(valid.map((row) => row[name][what]), 0.68); // prettier-ignore
  const ratios = valid.map(({ ratio }) => ratio);
  return [
    title,
    `${valid.length} of ${all.length}`,
    at('hillas', 'angle').toFixed(4),
    at('impact', 'angle').toFixed(4),
    at('hillas', 'core').toFixed(1),
    at('impact', 'core').toFixed(1),
    `${(100 * (quantile(ratios, 0.5) - 1)).toFixed(0)} %`,
    `${(50 * (quantile(ratios, 0.84) - quantile(ratios, 0.16))).toFixed(0)} %`,
  ];
});
const titles = [
  'energy (TeV)',
  'valid fits',
  'direction, Hillas (deg)',
  'direction, ImPACT (deg)',
  'core, Hillas (m)',
  'core, ImPACT (m)',
  'energy bias',
  'energy resolution',
];
const table = [titles, titles.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
console.log(table);
if (options.write) {
  const text = readFileSync(page, 'utf8');
  writeFileSync(page, text.replace(/\| energy \(TeV\)[^]*?\n(?=\n)/, `${table}\n`));
}
rmSync(work, { recursive: true });

/** Runs the command that the documentation gives. */
function makeTemplates() {
  const [, command] = /npx cherenkit (make-templates [^`]*?)\n```/.exec(readFileSync(page, 'utf8'));
  const words = command.replaceAll('\\\n', ' ').match(/'[^']*'|\S+/g).map((word) => word.replaceAll("'", '')); // prettier-ignore
  const main = join(root, 'packages', 'cherenkit', 'bin', 'cherenkit.js');
  const { status } = spawnSync(process.execPath, [main, ...words], { cwd: work, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  return join(work, 'templates');
}
