// # From waveforms to showers: a tutorial
//
// This is the tutorial of ctapipe, [Analyzing Events Using ctapipe](https://ctapipe.readthedocs.io/en/latest/auto_examples/tutorials/ctapipe_overview.html),
// call by call with Cherenkit. It calibrates the waveforms of an event, cleans and parametrizes its images, reconstructs the showers of a
// whole file, and reads the results back. `npm run tutorial` in a clone of the repository runs it with simulated toy data;
// `npm run tutorial -- gamma.simtel.zst pictures` runs it with a file of sim_telarray and writes the pictures to the folder `pictures`;
// add `EQUIVALENT` for a file without effective focal length.
//
// It needs two packages: `cherenkit`, and `@cherenkit/display` for the pictures. In a folder of your own, install both (see
// [Install](../README.md#install); `npm run pack` packs all packages), make it a folder of ES modules by `npm pkg set type=module`, and copy
// `examples/tutorial.ts` of the repository, or the code of this page from top to bottom, to `tutorial.ts`. Node.js 24 runs it as it is:
// `node tutorial.ts`, or `node tutorial.ts gamma.simtel.zst pictures`. For earlier versions `npm install tsx`, then `npx tsx tutorial.ts`.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  DataWriter,
  EventSource,
  Gaussian,
  RandomStream,
  TableLoader,
  angularSeparation,
  concentrationParameters,
  createPipeline,
  degrees,
  hillasParameters,
  leakageParameters,
  numberOfIslands,
  tailcutsClean,
  timingParameters,
  type ArrayEvent,
  type CameraGeometry,
  type ConfigurationSections,
} from 'cherenkit';
import { ArrayDisplay, CameraDisplay, colorMap, scatterPlot, subplots, thetaSquaredPlot } from '@cherenkit/display';
import { writePicture } from '@cherenkit/display/node';

const [input = 'toymodel:?array=north&events=60', folder = 'tutorial', focalLength] = process.argv.slice(2);
const focalLengthChoice = focalLength === 'EQUIVALENT' ? 'EQUIVALENT' : 'EFFECTIVE';
mkdirSync(folder, { recursive: true });

// ## A simple Hillas analysis
//
// ### Reading events
//
// `EventSource.open` finds the event source for the input: sim_telarray files, HDF5 files of ctapipe, and the toy model.

await using source = await EventSource.open(input, { maxEvents: 5, focalLengthChoice });
console.log(source.name);

const events: ArrayEvent[] = [];
for await (const event of source) {
  const energy = event.simulation?.shower?.energy ?? NaN;
  console.log(`Id: ${event.count}, E = ${energy.toFixed(3)} TeV, Telescopes: ${event.r1.tel.size}`);
  events.push(event);
}

// An event is an object with the data levels as members. `console.log` shows its fields with their descriptions. Here is the event with
// the most telescopes:

const [first] = events;
if (first === undefined) throw new Error(`${input} has no events of showers.`);
const event = events.reduce((best, each) => (each.r1.tel.size > best.r1.tel.size ? each : best), first);
console.log(event);

// The array has telescopes with these cameras:

console.log(source.subarray.cameraTypes);
console.log(event.r0.tel.size, event.r1.tel.size);

// ### Calibration
//
// The components of a run belong together: `createPipeline` creates them with the traits of a configuration, here the defaults. The
// calibrator extracts an image from the waveforms of each telescope: the charge of each pixel in photoelectrons, and the time of its peak.

await using pipeline = await createPipeline({ subarray: source.subarray });
pipeline.calibrator.calibrate(event);

// ### Event displays
//
// These telescopes have an image:

console.log([...event.dl1.tel.keys()].join(' '));

// We look at the one with the most light.

const charges = [...event.dl1.tel].map(([id, { image = [] }]) => ({ id, charge: sum(image) }));
const { id: telId } = charges.reduce((best, each) => (each.charge > best.charge ? each : best));
const { geometry } = source.subarray.telescope(telId).camera;
const dl1 = event.dl1.tel.get(telId);
console.log(telId, geometry, dl1);

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

// Images are typed arrays with one entry per pixel. They are optional members, since an input may have none; the check tells
// TypeScript that these are defined.

