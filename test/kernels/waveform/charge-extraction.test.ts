import { extractAroundPeak, integrationCorrection, neighborPeaks } from '@cherenkit/kernels';
import { expect } from 'chai';
import fc from 'fast-check';
import { expectSame, unpack } from '../../support/packed-array.js';
import { randomMask, randomNeighbors, randomValues } from '../../support/random-camera.js';
import { REFERENCE, neighborsOf } from '../../support/waveform-reference.js';

const { samplingRate, nSamples } = REFERENCE;

describe('extractAroundPeak', () => {
  for (const [name, camera] of Object.entries(REFERENCE.cameras)) {
    it(`equals ctapipe for ${name}, including windows that exceed the readout`, () => {
      for (const { waveforms, peaks, windows } of camera.cases) {
        const at = unpack('i4', peaks);
        for (const { width, shift, charge, peakTime } of windows) {
          const gotCharge = new Float32Array(at.length);
          const gotTime = new Float32Array(at.length);
          extractAroundPeak(unpack('f4', waveforms), nSamples, at, width, shift, samplingRate, gotCharge, gotTime);
          expectSame(gotCharge, unpack('f4', charge));
          expectSame(gotTime, unpack('f4', peakTime));
        }
      }
    });
  }

  it('gives a peak time inside its window if any sample is positive', () => {
    const windows = fc.record({
      waveform: randomValues(12),
      peak: fc.integer({ min: -3, max: 15 }),
      width: fc.integer({ min: 0, max: 15 }),
      shift: fc.integer({ min: -3, max: 8 }),
    });
    fc.assert(
      fc.property(windows, ({ waveform, peak, width, shift }) => {
        const charge = new Float32Array(1);
        const peakTime = new Float32Array(1);
        extractAroundPeak(waveform, 12, Int32Array.of(peak), width, shift, 1, charge, peakTime);
        const window = waveform.slice(Math.max(0, peak - shift), Math.max(0, peak - shift + width));
        if (window.some((sample) => sample > 0)) {
          expect(peakTime[0]).to.be.within(Math.max(0, peak - shift), Math.min(11, peak - shift + width - 1));
        } else {
          expect(peakTime[0]).to.equal(peak);
          expect(charge[0]).to.be.at.most(0);
        }
      }),
    );
  });
});

describe('neighborPeaks', () => {
  for (const [name, camera] of Object.entries(REFERENCE.cameras)) {
    it(`equals ctapipe for ${name}, with and without broken pixels and local weight`, () => {
      const broken = unpack('u1', camera.broken);
      for (const { waveforms, neighborPeaks: expected } of camera.cases) {
        for (const { localWeight, masked, peaks } of expected) {
          const got = new Int32Array(broken.length);
          const mask = masked ? broken : undefined;
          neighborPeaks(unpack('f4', waveforms), nSamples, neighborsOf(camera), localWeight, mask, got);
          expectSame(got, unpack('i4', peaks));
        }
      }
    });
  }

  it('is the peak of the summed waveforms for any number of neighbours and samples', () => {
    const events = fc.tuple(randomNeighbors, fc.integer({ min: 1, max: 19 })).chain(([neighbors, length]) => {
      const nPixels = neighbors.offsets.length - 1;
      return fc.record({
        neighbors: fc.constant(neighbors),
        length: fc.constant(length),
        waveforms: randomValues(2 * nPixels * length),
        broken: fc.option(randomMask(2 * nPixels), { nil: undefined }),
        localWeight: fc.integer({ min: 0, max: 2 }),
      });
    });
    fc.assert(
      fc.property(events, ({ neighbors, length, waveforms, broken, localWeight }) => {
        const nPixels = neighbors.offsets.length - 1;
        const peaks = new Int32Array(2 * nPixels);
        neighborPeaks(waveforms, length, neighbors, localWeight, broken, peaks);
        for (let row = 0; row < 2 * nPixels; row++) {
          const channel = Math.floor(row / nPixels);
          const pixel = row % nPixels;
          const sum = Array.from({ length }, (_, i) => Math.fround(localWeight * waveforms[row * length + i]));
          for (const j of neighbors.indices.slice(neighbors.offsets[pixel], neighbors.offsets[pixel + 1])) {
            const other = channel * nPixels + j;
            if (broken?.[other] === 1) continue;
            for (let i = 0; i < length; i++) sum[i] = Math.fround(sum[i] + waveforms[other * length + i]);
          }
          expect(peaks[row]).to.equal(sum.indexOf(Math.max(...sum)));
        }
      }),
    );
  });

  it('rejects arrays that do not match the camera', () => {
    const neighbors = { offsets: Int32Array.of(0, 1, 2), indices: Int32Array.of(1, 0) };
    const fault = (): void => neighborPeaks(new Float32Array(12), 4, neighbors, 0, undefined, new Int32Array(3));
    expect(fault).to.throw(RangeError, 'found 3 peaks and 12 samples');
  });
});

describe('integrationCorrection', () => {
  it('equals ctapipe for four pulse shapes, three sampling rates and five windows', () => {
    expect(REFERENCE.corrections).to.have.length(60);
    for (const { pulse, step, rate, width, shift, correction } of REFERENCE.corrections) {
      const got = integrationCorrection(unpack('f8', REFERENCE.pulses[pulse]), step, rate, width, shift);
      // numpy sums pairwise, hence in another order.
      expect(got).to.be.closeTo(correction, 1e-14 * correction);
    }
  });

  it('is 1 for pulses without information', () => {
    expect(integrationCorrection(new Float64Array(100), 0.1, 1, 7, 3)).to.equal(1);
    expect(integrationCorrection(Float64Array.of(1), 0.1, 1, 7, 3)).to.equal(1);
  });
});
