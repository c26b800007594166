// Writes the pictures of docs/, and docs/tutorial.md from a run of examples/tutorial.ts. `--check` lists outdated files without
// writing; times in the output of the tutorial are not compared.
//
// usage: node scripts/write-pictures.mjs [--check]   (after npm run build)
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tutorialPage } from './docs/tutorial-page.mjs';
import { atmosphereFigure } from './figures/atmosphere-figure.mjs';
import { calibrationFigures } from './figures/calibration-figures.mjs';
import { eventFigure } from './figures/event-figure.mjs';
import { extractorFigures } from './figures/extractor-figures.mjs';
import { frameFigures } from './figures/frame-figures.mjs';
import { imageFigures } from './figures/image-figures.mjs';
import { impactFigure } from './figures/impact-figure.mjs';
import { irfFigure } from './figures/irf-figure.mjs';
import { monitoringFigure } from './figures/monitoring-figure.mjs';
import { muonFigures } from './figures/muon-figures.mjs';
import { selectionFigure } from './figures/selection-figure.mjs';
import { stereoFigures } from './figures/stereo-figures.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const files = {
  ...atmosphereFigure(),
  ...calibrationFigures(),
  ...(await eventFigure()),
  ...extractorFigures(),
  ...frameFigures(),
  ...imageFigures(),
  ...impactFigure(),
  ...(await irfFigure()),
  ...(await monitoringFigure()),
  ...muonFigures(),
  ...selectionFigure(),
  ...stereoFigures(),
  ...(await tutorialPage(root)),
};

const withoutTimes = (text) => text.replaceAll(/\d+\.\d µs/g, 'µs');
const stale = [];
for (const [name, text] of Object.entries(files)) {
  const file = join(root, 'docs', name);
  if (existsSync(file) && withoutTimes(readFileSync(file, 'utf8')) === withoutTimes(text)) continue;
  stale.push(`docs/${name}`);
  if (process.argv.includes('--check')) continue;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
if (stale.length > 0 && process.argv.includes('--check')) {
  console.error(`Outdated, run npm run pictures:\n${stale.join('\n')}`);
  process.exitCode = 1;
}