const { image, peakTime } = dl1 ?? {};
if (!image || !peakTime) throw new Error(`Telescope ${telId} has no image.`);

const display = new CameraDisplay(geometry);
display.image = image;
display.addColorbar({ label: 'p.e.' });
await writePicture(join(folder, '01-image.svg'), display);

// ### Image cleaning
//
// Pixels above the picture threshold are kept if two of their neighbors are as well, and so are pixels above the boundary threshold
// next to them. The thresholds depend on the camera.

const cleaningLevels: Readonly<Record<string, readonly [boundary: number, picture: number, neighbors: number]>> = {
  CHEC: [2, 4, 2],
  LSTCam: [3.5, 7, 2],
  FlashCam: [3.5, 7, 2],
  NectarCam: [4, 8, 2],
};
const [boundaryThresh, pictureThresh, minNumberPictureNeighbors] = cleaningLevels[geometry.name] ?? [4, 8, 2];
const clean = tailcutsClean(geometry, image, { boundaryThresh, pictureThresh, minNumberPictureNeighbors });

// A mask is a `Uint8Array` with 1 for the pixels that are kept. `highlightPixels` draws their outline. The times are relative to their mean,
// weighted by the charge.

const left = new CameraDisplay(geometry, { image, title: 'Image' }).addColorbar();
left.highlightPixels(clean, { color: 'red', linewidth: 1 });

const meanTime = sum(peakTime.map((time, pixel) => time * (image[pixel] ?? 0))) / sum(image);
const right = new CameraDisplay(geometry, { image: peakTime.map((time) => time - meanTime), title: 'Pulse Time' });
right.cmap = 'RdBu_r';
right.addColorbar({ label: 'ns' }).setLimitsMinmax(-20, 20);

await writePicture(join(folder, '02-image-and-time.svg'), subplots(1, 2, [left, right]));

// ### Image parameters
//
// The Hillas parameters describe the ellipse of the image. The geometry is in the camera frame, so lengths are in metres;
// `geometry.toTelescopeFrame()` would give angles.

const hillas = hillasParameters(geometry, image, clean);
console.log(hillas);

// The ellipse, with the image after cleaning. The thin lines are the uncertainty of its orientation.

const ellipse = new CameraDisplay(geometry, { image: image.map((charge, pixel) => (clean[pixel] ? charge : 0)) });
ellipse.addColorbar({ label: 'p.e.' });
ellipse.overlayMoments(hillas, { color: 'xkcd:red' });
await writePicture(join(folder, '03-ellipse.svg'), ellipse);

// The time of the pulses along the axis of the ellipse:

console.log(timingParameters(geometry, image, peakTime, hillas, clean));

// The part of the light in the outermost pixels of the camera, which are drawn here:

console.log(leakageParameters(geometry, image, clean));

const border = new CameraDisplay(geometry, { image });
border.highlightPixels(geometry.borderPixelMask(1), { linewidth: 2, color: 'xkcd:red', style: 'pixels' });
await writePicture(join(folder, '04-border.svg'), border);

// The number of groups of connected pixels, and how concentrated the light is:

console.log(numberOfIslands(geometry, clean).nIslands);
console.log(concentrationParameters(geometry, image, hillas));

// ## Putting it all together: stereo reconstruction
//
// All these steps are components with a configuration: `CameraCalibrator` makes images, `ImageProcessor` cleans and parametrizes
// them, `ShowerProcessor` reconstructs the showers, and `DataWriter` writes all of it to HDF5. The command `cherenkit process` does the
// same. In the configuration, the last matching rule applies; an editor completes the names, and a misspelt one does not compile.

const config = {
  ImageProcessor: {
    image_cleaner_type: 'TailcutsImageCleaner',
    TailcutsImageCleaner: {
      picture_threshold_pe: [
        ['type', '*', 8],
        ['type', 'LST_*', 7.5],
        ['type', 'SST_*', 7],
      ],
      boundary_threshold_pe: [
        ['type', '*', 4],
        ['type', 'LST_*', 5],
      ],
    },
  },
} satisfies ConfigurationSections;

await using all = await EventSource.open(input, { focalLengthChoice });
await using steps = await createPipeline({ subarray: all.subarray, config });

const output = join(folder, 'events.dl2.h5');
await using writer = await DataWriter.open(output, { source: all, pipeline: steps, overwrite: true, writeDl2: true });

