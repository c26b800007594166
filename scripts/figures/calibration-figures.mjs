// Figures of docs/algorithms/camera-calibration.md, computed by the kernels of simulated charges.
import { CameraGeometry } from '@cherenkit/core';
import { AxesDisplay, CameraDisplay, subplots } from '@cherenkit/display';
import * as kernels from '@cherenkit/kernels';

const { RandomStream } = kernels;

const [BLUE, ORANGE, GREEN, RED, GREY] = ['#1f77b4', '#ff7f0e', '#2ca02c', '#d62728', '#999999'];
const PEDESTAL = 2100;
const LIGHT = 80;
const EXCESS_NOISE = 1.16;
const WIDE = { width: 560, height: 320 };

/** Charge of a flash of light in a pixel, counts. */
function flash(random, gain = 60, light = LIGHT) {
  const n = random.poisson(light);
  return PEDESTAL + gain * (n + Math.sqrt(n * (EXCESS_NOISE - 1)) * random.normal()) + 120 * random.normal();
}

export function calibrationFigures() {
  return {
    'algorithms/calibration-chunks.svg': chunksFigure().toSvg(),
    'algorithms/calibration-statistics.svg': statisticsFigure().toSvg(),
    'algorithms/calibration-histogram.svg': histogramFigure().toSvg(),
    'algorithms/calibration-outliers.svg': outliersFigure().toSvg(),
    'algorithms/calibration-coefficients.svg': coefficientsFigure().toSvg(),
  };
}

/** Chunks of the first pass, and those of the second pass around a faulty one. */
function chunksFigure() {
  const options = { size: 20, shift: 5, lastChunk: 'overlap' };
  const nRows = 108;
  const axes = new AxesDisplay({
    title: 'chunks of 20 events, the third one faulty',
    xLabel: 'event',
    yLabel: 'chunk',
    ...WIDE,
  });
  const draw = (chunks, y, color, label) =>
    chunks.forEach(([start, end], i) => {
      axes.line([[start, y(i)], [end - 1, y(i)]], { color, linewidth: 5, label: i === 0 ? label : undefined }); // prettier-ignore
    });
  const first = kernels.chunksOfSize(nRows, { ...options, shift: 20 });
  const [start, end] = kernels.rowsAroundChunk(nRows, 2, false, options);
  const second = kernels.chunksOfSize(end - start, options).map((chunk) => chunk.map((row) => row + start));
  draw(first.slice(0, 2), (i) => 1 + i, BLUE, 'first pass');
  draw(first.slice(2, 3), () => 3, RED, 'faulty');
  draw(first.slice(3), (i) => 4 + i, BLUE);
  draw(second, (i) => 1 + first.length + i, GREEN, 'second pass');
  return axes;
}

/** Charges of a pixel, one of them with the light of a car, and their statistics. */
function statisticsFigure() {
  const random = new RandomStream(3, 1);
  const values = Float32Array.from({ length: 60 }, (_, i) => flash(random) + (i === 17 || i === 40 ? 6000 : 0));
  const plain = kernels.plainStatistics(values, 1);
  const clipped = kernels.clippedStatistics(values, 1, { maxSigma: 4, iterations: 5 });
  const axes = new AxesDisplay({ title: 'charges of a pixel', xLabel: 'event', yLabel: 'charge (counts)', ...WIDE });
  const band = ({ mean: [mean], std: [std] }, color, label) => {
    axes.line([[0, mean], [59, mean]], { color, label }); // prettier-ignore
    for (const side of [-1, 1]) axes.rule({ y: mean + side * std }, { color, dash: [4, 3] });
  };
  band(plain, ORANGE, 'PlainAggregator');
  band(clipped, BLUE, 'SigmaClippingAggregator');
  return axes.scatter([...values].map((value, i) => [i, value]), { color: '#222222', size: 7 }); // prettier-ignore
}

function histogramFigure() {
  const random = new RandomStream(3, 2);
  const values = Float32Array.from({ length: 400 }, () => flash(random));
  const edges = kernels.regularEdges(4500, 9500, 25);
  const { counts } = kernels.pixelHistograms(values, 1, { edges, isRegular: true, hasOverflow: true });
  const axes = new AxesDisplay({
    title: 'histogram of a pixel',
    xLabel: 'charge (counts)',
    yLabel: 'events',
    ...WIDE,
  });
  return axes.bars(edges, counts.subarray(1, edges.length), { color: BLUE });
}

