import {
  calibrateHighGain,
  encodeDifferentialRows,
  extractAroundPeak,
  findNeighbors,
  buildPixelLookup,
  maxEncodedSize,
  morphologyParameters,
  neighborPeaks,
  neighborRule,
  selectedPixels,
  subtractBaseline,
  tailcutsClean,
  waveformVariance,
  WaveformMemory,
} from '@cherenkit/kernels';
import { expect } from 'chai';
import { cpuUnit, leastCpu } from '../support/cpu-unit.js';

/** A hexagonal camera with 1849 pixels and 60 samples, as those of large telescopes. */
const SIDE = 43;
const N_PIXELS = SIDE * SIDE;
const N_SAMPLES = 60;
const pixX = Float64Array.from({ length: N_PIXELS }, (_, i) => (i % SIDE) + (Math.floor(i / SIDE) % 2) / 2);
const pixY = Float64Array.from({ length: N_PIXELS }, (_, i) => (Math.floor(i / SIDE) * Math.sqrt(3)) / 2);
const neighbors = findNeighbors(buildPixelLookup(pixX, pixY), neighborRule('hex', 'hexagon'));

/** Noise around a pedestal of 300, the same in each run. */
const adc = Uint16Array.from({ length: N_PIXELS * N_SAMPLES }, (_, i) => 290 + (Math.imul(i, 0x9e3779b1) >>> 27));
const encoded = new Uint8Array(maxEncodedSize(adc.length));
encodeDifferentialRows(adc, N_SAMPLES, encoded, 0);
const pedestal = new Float32Array(N_PIXELS).fill(305);
const factor = new Float32Array(N_PIXELS).fill(0.02);

/** A small shower of 20 pixels. */
const image = Float32Array.from(pixX, (x, i) => (Math.hypot(x - 20, (pixY[i] - 20) * 2) < 3.6 ? 30 : 1));

const waveforms = new WaveformMemory().allocate(adc.length);
const subtracted = new WaveformMemory().allocate(adc.length);
const selected = new Int8Array(N_PIXELS);
const peaks = new Int32Array(N_PIXELS);
const [charge, peakTime] = [new Float32Array(N_PIXELS), new Float32Array(N_PIXELS)];
const mask = new Uint8Array(N_PIXELS);
tailcutsClean(neighbors, image, 10, 5, {}, mask);

/** Each kernel with the CPU time that it takes for a camera, in units of {@link cpuUnit}, on the machines where it was measured. */
const KERNELS: readonly (readonly [name: string, units: number, run: () => unknown])[] = [
  [
    'calibrateHighGain',
    0.52,
    () => calibrateHighGain(encoded, 0, N_SAMPLES, 4000, pedestal, factor, 0, selected, waveforms),
  ],
  ['neighborPeaks', 0.37, () => neighborPeaks(waveforms, N_SAMPLES, neighbors, 0, undefined, peaks)],
  ['extractAroundPeak', 0.15, () => extractAroundPeak(waveforms, N_SAMPLES, peaks, 7, 3, 1, charge, peakTime)],
  ['waveformVariance', 0.3, () => waveformVariance(waveforms, N_SAMPLES, charge)],
  ['subtractBaseline', 0.17, () => subtractBaseline(waveforms, N_SAMPLES, 0, 10, subtracted)],
  ['tailcutsClean', 0.04, () => tailcutsClean(neighbors, image, 10, 5, {}, new Uint8Array(N_PIXELS))],
  ['selectedPixels', 0.009, () => selectedPixels(mask)],
  ['morphologyParameters', 0.012, () => morphologyParameters(neighbors, mask)],
];

describe('the CPU time of kernels', function () {
  this.timeout(60_000);

  for (const [name, units, run] of KERNELS) {
    it(`${name} takes at most twice its usual multiple of a fixed kernel`, () => {
      leastCpu(3, 100, run); // until it is compiled
      const calls = units < 0.1 ? 1000 : 50;
      // A slow machine or a busy one is slow for both; a collection of garbage is not in the least of several rounds.
      const ratio = Math.min(...[1, 2, 3].map(() => leastCpu(5, calls, run) / cpuUnit()));
      expect(ratio).to.be.within(units / 10, 2 * units);
    });
  }
});