let plotted = event;
for await (const each of all) {
  steps.calibrator.calibrate(each);
  steps.imageProcessor.process(each);
  steps.showerProcessor.process(each);
  await writer.write(each);

  const stereo = each.dl2.stereo.geometry.get('HillasReconstructor');
  if (stereo?.isValid !== true) continue;
  if (each.count < 5) {
    const energy = each.simulation?.shower?.energy ?? NaN;
    console.log(`Id: ${each.index.eventId}, E = ${energy.toFixed(3)} TeV, Telescopes (R1): ${each.r1.tel.size}`);
    console.log(`  Alt: ${degrees(stereo.alt).toFixed(2)}°`);
    console.log(`  Az: ${degrees(stereo.az).toFixed(2)}°`);
    console.log(`  Hmax: ${stereo.hMax.toFixed(0)} m`);
    console.log(`  CoreX: ${stereo.coreX.toFixed(1)} m`);
    console.log(`  CoreY: ${stereo.coreY.toFixed(1)} m`);
    console.log(`  Multiplicity: ${stereo.telescopes.length}`);
  }
  // Keep a nice event for a picture.
  if (each.index.eventId === event.index.eventId) plotted = each;
}
await writer.finish();

// ### Tables of events
//
// `TableLoader` reads the results back, and joins what is known of each event: trigger, results, simulated shower.

await using loader = await TableLoader.open(output, { focalLengthChoice });
const showers = await loader.readSubarrayEvents();
console.log(showers.nRows);
console.log(showers.select('event_id', 'true_energy', 'HillasReconstructor_alt', 'HillasReconstructor_az').slice(0, 5));

// The squared angle between the true and the reconstructed direction:

const theta = angularSeparation(
  showers.column('HillasReconstructor_az'),
  showers.column('HillasReconstructor_alt'),
  showers.column('true_az'),
  showers.column('true_alt'),
);
const thetaSquared = await thetaSquaredPlot(theta.numbers('rad'), { bins: 25, range: [0, 0.05] });
await writePicture(join(folder, '05-theta-squared.svg'), thetaSquared);

// ### The array
//
// The axes of the images, as lines through the telescopes, meet at the impact point of the shower.

const corePsi = new Map([...plotted.dl1.tel].map(([id, { parameters }]) => [id, parameters?.core.psi ?? NaN]));

const array = new ArrayDisplay(source.subarray);
array.addLabels().setLineHillas(plotted.dl1.tel, corePsi, 300);

const { coreX = NaN, coreY = NaN } = plotted.simulation?.shower ?? {};
array.scatter([{ x: coreX, y: coreY, z: 0 }], { label: 'true impact' });

const found = plotted.dl2.stereo.geometry.get('HillasReconstructor');
const estimated = { x: found?.coreX ?? NaN, y: found?.coreY ?? NaN, z: 0 };
array.scatter([estimated], { label: 'estimated impact', color: 'r' });
await writePicture(join(folder, '06-array.svg'), array);

// `groundPicture(plotted, source.subarray)` draws the same, and greys the telescopes without an image.

// ### Images of one type of telescope
//
// The loader also reads the images' parameters, one row for each image. The first type of telescope that this array has is used.

const [type] = loader.subarray.telescopeTypes.map(String).sort();
const images = await loader.readTelescopeEvents({ telescopes: [type], dl2: false, trueParameters: false });
const logs = images
  .withColumn('log_energy', 'np.log10(true_energy / u.TeV)')
  .withColumn('log_intensity', 'np.log10(hillas_intensity)');
console.log(type, images.nRows);

const scatter = await scatterPlot(logs.numbers('log_energy'), logs.numbers('log_intensity'), {
  xLabel: 'log10(E / TeV)',
  yLabel: 'log10(intensity)',
});
await writePicture(join(folder, '07-energy-intensity.svg'), scatter);

// ## Isn't JavaScript slow?
//
// Not much: V8 compiles loops over typed arrays to machine code, so there is no need to vectorize, or to write the loop in another
// language. What counts is what the loop does. Here is the example of ctapipe's tutorial: find the islands of an image, the groups of
// connected pixels that survived the cleaning.
//
// A toy image with nine blobs, which are Gaussian ellipses at random places:

const random = new RandomStream(42);
const uniform = (low: number, high: number): number => low + (high - low) * random.uniform();

const camera = loader.subarray.telescope(telId).camera.geometry;
const radius = camera.guessRadius();
const toy = new Float64Array(camera.nPixels);
for (let i = 0; i < 9; i++) {
  const model = new Gaussian({
    x: uniform(-0.7, 0.7) * radius,
    y: uniform(-0.7, 0.7) * radius,
    width: uniform(0.045, 0.07) * radius,
    length: uniform(0.09, 0.14) * radius,
    psi: uniform(0, 2 * Math.PI),
  });
  const blob = model.generateImage(camera, { intensity: uniform(1000, 3000), nsbLevel: 5, seed: i });
  blob.image.forEach((charge, pixel) => (toy[pixel] += charge));
}

const mask = tailcutsClean(camera, toy, { pictureThresh: 10, boundaryThresh: 5, minNumberPictureNeighbors: 2 });

const blobs = new CameraDisplay(camera, { image: toy });
blobs.highlightPixels(mask, { color: 'xkcd:red', linewidth: 1.5 });
blobs.addColorbar({ label: 'p.e.' });
await writePicture(join(folder, '08-toy.svg'), blobs);

// The plain way is a search with the matrix of neighbors, which has an entry for each pair of pixels:

const matrix = camera.neighborMatrix();

function islandsByMatrix({ nPixels }: CameraGeometry, selected: Uint8Array): { n: number; labels: Int32Array } {
  const labels = new Int32Array(nPixels);
  const visited = new Set<number>();
  let n = 0;
  for (let first = 0; first < nPixels; first++) {
    if (!selected[first] || visited.has(first)) continue;
    n++;
    const toCheck = new Set([first]);
    for (const pixel of toCheck) {
      if (visited.has(pixel)) continue;
      visited.add(pixel);
      labels[pixel] = n;
      for (let other = 0; other < nPixels; other++) {
        if (matrix[pixel * nPixels + other] && selected[other]) toCheck.add(other);
      }
    }
  }
  return { n, labels };
}

const plain = islandsByMatrix(camera, mask);
console.log(plain.n);

// There are fewer islands than the nine blobs: blobs that touch each other are one island, however bright they are, and some noise
// that survived the cleaning may be one of its own. Each island has a color, which the color bar shows:

const islands = new CameraDisplay(camera, { image: plain.labels });
islands.cmap = colorMap('Paired').first(plain.n, { under: 'k' });
islands.setLimitsMinmax(0.5, plain.n + 0.5).addColorbar({ label: 'island' });
await writePicture(join(folder, '09-islands.svg'), islands);

// How long does it take?

function time(call: () => unknown, repetitions: number): string {
  for (let i = 0; i < repetitions; i++) call(); // so that the code is compiled
  const start = performance.now();
  for (let i = 0; i < repetitions; i++) call();
  return `${((1000 * (performance.now() - start)) / repetitions).toFixed(1)} µs`;
}

console.log(time(() => islandsByMatrix(camera, mask), 100));

// With the lists of neighbors instead, which a geometry has as two arrays, it is less work:

function islandsByLists(
  { neighbors, nPixels }: CameraGeometry,
  selected: Uint8Array,
): { n: number; labels: Int32Array } {
  const { offsets, indices } = neighbors;
  const labels = new Int32Array(nPixels);
  const stack: number[] = [];
  let n = 0;
  for (let first = 0; first < nPixels; first++) {
    if (!selected[first] || labels[first]) continue;
    labels[first] = ++n;
    stack.push(first);
    for (let pixel = stack.pop(); pixel !== undefined; pixel = stack.pop()) {
      for (let k = offsets[pixel]; k < offsets[pixel + 1]; k++) {
        const other = indices[k];
        if (!selected[other] || labels[other]) continue;
        labels[other] = n;
        stack.push(other);
      }
    }
  }
  return { n, labels };
}

console.log(islandsByLists(camera, mask).n);
console.log(time(() => islandsByLists(camera, mask), 5000));

// This is what `numberOfIslands` does, after a check of its arguments:

console.log(numberOfIslands(camera, mask).nIslands);
console.log(time(() => numberOfIslands(camera, mask), 5000));
