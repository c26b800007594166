// Figures of docs/algorithms: the integration window of each image extractor, computed by the kernels.
import { AxesDisplay } from '@cherenkit/display';
import * as kernels from '@cherenkit/kernels';

const N_SAMPLES = 40;
const N_PIXELS = 7;
/** Index of the drawn pixel, which has six neighbors. */
const PIXEL = 0;
const [WIDTH, SHIFT] = [7, 3];
const neighbors = hexagon();
const waveforms = drawnWaveforms();
const own = waveforms.subarray(0, N_SAMPLES);

export function extractorFigures() {
  const peaks = (find) => {
    const found = new Int32Array(N_PIXELS);
    find(found);
    return found[PIXEL];
  };
  const localPeak = peaks((out) => kernels.localPeaks(waveforms, N_SAMPLES, out));
  const globalPeak = peaks((out) => kernels.globalPeaks(waveforms, N_PIXELS, N_SAMPLES, undefined, 1, out));
  const neighborPeak = peaks((out) => kernels.neighborPeaks(waveforms, N_SAMPLES, neighbors, 0, undefined, out));
  const tripletPeak = peaks((out) => kernels.tripletPeaks(waveforms, N_SAMPLES, out));
  const figures = {
    'full-waveform-sum': { start: 0, end: N_SAMPLES },
    'fixed-window-sum': { start: 15, end: 22, peak: 15 },
    'global-peak-window-sum': { ...around(globalPeak), other: meanOf(0), otherName: 'mean of all pixels' },
    'local-peak-window-sum': around(localPeak),
    'neighbor-peak-window-sum': { ...around(neighborPeak), other: meanOf(1), otherName: 'mean of the neighbors' },
    'sliding-window-max-sum': slidingWindow(),
    'baseline-subtracted-neighbor-peak-window-sum': baselineSubtracted(neighborPeak),
    'two-pass-window-sum': { start: tripletPeak - 2, end: tripletPeak + 3, peak: tripletPeak },
    'flash-cam-extractor': flashCam(),
    'variance-extractor': variance(),
  };
  return Object.fromEntries(Object.entries(figures).map(([name, figure]) => [`images/${name}.svg`, draw(figure)]));
}

function around(peak) {
  return { start: peak - SHIFT, end: peak - SHIFT + WIDTH, peak };
}

function hexagon() {
  const rows = [[1, 2, 3, 4, 5, 6], ...Array.from({ length: 6 }, (_, i) => [0, ((i + 1) % 6) + 1, ((i + 5) % 6) + 1])];
  const offsets = Int32Array.from({ length: N_PIXELS + 1 }, (_, i) => rows.slice(0, i).flat().length);
  return { offsets, indices: Int32Array.from(rows.flat()) };
}

/** Faint pulse: in the pixel itself a fluctuation is higher, in its neighbors it is not. */
function drawnWaveforms() {
  const random = new kernels.RandomStream(11);
  const out = new Float32Array(N_PIXELS * N_SAMPLES);
  for (let pixel = 0; pixel < N_PIXELS; pixel++) {
    for (let i = 0; i < N_SAMPLES; i++) {
      const pulse = (pixel === PIXEL ? 3 : 6) * Math.exp(-0.5 * ((i - 18 - 0.3 * (pixel % 3)) / 1.9) ** 2);
      const fluctuation = pixel === PIXEL ? 3.6 * Math.exp(-0.5 * ((i - 31) / 0.8) ** 2) : 0;
      out[pixel * N_SAMPLES + i] = 0.6 + pulse + fluctuation + 0.45 * random.normal();
    }
  }
  return out;
}

function meanOf(first) {
  return Float32Array.from({ length: N_SAMPLES }, (_, i) => {
    let sum = 0;
    for (let pixel = first; pixel < N_PIXELS; pixel++) sum += waveforms[pixel * N_SAMPLES + i];
    return sum / (N_PIXELS - first);
  });
}

function slidingWindow() {
  const charge = new Float32Array(1);
  kernels.extractSlidingWindow(own, N_SAMPLES, WIDTH, 1, charge, new Float32Array(1));
  const sumFrom = (start) => own.slice(start, start + WIDTH).reduce((sum, sample) => sum + sample, 0);
  const starts = Array.from({ length: N_SAMPLES - WIDTH + 1 }, (_, start) => start);
  const start = starts.find((candidate) => Math.abs(sumFrom(candidate) - charge[0]) < 1e-4);
  return { start, end: start + WIDTH };
}

function baselineSubtracted(peak) {
  const waveform = new Float32Array(N_SAMPLES);
  kernels.subtractBaseline(own, N_SAMPLES, 0, 10, waveform);
  return { ...around(peak), waveform, other: own, otherName: 'before subtraction' };
}

function flashCam() {
  const n = 4 * N_SAMPLES;
  const decaying = new Float32Array(N_SAMPLES);
  for (let i = 1; i < N_SAMPLES; i++) {
    decaying[i] = 0.75 * decaying[i - 1] + 2.5 * Math.exp(-0.5 * ((i - 15) / 0.9) ** 2);
  }
  const waveform = new Float64Array(n);
  kernels.deconvolve(decaying, 0, N_SAMPLES, 4, 0.75, new Float64Array(n), waveform, 0);
  const peak = waveform.indexOf(Math.max(...waveform));
  return { ...around(peak), waveform, other: decaying, otherName: 'original' };
}

function variance() {
  const out = new Float32Array(1);
  kernels.waveformVariance(own, N_SAMPLES, out);
  const mean = own.reduce((sum, sample) => sum + sample, 0) / N_SAMPLES;
  return { band: [mean - Math.sqrt(out[0]), mean + Math.sqrt(out[0])] };
}

/** Samples as bars, dark within the window; the other waveform as a line, and a dashed line at the peak. */
function draw({ waveform = own, start = 0, end = 0, peak, other, otherName, band }) {
  // Waveforms with more samples have shorter ones.
  const width = N_SAMPLES / waveform.length;
  const edges = Array.from({ length: waveform.length + 1 }, (_, i) => i * width);
  const inWindow = (isIn) => Array.from(waveform, (value, i) => (isIn === (i >= start && i < end) ? value : 0));
  const axes = new AxesDisplay({
    xLabel: 'sample',
    yLabel: 'p.e.',
    xLimits: [0, N_SAMPLES],
    width: 640,
    height: other ? 250 : 230,
  });
  if (band) axes.shade({ y: band }, { color: '#f2d8a7' });
  axes.bars(edges, inWindow(false), { color: '#c3ced6' }).bars(edges, inWindow(true), { color: '#2f6f9f' });
  if (other) {
    const points = Array.from(other, (value, i) => [((i + 0.5) * N_SAMPLES) / other.length, value]);
    axes.line(points, { color: 'tab:orange', linewidth: 2, label: otherName });
  }
  if (peak !== undefined) axes.rule({ x: (peak + 0.5) * width }, { color: '#222222', dash: [4, 3] });
  return axes.toSvg();
}
