import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import {
  calibrateHighGain,
  calibrateSelectedAdc,
  encodeDifferentialRows,
  extractAroundPeak,
  localPeaks,
  maxEncodedSize,
  neighborPeaks,
  scalarKernels,
  subtractBaseline,
  VectorKernels,
  WaveformMemory,
  waveformVariance,
  type HotKernels,
  type Neighbors,
} from '@cherenkit/kernels';
import { expect } from 'chai';
import fc from 'fast-check';

import { expectSame } from '../../support/packed-array.js';
import { REPOSITORY_ROOT } from '../../support/repository-root.js';
import { randomMask, randomNeighbors, randomValues } from '../../support/random-camera.js';

const kernels: readonly HotKernels[] = [scalarKernels, VectorKernels.create() ?? scalarKernels];

/** Runs both sets of kernels on the same input and compares the results. */
function expectSameResults<T extends ArrayLike<number>>(
  make: () => T,
  run: (set: HotKernels, result: T) => number | void,
): void {
  const [scalar, vector] = kernels.map((set) => {
    const result = make();
    return { result, returned: run(set, result) };
  });
  expect(vector.returned).to.equal(scalar.returned);
  expectSame(vector.result, scalar.result);
}

const counts = fc.record({ nPixels: fc.integer({ min: 1, max: 9 }), nSamples: fc.integer({ min: 1, max: 37 }) });

function adcOf(length: number, max = 0xffff): fc.Arbitrary<Uint16Array> {
  const sample = fc.oneof(fc.integer({ min: 290, max: 310 }), fc.integer({ min: 0, max }));
  return fc.array(sample, { minLength: length, maxLength: length }).map((samples) => Uint16Array.from(samples));
}

describe('WaveformMemory', () => {
  it('provides arrays with which all kernels have the same results, and which keep their values', () => {
    const cameras = fc.tuple(randomNeighbors, fc.integer({ min: 1, max: 70 })).chain(([neighbors, nSamples]) => {
      const nPixels = neighbors.offsets.length - 1;
      return fc.record({
        neighbors: fc.constant(neighbors),
        nSamples: fc.constant(nSamples),
        adc: adcOf(nPixels * nSamples),
        lowGain: adcOf(nPixels * nSamples),
        pedestal: randomValues(nPixels),
        factor: randomValues(nPixels),
      });
    });
    const memory = new WaveformMemory();
    const above = memory.allocate(60).fill(-1);
    const largest = memory.allocate(10 * 70);
    const below = memory.allocate(64).fill(-1);
    expect(above.buffer).to.equal(below.buffer);
    fc.assert(
      fc.property(cameras, ({ neighbors, nSamples, adc, lowGain, pedestal, factor }) => {
        const nPixels = pedestal.length;
        const encoded = new Uint8Array(maxEncodedSize(adc.length));
        const bytes = encoded.subarray(0, encodeDifferentialRows(adc, nSamples, encoded, 0));
        // An array that ends where the next one begins.
        const inPlace = largest.subarray(largest.length - adc.length);
        const [expected, found] = [new Float32Array(adc.length), inPlace].map((waveforms) => {
          const selected = new Int8Array(nPixels);
          const peaks = new Int32Array(nPixels);
          const charge = new Float32Array(nPixels);
          const peakTime = new Float32Array(nPixels);
          calibrateHighGain(bytes, 0, nSamples, 305, pedestal, factor, 0.5, selected, waveforms);
          calibrateSelectedAdc(lowGain, nSamples, pedestal, factor, 0.5, selected, 1, waveforms);
          neighborPeaks(waveforms, nSamples, neighbors, 0, undefined, peaks);
          extractAroundPeak(waveforms, nSamples, peaks, 7, 3, 1, charge, peakTime);
          const calibrated = [...selected, ...waveforms, ...peaks, ...charge, ...peakTime];
          waveformVariance(waveforms, nSamples, charge);
          subtractBaseline(waveforms, nSamples, 0, 10, waveforms);
          return [...calibrated, ...charge, ...waveforms];
        });
        expectSame(found, expected);
        waveformVariance(above, 30, new Float32Array(2)); // at the end of the memory
        expect([...above, ...below].every((value) => value === -1)).to.equal(true);
      }),
      { numRuns: 300 },
    );
  });

  it('provides other arrays when it is full', () => {
    const memory = new WaveformMemory();
    const size = 2 ** 20;
    const arrays = Array.from({ length: 12 }, () => memory.allocate(size));
    const shared = arrays.filter(({ buffer }) => buffer === arrays[0].buffer);
    expect(shared).to.have.length(6); // and space for a copy of one, and the other arguments
    expect(arrays.map(({ length }) => length)).to.deep.equal(arrays.map(() => size));
    const peaks = new Int32Array(size / 64);
    for (const array of arrays) {
      array.fill(0)[3] = 1;
      localPeaks(array, 64, peaks);
      expect(peaks[0]).to.equal(3);
    }
  });
});

