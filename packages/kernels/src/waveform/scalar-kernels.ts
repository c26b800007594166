import type { Neighbors } from '../camera/neighbors.js';
import { pairwiseSum } from '../image/pixel-plane.js';
import type { Gigahertz } from '../units.js';
import type { HotKernels } from './hot-kernels.js';

/** The hot kernels in plain JavaScript: fallback for engines without vector instructions, and reference for tests. */
export const scalarKernels: HotKernels = {
  decodeRows,
  selectGain,
  calibrate,
  calibrateHighGain,
  neighborPeaks,
  extractAroundPeak,
  variance,
  subtractBaseline,
};

/** Decodes four differences at a time if each is a single byte, as nearly all are. */
export function decodeRows(bytes: Uint8Array, begin: number, nPerRow: number, rows: Uint16Array | Uint32Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length;
  const total = rows.length;
  let position = begin;
  let i = 0;
  while (i < total) {
    const rowEnd = i + nPerRow;
    let value = 0;
    while (i < rowEnd) {
      if (i + 4 <= rowEnd && position + 4 <= end) {
        const four = view.getUint32(position, true);
        if ((four & 0x80808080) === 0) {
          value += ((four >>> 1) & 0x3f) ^ -(four & 1);
          rows[i] = value;
          value += ((four >>> 9) & 0x3f) ^ -((four >>> 8) & 1);
          rows[i + 1] = value;
          value += ((four >>> 17) & 0x3f) ^ -((four >>> 16) & 1);
          rows[i + 2] = value;
          value += (four >>> 25) ^ -((four >>> 24) & 1);
          rows[i + 3] = value;
          i += 4;
          position += 4;
          continue;
        }
      }
      if (position >= end) return -1;
      const first = bytes[position];
      if (first < 0x80) {
        value += (first >>> 1) ^ -(first & 1);
        position += 1;
      } else if (first < 0xc0) {
        if (position + 2 > end) return -1;
        const zigzag = ((first & 0x3f) << 8) | bytes[position + 1];
        value += (zigzag >>> 1) ^ -(zigzag & 1);
        position += 2;
      } else {
        const more = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
        if (first >= 0xf8 || position + more >= end) return -1;
        // A five-byte varint has 34 bits, of which C keeps 33 before it splits off the sign.
        let zigzag = first & (0x7f >> more);
        for (let k = 1; k <= more; k++) zigzag = zigzag * 256 + bytes[position + k];
        const magnitude = Math.floor(zigzag / 2) | 0;
        value = (value + (zigzag % 2 === 0 ? magnitude : ~magnitude)) | 0;
        position += more + 1;
      }
      rows[i] = value;
      i += 1;
    }
  }
  return position;
}

export function selectGain(
  highGain: Uint16Array | Uint32Array,
  nSamples: number,
  threshold: number,
  selected: Int8Array,
): void {
  for (let pixel = 0; pixel < selected.length; pixel++) {
    let channel = 0;
    for (let i = pixel * nSamples, end = i + nSamples; i < end; i++) {
      // This branch is rarely taken; tracking the largest sample would take twice as long.
      if (highGain[i] > threshold) {
        channel = 1;
        break;
      }
    }
    selected[pixel] = channel;
  }
}

function calibrate(
  adc: Uint16Array,
  nSamples: number,
  pedestal: Float32Array,
  factor: Float32Array,
  shift: number,
  selected: Int8Array | undefined,
  channel: number,
  waveforms: Float32Array,
): void {
  const offset = Math.fround(shift);
  for (let row = 0; row < pedestal.length; row++) {
    if (selected !== undefined && selected[row] !== channel) continue;
    const rowPedestal = pedestal[row];
    const rowFactor = factor[row];
    for (let i = row * nSamples, end = i + nSamples; i < end; i++) {
      waveforms[i] = Math.fround(Math.fround(adc[i] - rowPedestal) * rowFactor) + offset;
    }
  }
}

function calibrateHighGain(
  bytes: Uint8Array,
  begin: number,
  nSamples: number,
  threshold: number,
  pedestal: Float32Array,
  factor: Float32Array,
  shift: number,
  selected: Int8Array,
  waveforms: Float32Array,
): number {
  const adc = new Uint16Array(waveforms.length);
  const end = decodeRows(bytes, begin, nSamples, adc);
  if (end < 0) return end;
  selectGain(adc, nSamples, threshold, selected);
  calibrate(adc, nSamples, pedestal, factor, shift, selected, 0, waveforms);
  return end;
}

function neighborPeaks(
  waveforms: Float32Array,
  nSamples: number,
  { offsets, indices }: Neighbors,
  localWeight: number,
  broken: Uint8Array | undefined,
  peaks: Int32Array,
): void {
  const sum = new Float32Array(nSamples);
  for (let pixel = 0; pixel < peaks.length; pixel++) {
    const own = pixel * nSamples;
    // Storing rounds to single precision.
    for (let i = 0; i < nSamples; i++) sum[i] = localWeight === 0 ? 0 : waveforms[own + i] * localWeight;
    for (let j = offsets[pixel]; j < offsets[pixel + 1]; j++) {
      if (broken !== undefined && broken[indices[j]] !== 0) continue;
      const first = indices[j] * nSamples;
      for (let i = 0; i < nSamples; i++) sum[i] += waveforms[first + i];
    }
    let largest = -Infinity;
    let peak = 0;
    for (let i = 0; i < nSamples; i++) {
      if (sum[i] > largest) {
        largest = sum[i];
        peak = i;
      }
    }
    peaks[pixel] = peak;
  }
}

function extractAroundPeak(
  waveforms: Float32Array,
  nSamples: number,
  peaks: Int32Array,
  width: number,
  shift: number,
  samplingRate: Gigahertz,
  charge: Float32Array,
  peakTime: Float32Array,
): void {
  const nRows = peaks.length;
  for (let row = 0; row < nRows; row++) {
    const first = row * nSamples;
    const peak = peaks[row];
    const start = Math.max(0, peak - shift);
    const end = Math.min(nSamples, peak - shift + width);
    let sum = 0;
    let weightedTime = 0;
    let weight = 0;
    for (let i = start; i < end; i++) {
      const sample = waveforms[first + i];
      sum += sample;
      // A branch on the unpredictable sign of noise would take twice as long.
      const positive = (sample + Math.abs(sample)) / 2;
      weightedTime += positive * i;
      weight += positive;
    }
    charge[row] = sum;
    // ctapipe rounds the sample number to single precision before dividing by the sampling rate.
    peakTime[row] = Math.fround(weight > 0 ? weightedTime / weight : peak) / samplingRate;
  }
}

function variance(waveforms: Float32Array, nSamples: number, variances: Float32Array): void {
  const squares = new Float32Array(nSamples);
  for (let row = 0; row < variances.length; row++) {
    const first = row * nSamples;
    const mean = Math.fround(pairwiseSum(waveforms, first, first + nSamples) / nSamples);
    for (let i = 0; i < nSamples; i++) {
      const difference = Math.fround(waveforms[first + i] - mean);
      squares[i] = difference * difference;
    }
    variances[row] = pairwiseSum(squares) / nSamples;
  }
}

function subtractBaseline(waveforms: Float32Array, nSamples: number, from: number, to: number): void {
  for (let first = 0; first < waveforms.length; first += nSamples) {
    const baseline = Math.fround(pairwiseSum(waveforms, first + from, first + to) / (to - from));
    for (let i = first; i < first + nSamples; i++) waveforms[i] -= baseline;
  }
}
