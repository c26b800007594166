// Figures of docs/algorithms: cleaning, image modification and parameters of images, computed by the kernels.
import { CameraGeometry } from '@cherenkit/core';
import { AxesDisplay, CameraDisplay, colorMap, subplots } from '@cherenkit/display';
import * as kernels from '@cherenkit/kernels';

const SIZE = { width: 360, height: 330, showFrame: false };
const RED = '#d62728';
const PICTURE = 8;
const BOUNDARY = 4;

/** Camera of hexagonal pixels with a distance of 1 m. */
const camera = hexagonalCamera(9);
const { pixX, pixY, neighbors, nPixels } = camera;
const { image, peakTime, star } = showerImage();

export function imageFigures() {
  const mask = clean(tailcuts).mask;
  const main = kernels.largestIsland(kernels.numberOfIslands(neighbors, mask));
  const selected = kernels.selectedPixels(main);
  const hillas = kernels.hillasParameters(camera, image, selected);
  return {
    ...cleaningFigures(),
    'algorithms/image-modifier.svg': modifierFigure(),
    'algorithms/hillas.svg': hillasFigure(main, hillas),
    'algorithms/timing.svg': timingFigure(selected, hillas),
    'algorithms/leakage.svg': leakageFigure(),
    'algorithms/concentration.svg': concentrationFigure(main, hillas),
    'algorithms/morphology.svg': morphologyFigure(mask),
    'algorithms/statistics.svg': statisticsFigure(selected),
  };
}

/** Shower image with a time gradient, late light far from it, night-sky background, and a pixel illuminated by a star. */
function showerImage() {
  const axis = { x: 1, y: -0.6, psi: 0.6, length: 3.2, width: 1.1 };
  const random = new kernels.RandomStream(7, 1);
  const charges = new Float32Array(nPixels);
  const times = new Float32Array(nPixels);
  for (let pixel = 0; pixel < nPixels; pixel++) {
    const [dx, dy] = [pixX[pixel] - axis.x, pixY[pixel] - axis.y];
    const along = dx * Math.cos(axis.psi) + dy * Math.sin(axis.psi);
    const across = dy * Math.cos(axis.psi) - dx * Math.sin(axis.psi);
    const light = 32 * Math.exp(-0.5 * ((along / axis.length) ** 2 + (across / axis.width) ** 2));
    const late = 15 * Math.exp(-0.5 * ((pixX[pixel] + 5) ** 2 + (pixY[pixel] - 4) ** 2));
    charges[pixel] = random.poisson(light) + random.poisson(late) + random.poisson(2) - 2;
    const spread = 0.5 + 6 / (1 + Math.max(0, charges[pixel]));
    times[pixel] = (late > light ? 34 : 20 + 0.9 * along) + spread * (random.poisson(8) - 8) * 0.2;
  }
  const bright = camera.positionToPixIndex(5.5, -6);
  charges[bright] = 11;
  return { image: charges, peakTime: times, star: bright };
}

function hexagonalCamera(radius) {
  const places = [];
  for (let q = -radius; q <= radius; q++) {
    for (let r = Math.max(-radius, -q - radius); r <= Math.min(radius, radius - q); r++) {
      places.push([q + r / 2, (r * Math.sqrt(3)) / 2]);
    }
  }
  return new CameraGeometry({
    name: 'camera',
    pixX: places.map(([x]) => x),
    pixY: places.map(([, y]) => y),
    pixArea: places.map(() => Math.sqrt(3) / 2),
    pixType: 'hexagon',
    frame: kernels.cameraFrame(28),
  });
}

function tailcuts(mask) {
  return kernels.tailcutsClean(neighbors, image, PICTURE, BOUNDARY, { minPictureNeighbors: 2 }, mask);
}

/** The mask of a cleaning and the number of its pixels. */
function clean(method) {
  const mask = new Uint8Array(nPixels);
  return { count: method(mask), mask };
}

function cleaningFigures() {
  const cleanings = {
    tailcuts,
    mars: (mask) => kernels.marsCleaning_1stPass(neighbors, image, PICTURE, BOUNDARY, { minPictureNeighbors: 2 }, mask),
    fact: (mask) => {
      const options = { minPictureNeighbors: 2, timeLimit: 2 };
      return kernels.factImageCleaning(neighbors, image, peakTime, PICTURE, BOUNDARY, options, mask);
    },
    'time-constrained': (mask) => {
      const limits = { minPictureNeighbors: 1, timeLimitCore: 4.5, timeLimitBoundary: 1.5 };
      return kernels.timeConstrainedClean(neighbors, image, peakTime, PICTURE, BOUNDARY, limits, mask);
    },
    nsb: (mask) => {
      const std = new Float64Array(nPixels).fill(2).map((deviation, pixel) => (pixel === star ? 8 : deviation));
      const thresholds = kernels.pictureAboveNoise(std, 2.5, PICTURE);
      const timeDelta = { peakTime, minNeighbors: 1, timeLimit: 2 };
      const options = { minPictureNeighbors: 2, timeDelta, largestIslandOnly: true };
      return kernels.nsbImageCleaning(neighbors, image, thresholds, BOUNDARY, options, mask);
    },
  };
  const entries = Object.entries(cleanings).map(([name, method]) => {
    const { count, mask } = clean(method);
    const times = peakTime.map((time, pixel) => (image[pixel] < 3 ? NaN : time));
    const pictures = [
      charges('charge', image).highlightPixels(mask, { color: 'white' }),
      new CameraDisplay(camera, { ...SIZE, title: 'peak time', image: times, cmap: 'viridis' })
        .setLimitsMinmax(14, 36)
        .addColorbar({ label: 'ns' }),
      charges(`${count} pixels are kept`, kept(image, mask)),
    ];
    return [`algorithms/cleaning-${name}.svg`, subplots(1, 3, pictures).toSvg()];
  });
  return Object.fromEntries(entries);
}