describe('vector kernels', () => {
  it('are available', () => {
    expect(kernels[1]).to.be.instanceOf(VectorKernels);
  });

  it('decode any bytes as the scalar kernels do, including invalid input', () => {
    const usual = fc.integer({ min: 0, max: 0x7f });
    const wide = fc.integer({ min: 0x80, max: 0xff });
    const streams = counts.chain(({ nPixels, nSamples }) =>
      fc.record({
        nRows: fc.constant(nPixels),
        nSamples: fc.constant(nSamples),
        begin: fc.nat(3),
        bytes: fc
          .array(fc.oneof({ weight: 20, arbitrary: usual }, { weight: 1, arbitrary: wide }), {
            minLength: nPixels * nSamples,
            maxLength: nPixels * nSamples + 12,
          })
          .map((bytes) => Uint8Array.from(bytes)),
      }),
    );
    let decoded = 0;
    fc.assert(
      fc.property(streams, ({ nRows, nSamples, begin, bytes }) => {
        const [scalar, vector] = kernels.map((set) => {
          const rows = new Uint16Array(nRows * nSamples);
          return { rows, end: set.decodeRows(bytes, begin, nSamples, rows) };
        });
        expect(vector.end).to.equal(scalar.end);
        // For undecodable input only the return value counts.
        if (scalar.end < 0) return;
        decoded++;
        expectSame(vector.rows, scalar.rows);
      }),
      { numRuns: 500 },
    );
    expect(decoded).to.be.greaterThan(50);
  });

  it('decode, select and calibrate in one pass as in three', () => {
    const cameras = counts.chain(({ nPixels, nSamples }) =>
      fc.record({
        adc: fc.oneof(adcOf(nPixels * nSamples), adcOf(nPixels * nSamples, 330)),
        nSamples: fc.constant(nSamples),
        threshold: fc.oneof(
          fc.constant(Infinity),
          fc.integer({ min: -1, max: 66000 }),
          fc.double({ min: 295, max: 312 }),
        ),
        pedestal: randomValues(nPixels),
        factor: randomValues(nPixels),
        cut: fc.option(fc.nat(20)),
      }),
    );
    fc.assert(
      fc.property(cameras, fc.nat(3), ({ adc, nSamples, threshold, pedestal, factor, cut }, begin) => {
        const encoded = new Uint8Array(begin + maxEncodedSize(adc.length));
        const bytes = encoded.subarray(
          0,
          Math.max(begin, encodeDifferentialRows(adc, nSamples, encoded, begin) - (cut ?? 0)),
        );
        const expected = { selected: new Int8Array(pedestal.length), waveforms: new Float32Array(adc.length) };
        scalarKernels.selectGain(adc, nSamples, threshold, expected.selected);
        scalarKernels.calibrate(adc, nSamples, pedestal, factor, 0.5, expected.selected, 0, expected.waveforms);
        for (const set of kernels) {
          const found = { selected: new Int8Array(pedestal.length), waveforms: new Float32Array(adc.length) };
          const { selected, waveforms } = found;
          const end = set.calibrateHighGain(
            bytes,
            begin,
            nSamples,
            threshold,
            pedestal,
            factor,
            0.5,
            selected,
            waveforms,
          );
          expect(end).to.equal(scalarKernels.decodeRows(bytes, begin, nSamples, new Uint16Array(adc.length)));
          if (end < 0) continue;
          expectSame(selected, expected.selected);
          // Pixels of the low gain are not set.
          selected.forEach((channel, pixel) => {
            if (channel === 1) waveforms.fill(0, pixel * nSamples, (pixel + 1) * nSamples);
          });
          expectSame(waveforms, expected.waveforms);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('select the same gain channels', () => {
    const cameras = counts.chain(({ nPixels, nSamples }) =>
      fc.record({
        adc: adcOf(nPixels * nSamples),
        nPixels: fc.constant(nPixels),
        nSamples: fc.constant(nSamples),
        threshold: fc.oneof(fc.integer({ min: -2, max: 70000 }), fc.double({ min: 295, max: 312, noNaN: true })),
      }),
    );
    fc.assert(
      fc.property(cameras, ({ adc, nPixels, nSamples, threshold }) => {
        expectSameResults(
          () => new Int8Array(nPixels),
          (set, selected) => set.selectGain(adc, nSamples, threshold, selected),
        );
      }),
    );
  });

  it('calibrate to the same bits and keep the pixels of other channels', () => {
    const cameras = counts.chain(({ nPixels, nSamples }) =>
      fc.record({
        adc: adcOf(nPixels * nSamples),
        nSamples: fc.constant(nSamples),
        pedestal: randomValues(nPixels),
        factor: randomValues(nPixels),
        shift: fc.constantFrom(0, 0.1),
        selected: fc.option(randomMask(nPixels), { nil: undefined }),
        channel: fc.constantFrom(0, 1),
      }),
    );
    fc.assert(
      fc.property(cameras, ({ adc, nSamples, pedestal, factor, shift, selected, channel }) => {
        const channels = selected && Int8Array.from(selected);
        expectSameResults(
          () => new Float32Array(adc.length).fill(-7),
          (set, out) => set.calibrate(adc, nSamples, pedestal, factor, shift, channels, channel, out),
        );
      }),
    );
  });

  it('find the same peaks', () => {
    const cameras = fc.tuple(randomNeighbors, fc.integer({ min: 1, max: 37 })).chain(([neighbors, nSamples]) => {
      const nPixels = neighbors.offsets.length - 1;
      return fc.record({
        neighbors: fc.constant(neighbors),
        nSamples: fc.constant(nSamples),
        waveforms: randomValues(nPixels * nSamples),
        broken: fc.option(randomMask(nPixels), { nil: undefined }),
        localWeight: fc.integer({ min: 0, max: 3 }),
      });
    });
    fc.assert(
      fc.property(cameras, ({ neighbors, nSamples, waveforms, broken, localWeight }) => {
        expectSameResults(
          () => new Int32Array(neighbors.offsets.length - 1),
          (set, peaks) => set.neighborPeaks(waveforms, nSamples, neighbors, localWeight, broken, peaks),
        );
      }),
    );
  });

  it('extract the same charges and peak times, also with windows outside the readout', () => {
    const peak = fc.oneof(fc.integer({ min: -9, max: 45 }), fc.constantFrom(-(2 ** 31), 2 ** 31 - 1));
    const cameras = counts.chain(({ nPixels, nSamples }) =>
      fc.record({
        nSamples: fc.constant(nSamples),
        waveforms: randomValues(nPixels * nSamples),
        peaks: fc.array(peak, { minLength: nPixels, maxLength: nPixels }).map((peaks) => Int32Array.from(peaks)),
        width: fc.oneof(fc.integer({ min: -1, max: 40 }), fc.constantFrom(2 ** 31 - 1, 2 ** 40)),
        shift: fc.integer({ min: -3, max: 12 }),
        samplingRate: fc.constantFrom(1, 1.024, 0.25),
      }),
    );
    fc.assert(
      fc.property(cameras, ({ nSamples, waveforms, peaks, width, shift, samplingRate }) => {
        expectSameResults(
          () => new Float32Array(2 * peaks.length),
          (set, out) => {
            const [charge, peakTime] = [out.subarray(0, peaks.length), out.subarray(peaks.length)];
            set.extractAroundPeak(waveforms, nSamples, peaks, width, shift, samplingRate, charge, peakTime);
          },
        );
      }),
      { numRuns: 300 },
    );
  });

  it('compute the same variances and subtract the same baselines', () => {
    const cameras = fc
      .record({ nPixels: fc.integer({ min: 1, max: 3 }), nSamples: fc.integer({ min: 1, max: 300 }) })
      .chain(({ nPixels, nSamples }) =>
        fc.record({
          nSamples: fc.constant(nSamples),
          waveforms: randomValues(nPixels * nSamples),
          from: fc.nat(nSamples - 1),
          count: fc.integer({ min: 1, max: 20 }),
        }),
      );
    fc.assert(
      fc.property(cameras, ({ nSamples, waveforms, from, count }) => {
        expectSameResults(
          () => new Float32Array(waveforms.length / nSamples),
          (set, variances) => set.variance(waveforms, nSamples, variances),
        );
        expectSameResults(
          () => waveforms.slice(),
          (set, subtracted) => set.subtractBaseline(subtracted, nSamples, from, Math.min(nSamples, from + count)),
        );
      }),
    );
  });

  it('keep no state between cameras of different sizes', () => {
    // A ring of pixels; 2000 of them need more than the initial memory of the module.
    const ring = (nPixels: number): Neighbors => ({
      offsets: Int32Array.from({ length: nPixels + 1 }, (_, i) => 2 * i),
      indices: Int32Array.from({ length: 2 * nPixels }, (_, i) => ((i >> 1) + (i % 2 ? 1 : nPixels - 1)) % nPixels),
    });
    for (const nPixels of [7, 2000, 3, 2000, 50]) {
      const samples = Float32Array.from({ length: nPixels * 20 }, (_, i) => (i % 20) * 7 + ((i * i) % 19));
      for (const broken of [undefined, new Uint8Array(nPixels).fill(1, 0, 2)]) {
        expectSameResults(
          () => new Int32Array(nPixels),
          (set, peaks) => set.neighborPeaks(samples, 20, ring(nPixels), 0, broken, peaks),
        );
      }
    }
  });

  it('give the same results for cameras that exceed their memory', () => {
    const [nPixels, nSamples] = [150, 60_000];
    const bytes = Uint8Array.from({ length: nPixels * nSamples }, (_, i) => (i % nSamples < 100 ? 16 : (i * 7) % 13));
    const ones = new Float32Array(nPixels).fill(1);
    const neighbors: Neighbors = { offsets: new Int32Array(nPixels + 1), indices: new Int32Array(0) };
    const [scalar, vector] = kernels.map((set) => {
      const adc = new Uint16Array(bytes.length);
      const waveforms = new Float32Array(bytes.length);
      const peaks = new Int32Array(nPixels);
      expect(set.decodeRows(bytes, 0, nSamples, adc)).to.equal(bytes.length);
      set.calibrate(adc, nSamples, ones, ones, 0.1, undefined, 0, waveforms);
      set.neighborPeaks(waveforms, nSamples, neighbors, 1, undefined, peaks);
      return [adc, waveforms, peaks].map(({ buffer }) => Buffer.from(buffer));
    });
    expect(vector.map((result, i) => result.equals(scalar[i]))).to.deep.equal([true, true, true]);
  });

  it('are unavailable without WebAssembly', () => {
    const { WebAssembly: available } = globalThis;
    try {
      Reflect.deleteProperty(globalThis, 'WebAssembly');
      expect(VectorKernels.create()).to.equal(undefined);
    } finally {
      globalThis.WebAssembly = available;
    }
  });

  it('are compiled from the current source text', () => {
    const check = spawnSync(process.execPath, [join(REPOSITORY_ROOT, 'scripts/wasm.mjs'), '--check']);
    expect(check.stderr.toString()).to.equal('');
    expect(check.status).to.equal(0);
  });
});
