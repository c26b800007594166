import {
  applyIntegrationCorrection,
  extractAroundPeak,
  globalPeaks,
  integrationCorrection,
  localPeaks,
  neighborPeaks,
  selectGain,
} from '@cherenkit/kernels';
import { expect } from 'chai';
import fc from 'fast-check';
import { expectSame, unpack } from '../../packed-array.js';
import { randomMask, randomNeighbors, randomValues } from '../random-camera.js';
import { REFERENCE, neighborsOf } from './waveform-reference.js';

const { samplingRate, nSamples } = REFERENCE;

describe('extractAroundPeak', () => {
  for (const [name, camera] of Object.entries(REFERENCE.cameras)) {
    it(`equals ctapipe on ${name}, windows beyond the readout included`, () => {
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

  it('gives a time inside its window wherever there is light', () => {
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
    it(`equals ctapipe on ${name}, with and without broken pixels and local weight`, () => {
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

  it('is the peak of the sum, whatever the number of neighbours', () => {
    const events = randomNeighbors.chain((neighbors) => {
      const nPixels = neighbors.offsets.length - 1;
      return fc.record({
        neighbors: fc.constant(neighbors),
        waveforms: randomValues(2 * nPixels * 5),
        broken: fc.option(randomMask(2 * nPixels), { nil: undefined }),
        localWeight: fc.integer({ min: 0, max: 2 }),
      });
    });
    fc.assert(
      fc.property(events, ({ neighbors, waveforms, broken, localWeight }) => {
        const nPixels = neighbors.offsets.length - 1;
        const peaks = new Int32Array(2 * nPixels);
        neighborPeaks(waveforms, 5, neighbors, localWeight, broken, peaks);
        for (let row = 0; row < 2 * nPixels; row++) {
          const channel = Math.floor(row / nPixels);
          const pixel = row % nPixels;
          const sum = Array.from({ length: 5 }, (_, i) => Math.fround(localWeight * waveforms[row * 5 + i]));
          for (const j of neighbors.indices.slice(neighbors.offsets[pixel], neighbors.offsets[pixel + 1])) {
            const other = channel * nPixels + j;
            if (broken?.[other] === 1) continue;
            for (let i = 0; i < 5; i++) sum[i] = Math.fround(sum[i] + waveforms[other * 5 + i]);
          }
          expect(peaks[row]).to.equal(sum.indexOf(Math.max(...sum)));
        }
      }),
    );
  });
});

describe('integrationCorrection', () => {
  it('equals ctapipe for pulses of four shapes, three samplings and five windows', () => {
    expect(REFERENCE.corrections).to.have.length(60);
    for (const { pulse, step, rate, width, shift, correction } of REFERENCE.corrections) {
      const got = integrationCorrection(unpack('f8', REFERENCE.pulses[pulse]), step, rate, width, shift);
      // the sum over the pulse runs in another order than numpy's pairwise one
      expect(got).to.be.closeTo(correction, 1e-14 * correction);
    }
  });

  it('is 1 where there is nothing to correct by', () => {
    expect(integrationCorrection(new Float64Array(100), 0.1, 1, 7, 3)).to.equal(1);
    expect(integrationCorrection(Float64Array.of(1), 0.1, 1, 7, 3)).to.equal(1);
  });
});

describe('peak finding and window sum together', () => {
  for (const [name, camera] of Object.entries(REFERENCE.cameras)) {
    const selected = unpack('i1', camera.selected);
    const nPixels = selected.length;
    const broken = unpack('u1', camera.broken);
    const neighbors = neighborsOf(camera);
    const pulses = unpack('f8', camera.pulse);

    const extract = (
      extractor: {
        name: string;
        traits: { peak_index?: number; pixel_fraction?: number; apply_integration_correction?: boolean };
      },
      waveforms: Float32Array,
      channel: Int8Array | undefined,
    ): [Float32Array, Float32Array] => {
      const nRows = waveforms.length / nSamples;
      const mask = channel === undefined ? broken : selectGain(broken, channel, new Uint8Array(nPixels));
      const peaks = new Int32Array(nRows);
      let [width, shift] = [7, 3];
      switch (extractor.name) {
        case 'NeighborPeakWindowSum':
          neighborPeaks(waveforms, nSamples, neighbors, 0, mask, peaks);
          break;
        case 'LocalPeakWindowSum':
          localPeaks(waveforms, nSamples, peaks);
          break;
        case 'GlobalPeakWindowSum':
          globalPeaks(waveforms, nPixels, nSamples, mask, extractor.traits.pixel_fraction ?? 1, peaks);
          break;
        case 'FixedWindowSum':
          peaks.fill(extractor.traits.peak_index ?? 0);
          shift = 2;
          break;
        default:
          [width, shift] = [nSamples, 0];
      }
      const image = new Float32Array(nRows);
      const peakTime = new Float32Array(nRows);
      extractAroundPeak(waveforms, nSamples, peaks, width, shift, samplingRate, image, peakTime);
      if (width === 7 && extractor.traits.apply_integration_correction !== false) {
        const nPulse = pulses.length / 2;
        const correction = Float64Array.from([0, 1], (i) =>
          integrationCorrection(
            pulses.subarray(i * nPulse, (i + 1) * nPulse),
            camera.pulseSampleWidth,
            samplingRate,
            width,
            shift,
          ),
        );
        applyIntegrationCorrection(image, correction, channel);
      }
      return [image, peakTime];
    };

    it(`equal ctapipe's extractors on ${name}, with both gains and gain selected`, () => {
      for (const { waveforms, extractors } of camera.cases) {
        const both = unpack('f4', waveforms);
        const one = new Float32Array(nPixels * nSamples);
        for (let pixel = 0; pixel < nPixels; pixel++) {
          const row = selected[pixel] * nPixels + pixel;
          one.set(both.subarray(row * nSamples, (row + 1) * nSamples), pixel * nSamples);
        }
        expect(extractors).to.have.length(7);
        for (const extractor of extractors) {
          for (const [channel, expected] of [
            [undefined, extractor.bothGains],
            [selected, extractor.gainSelected],
          ] as const) {
            const [image, peakTime] = extract(extractor, channel === undefined ? both : one, channel);
            expectSame(image, unpack('f4', expected[0]));
            expectSame(peakTime, unpack('f4', expected[1]));
          }
        }
      }
    });
  }
});
