// How long each image extractor takes for the waveforms of one telescope, from R1 to an image, beside ctapipe's.
//
// usage: npm run bench -- extractors [FILE...]      needs $CHERENKIT_TEST_DATA where no FILE is given
//
// Both sides call their CameraCalibrator, without volume reduction, on all events of the file, over and over.
import { join, resolve } from 'node:path';
import process from 'node:process';
import './set-up.mjs';
import { fromCtapipe, printSideBySide, secondsPerCall } from './side-by-side.mjs';

const { createPipeline, EventSource } = await import('../packages/cherenkit/dist/index.js');
const { default: extractors } = await import('../packages/plugin-extractors/dist/index.js');

const EXAMPLES = ['proton_north_alpha_700.simtel.zst', 'aux_traces_2030.simtel.zst'];

// By default cameras with 40 samples of 1 ns, and FlashCam.
const files = process.argv.slice(3).map((file) => resolve(process.env.INIT_CWD ?? '.', file));
const inputs =
  files.length > 0 ? files : EXAMPLES.map((name) => join(process.env.CHERENKIT_TEST_DATA ?? '', 'data', name));
const names = extractors.components.filter(({ kind }) => kind === 'ImageExtractor').map(({ name }) => name);
for (const input of inputs) {
  const source = await EventSource.open(input, { focalLengthChoice: 'EQUIVALENT' });
  const events = [];
  for await (const event of source) events.push(event);
  await source[Symbol.asyncDispose]();
  const nTelescopeEvents = events.reduce((sum, event) => sum + event.r1.tel.size, 0);
  const ours = {};
  for (const name of names) {
    const config = { CameraCalibrator: { imageExtractorType: name } };
    const { calibrator } = await createPipeline({ subarray: source.subarray, config });
    const calibrate = () => events.forEach((event) => calibrator.calibrate(event));
    ours[name] = secondsPerCall(calibrate) / nTelescopeEvents;
  }
  printSideBySide(`${input}: ${nTelescopeEvents} telescope events`, ours, fromCtapipe('bench_extractors.py', [input]));
}