/** Standard deviations of the pixels of a camera, and the outliers that the detectors find. */
function outliersFigure() {
  const random = new RandomStream(3, 3);
  const geometry = CameraGeometry.makeRectangular(24, 24, [-1, 1], [-1, 1]);
  const image = Float32Array.from(geometry.pixX, (x, pixel) => {
    const isInStar = Math.hypot(x - 0.45, geometry.pixY[pixel] + 0.3) < 0.12;
    return 120 + 6 * random.normal() + (isInStar ? 150 : 0) - (pixel === 100 || pixel === 371 ? 118 : 0);
  });
  const found = kernels.outsideCameraStd(image, image.length, [-3, 3]);
  const camera = new CameraDisplay(geometry, { title: 'standard deviation of pedestals', image });
  camera.addColorbar({ label: 'counts' });
  camera.highlightPixels(found, { color: RED, style: 'pixels' });
  const sorted = Float64Array.from(image).sort();
  const median = kernels.quantileOfSorted(sorted, 0.5);
  const std = kernels.descriptiveStatistics(image, Int32Array.from(image.keys())).std;
  const edges = kernels.regularEdges(0, 300, 60);
  const { counts } = kernels.pixelHistograms(image, 1, { edges, isRegular: true, hasOverflow: true });
  const axes = new AxesDisplay({
    title: 'pixels, median and limits',
    xLabel: 'standard deviation (counts)',
    yLabel: 'pixels',
  });
  axes.bars(edges, counts.subarray(1, edges.length), { color: GREY });
  axes.rule({ x: median }, { color: BLUE });
  for (const side of [-3, 3]) axes.rule({ x: median + side * std }, { color: RED, dash: [4, 3] });
  return subplots(1, 2, [camera, axes]);
}

/** Variance and signal of pixels for several intensities, and simulated and found gains. */
function coefficientsFigure() {
  const random = new RandomStream(3, 4);
  const gains = Array.from({ length: 120 }, () => 60 * (1 + 0.12 * random.normal()));
  const nEvents = 1000;
  const statistics = (light) => {
    const values = new Float64Array(nEvents * gains.length);
    for (let i = 0; i < values.length; i++) values[i] = flash(random, gains[i % gains.length], light);
    return kernels.plainStatistics(values, gains.length);
  };
  const dark = statistics(0);
  const properties = { squaredExcessNoise: EXCESS_NOISE, flashSpread: 0 };
  const variance = new AxesDisplay({ title: 'variance of a pixel', xLabel: 'signal (counts)', yLabel: 'variance - pedestal variance' }); // prettier-ignore
  for (const [pixel, color] of [gains.indexOf(Math.min(...gains)), gains.indexOf(Math.max(...gains))].map((each, i) => [
    each,
    [BLUE, ORANGE][i],
  ])) {
    const points = [20, 40, 60, 80, 100, 120].map((light) => {
      const lit = statistics(light);
      return [lit.mean[pixel] - dark.mean[pixel], lit.std[pixel] ** 2 - dark.std[pixel] ** 2];
    });
    variance.scatter(points, { color });
    const end = 120 * gains[pixel];
    variance.line([[0, 0], [end, EXCESS_NOISE * gains[pixel] * end]], { color, label: `gain ${gains[pixel].toFixed(0)}` }); // prettier-ignore
  }
  const found = kernels.pixelGains(statistics(LIGHT), dark, properties);
  const factors = kernels.conversionFactors(found, new Uint8Array(gains.length).fill(1), true);
  const axes = new AxesDisplay({ title: 'gains (counts per p.e.)', xLabel: 'simulated', yLabel: 'found' });
  axes.line([[40, 40], [80, 80]], { color: GREY }); // prettier-ignore
  axes.scatter(gains.map((gain, i) => [gain, found.gain[i]]), { color: BLUE, label: 'of each pixel' }); // prettier-ignore
  axes.scatter(gains.map((gain, i) => [gain, 1 / factors[i]]), { color: ORANGE, label: 'uniform light' }); // prettier-ignore
  return subplots(1, 2, [variance, axes]);
}