/** A display of charges, all with the same limits. */
function charges(title, values) {
  return new CameraDisplay(camera, { ...SIZE, title, image: values })
    .setLimitsMinmax(0, 40)
    .addColorbar({ label: 'p.e.' });
}

/** The values of a mask; the others are NaN. */
function kept(values, mask) {
  return values.map((value, pixel) => (mask[pixel] ? value : NaN));
}

function modifierFigure() {
  const noise = { transitionCharge: 8, levelDim: 3, levelBright: 3, biasDim: 0, correctBias: true };
  const smeared = kernels.smearImage(neighbors, image, 0.4, new kernels.RandomStream(1337, 1));
  const noisy = smeared.slice();
  kernels.addNoise(noisy, noise, new kernels.RandomStream(1337, 2));
  const pictures = [
    charges('as simulated', image),
    charges('smeared, psf_smear_factor 0.4', smeared),
    charges('and noise of 3 p.e.', noisy),
  ];
  return subplots(1, 3, pictures).toSvg();
}

/** Ellipse without label and wedges, and at two standard deviations without wedges. */
function hillasFigure(main, hillas) {
  const options = { withLabel: false, psiUncertainty: false, keepOld: true };
  return charges('length and width, once and twice', kept(image, main))
    .overlayMoments(hillas, { withLabel: false, psiUncertaintyLength: 2.5 })
    .overlayMoments(hillas, { ...options, nSigma: 2 })
    .toSvg();
}

function timingFigure(selected, hillas) {
  const { x, y, psi } = hillas;
  const line = kernels.timingParameters(camera, peakTime, selected, hillas);
  const points = Array.from(selected, (pixel) => [
    (pixX[pixel] - x) * Math.cos(psi) + (pixY[pixel] - y) * Math.sin(psi),
    peakTime[pixel],
  ]);
  const title = `slope ${line.slope.toFixed(2)} ns per pixel`;
  return new AxesDisplay({ title, xLabel: 'distance along the axis (pixels)', yLabel: 'peak time (ns)' })
    .scatter(points)
    .line(
      [-7, 7].map((along) => [along, line.intercept + line.slope * along]),
      { color: RED },
    )
    .toSvg();
}

function leakageFigure() {
  const [one, two] = [1, 2].map((thickness) => kernels.borderPixelMask(neighbors, thickness));
  return charges('one row of border pixels, and two', image)
    .highlightPixels(two, { color: '#ffb000', style: 'pixels' })
    .highlightPixels(one, { color: RED, style: 'pixels', keepOld: true })
    .toSvg();
}

function concentrationFigure(main, hillas) {
  const around = pixX.map((x, pixel) => Number(Math.hypot(x - hillas.x, pixY[pixel] - hillas.y) < 1));
  return charges('around the centroid, in the ellipse', kept(image, main))
    .highlightPixels(Uint8Array.from(around), { color: '#3fa7ff', style: 'pixels', linewidth: 2 })
    .overlayMoments(hillas, { withLabel: false, psiUncertainty: false })
    .toSvg();
}

function morphologyFigure(mask) {
  const { nIslands, labels } = kernels.numberOfIslands(neighbors, mask);
  const title = `${nIslands} islands`;
  return new CameraDisplay(camera, {
    ...SIZE,
    title,
    image: labels,
    cmap: colorMap('Paired').first(nIslands, { under: 'k' }),
  })
    .setLimitsMinmax(0.5, nIslands + 0.5)
    .addColorbar({ label: 'island' })
    .toSvg();
}

function statisticsFigure(selected) {
  const { mean, std } = kernels.descriptiveStatistics(image, selected);
  const edges = Array.from({ length: 13 }, (_, i) => 4 * i);
  const counts = new Array(12).fill(0);
  for (const pixel of selected) counts[Math.min(11, Math.floor(image[pixel] / 4))]++;
  return new AxesDisplay({
    title: `mean ${mean.toFixed(1)}, std ${std.toFixed(1)} p.e.`,
    xLabel: 'charge (p.e.)',
    yLabel: 'pixels',
    yLimits: [0, 1.1 * Math.max(...counts)],
  })
    .shade({ x: [mean - std, mean + std] })
    .bars(edges, counts, { color: 'tab:blue' })
    .rule({ x: mean }, { color: RED, linewidth: 2 })
    .toSvg();
}
