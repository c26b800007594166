// Draws the integration window of each image extractor with the kernels, as docs/images/NAME.svg.
//
// usage: node scripts/draw-extractors.mjs
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import './set-up.mjs';

const kernels = await import('@cherenkit/kernels');

const folder = fileURLToPath(new URL('../docs/images/', import.meta.url));
const N_SAMPLES = 40;
const N_PIXELS = 7;
/** Index of the drawn pixel, which has six neighbors. */
const PIXEL = 0;
const neighbors = hexagon();
const waveforms = drawnWaveforms();
const own = waveforms.subarray(0, N_SAMPLES);

const [width, shift] = [7, 3];
const peaks = (find) => {
  const found = new Int32Array(N_PIXELS);
  find(found);
  return found[PIXEL];
};
const peakWindow = (peak) => ({ waveform: own, start: peak - shift, end: peak - shift + width, peak });

const localPeak = peaks((out) => kernels.localPeaks(waveforms, N_SAMPLES, out));
const globalPeak = peaks((out) => kernels.globalPeaks(waveforms, N_PIXELS, N_SAMPLES, undefined, 1, out));
const neighborPeak = peaks((out) => kernels.neighborPeaks(waveforms, N_SAMPLES, neighbors, 0, undefined, out));
const tripletPeak = peaks((out) => kernels.tripletPeaks(waveforms, N_SAMPLES, out));

mkdirSync(folder, { recursive: true });
draw('full-waveform-sum', { waveform: own, start: 0, end: N_SAMPLES });
draw('fixed-window-sum', { waveform: own, start: 15, end: 22, peak: 15 });
draw('global-peak-window-sum', { ...peakWindow(globalPeak), other: meanOf(0) });
draw('local-peak-window-sum', peakWindow(localPeak));
draw('neighbor-peak-window-sum', { ...peakWindow(neighborPeak), other: meanOf(1) });
draw('sliding-window-max-sum', slidingWindow());
draw('baseline-subtracted-neighbor-peak-window-sum', baselineSubtracted());
draw('two-pass-window-sum', { waveform: own, start: tripletPeak - 2, end: tripletPeak + 3, peak: tripletPeak });
draw('flash-cam-extractor', flashCam());
draw('variance-extractor', variance());

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
  kernels.extractSlidingWindow(own, N_SAMPLES, width, 1, charge, new Float32Array(1));
  const sumFrom = (start) => own.slice(start, start + width).reduce((sum, sample) => sum + sample, 0);
  const starts = Array.from({ length: N_SAMPLES - width + 1 }, (_, start) => start);
  const start = starts.find((candidate) => Math.abs(sumFrom(candidate) - charge[0]) < 1e-4);
  return { waveform: own, start, end: start + width };
}

function baselineSubtracted() {
  const subtracted = new Float32Array(N_SAMPLES);
  kernels.subtractBaseline(own, N_SAMPLES, 0, 10, subtracted);
  return { ...peakWindow(neighborPeak), waveform: subtracted, other: own };
}

function flashCam() {
  const n = 4 * N_SAMPLES;
  const decaying = new Float32Array(N_SAMPLES);
  for (let i = 1; i < N_SAMPLES; i++) {
    decaying[i] = 0.75 * decaying[i - 1] + 2.5 * Math.exp(-0.5 * ((i - 15) / 0.9) ** 2);
  }
  const deconvolved = new Float64Array(n);
  kernels.deconvolve(decaying, 0, N_SAMPLES, 4, 0.75, new Float64Array(n), deconvolved, 0);
  const peak = deconvolved.indexOf(Math.max(...deconvolved));
  return { waveform: deconvolved, start: peak - shift, end: peak - shift + width, peak, other: decaying };
}

function variance() {
  const out = new Float32Array(1);
  kernels.waveformVariance(own, N_SAMPLES, out);
  const mean = own.reduce((sum, sample) => sum + sample, 0) / N_SAMPLES;
  return { waveform: own, band: [mean - Math.sqrt(out[0]), mean + Math.sqrt(out[0])] };
}

/** Draws samples as bars, dark within the window, the waveform of the peak search as a line, and a mark at the peak. */
function draw(name, { waveform, start = 0, end = 0, peak, other, band }) {
  const [sizeX, sizeY, margin] = [640, 200, 14];
  const all = [...waveform, ...(other ?? [])];
  const [low, high] = [Math.min(0, ...all), Math.max(...all)];
  const x = (i, n) => margin + (i * (sizeX - 2 * margin)) / n;
  const y = (value) => sizeY - margin - ((value - low) * (sizeY - 2 * margin)) / (high - low);
  const number = (value) => value.toFixed(1);
  const parts = [];
  if (band) {
    const height = number(y(band[0]) - y(band[1]));
    parts.push(
      `<rect x="${margin}" y="${number(y(band[1]))}" width="${sizeX - 2 * margin}" height="${height}" fill="#f2d8a7"/>`,
    );
  }
  waveform.forEach((value, i) => {
    const [top, bottom] = [y(Math.max(0, value)), y(Math.min(0, value))];
    const fill = i >= start && i < end ? '#2f6f9f' : '#c3ced6';
    const barWidth = number(x(1, waveform.length) - x(0, waveform.length) - 1);
    const [left, height] = [number(x(i, waveform.length)), number(bottom - top)];
    parts.push(`<rect x="${left}" y="${number(top)}" width="${barWidth}" height="${height}" fill="${fill}"/>`);
  });
  if (other) {
    const points = Array.from(other, (value, i) => `${number(x(i + 0.5, other.length))},${number(y(value))}`);
    parts.push(`<polyline points="${points.join(' ')}" fill="none" stroke="#b5562b" stroke-width="2"/>`);
  }
  if (peak !== undefined) {
    const at = number(x(peak + 0.5, waveform.length));
    parts.push(`<line x1="${at}" y1="2" x2="${at}" y2="${sizeY - 2}" stroke="#222" stroke-dasharray="4 3"/>`);
  }
  const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${sizeX} ${sizeY}" width="${sizeX}" height="${sizeY}">`;
  writeFileSync(`${folder}${name}.svg`, `${[head, ...parts, '</svg>'].join('\n')}\n`);
}
