// Benchmarks the drawing of pictures: cameras of several sizes as SVG, PNG and on a canvas, and an array.
//
// usage: npm run bench -- pictures [--runs 40]
//
// Prints the shortest time of all runs, which the load of the computer affects least, and the goal.
import { cpus } from 'node:os';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import './set-up.mjs';

const { values: options } = parseArgs({ options: { runs: { type: 'string', default: '40' } }, allowPositionals: true });
const { CameraGeometry, EarthLocation, SubarrayDescription } = await import('@cherenkit/core');
const { ArrayDisplay, CameraDisplay, fillDots, indexRaster, thetaSquaredPlot } = await import('@cherenkit/display');
const { toPng } = await import('@cherenkit/display/node');
const { cameraFrame } = await import('@cherenkit/kernels');
const { EventSource } = await import('cherenkit');

const runs = Number(options.runs);
console.log(`Node ${process.versions.node} on ${cpus().length} x ${cpus()[0]?.model}; shortest of ${runs} runs, ms\n`);

for (const [nPixels, goal] of [
  [1855, 2],
  [2048, 2],
  [7987, 8],
  [40_000, 20],
]) {
  const [geometry, image] = camera(nPixels);
  const display = new CameraDisplay(geometry, { image }).addColorbar({ label: 'p.e.' });
  display.highlightPixels(image.map((value) => (value > 30 ? 1 : 0)));
  const other = image.map((value) => value + 1);
  let turn = 0;
  const draw = () => {
    display.image = turn++ % 2 === 0 ? image : other;
    return display.toSvg();
  };
  const svg = draw();
  report(`camera of ${nPixels} pixels, SVG (${(svg.length / 1000).toFixed(0)} kB)`, shortest(draw), goal);
  if (nPixels === 1855) {
    const png = await shortestOf(() => toPng(svg));
    report('  PNG of 600 x 500 dots', png, 40);
    const wasm = await shortestOf(() => toPng(svg, { engine: 'wasm' }), 5);
    report('  PNG by WebAssembly', wasm);
  }
  const mark = display.scene.marks.flatMap((each) => each.marks ?? []).find(({ kind }) => kind === 'pixels');
  const raster = indexRaster(mark.layout, mark.transform);
  const dots = new Uint32Array(raster.pixels.length);
  report(
    '  dots of a canvas',
    shortest(() => fillDots(raster, mark, dots)),
  );
}

const source = await EventSource.open('toymodel:?array=south');
const telIds = source.subarray.telIds;
const array = new ArrayDisplay(source.subarray);
const psi = new Map(telIds.map((telId) => [telId, telId]));
const drawArray = () => array.addLabels().setLineHillas(psi, psi, 300).toSvg();
report(
  `array of ${telIds.length} telescopes, SVG (${(drawArray().length / 1000).toFixed(0)} kB)`,
  shortest(drawArray),
  5,
);
const large = arrayOf(100);
const largeArray = new ArrayDisplay(large);
report(
  'array of 100 telescopes, SVG',
  shortest(() => largeArray.addLabels().toSvg()),
  5,
);
const thetas = Float64Array.from({ length: 1000 }, (_, i) => ((i * 7919) % 1000) / 2e5);
report('theta squared of 1000 events, SVG', await shortestOf(() => thetaSquaredPlot(thetas)));
await source[Symbol.asyncDispose]();

/** An array of telescopes of the toy model. */
function arrayOf(count) {
  const { subarray } = source;
  const ids = Array.from({ length: count }, (_, i) => i + 1);
  const model = subarray.telescope(subarray.telIds[0]);
  return new SubarrayDescription({
    name: 'large',
    telPositions: new Map(ids.map((id) => [id, { x: 100 * (id % 10), y: 100 * Math.floor(id / 10), z: 0 }])),
    telDescriptions: new Map(ids.map((id) => [id, model])),
    referenceLocation: EarthLocation.fromGeodetic(0, 0, 2000),
  });
}

/** A camera of hexagonal pixels, with an image. */
function camera(nPixels) {
  const side = Math.ceil(Math.sqrt(nPixels));
  const spacing = 2.4 / side;
  const pixX = Array.from({ length: nPixels }, (_, i) => spacing * ((i % side) + (Math.floor(i / side) % 2) / 2) - 1.2);
  const pixY = Array.from({ length: nPixels }, (_, i) => (spacing * Math.floor(i / side) * Math.sqrt(3)) / 2 - 1.05);
  const pixArea = new Float64Array(nPixels).fill((0.98 * spacing) ** 2 * (Math.sqrt(3) / 2));
  const geometry = new CameraGeometry({
    name: 'Bench',
    pixX,
    pixY,
    pixArea,
    pixType: 'hexagon',
    frame: cameraFrame(28),
  });
  const image = Float32Array.from(pixX, (x, i) => {
    const noise = ((i * 7919) % 1000) / 250;
    return noise + 60 * Math.exp(-((x - 0.2) ** 2 / 0.02 + (pixY[i] + 0.1) ** 2 / 0.004));
  });
  return [geometry, image];
}

function shortest(call) {
  let best = Infinity;
  for (let i = 0; i < runs; i++) {
    const begin = performance.now();
    call();
    best = Math.min(best, performance.now() - begin);
  }
  return best;
}

async function shortestOf(call, times = runs) {
  let best = Infinity;
  for (let i = 0; i < times; i++) {
    const begin = performance.now();
    await call();
    best = Math.min(best, performance.now() - begin);
  }
  return best;
}

function report(name, time, goal) {
  console.log(`${name.padEnd(44)} ${time.toFixed(2).padStart(8)}${goal === undefined ? '' : `   goal ${goal}`}`);
}
