import {
  averageOverNeighbors,
  calibrateAdc,
  calibrateSelectedAdc,
  selectGain,
  selectGainByThreshold,
  shiftWaveforms,
  subtractPedestal,
} from '@cherenkit/kernels';
import { expect } from 'chai';
import fc from 'fast-check';
import { expectSame, unpack } from '../../support/packed-array.js';
import { randomMask, randomNeighbors, randomValues } from '../../support/random-camera.js';
import { REFERENCE, neighborsOf } from '../../support/waveform-reference.js';

const { samplingRate, nSamples } = REFERENCE;

for (const [name, camera] of Object.entries(REFERENCE.cameras)) {
  const nPixels = unpack('i1', camera.selected).length;

  describe(`waveform calibration for ${name}`, () => {
    it('selects gain channels and calibrates as ctapipe does', () => {
      const adc = unpack('u2', camera.adc);
      const pedestal = unpack('f4', camera.pedestal);
      for (const { factor, shift, all, selected, channel } of camera.calibrated) {
        const factors = unpack('f4', factor);
        const gotAll = new Float32Array(adc.length);
        calibrateAdc(adc, nSamples, pedestal, factors, shift, gotAll);
        expectSame(gotAll, unpack('f4', all));

        const gotChannel = new Int8Array(nPixels);
        selectGainByThreshold(adc.subarray(0, nPixels * nSamples), nSamples, 4000, gotChannel);
        expectSame(gotChannel, unpack('i1', channel));
        expect(gotChannel.filter((use) => use === 1).length).to.be.within(1, nPixels - 1);

        const gotSelected = new Float32Array(nPixels * nSamples);
        for (const use of [0, 1]) {
          const samples = adc.subarray(use * gotSelected.length, (use + 1) * gotSelected.length);
          const [pedestals, gains] = [pedestal, factors].map((rows) =>
            rows.subarray(use * nPixels, (use + 1) * nPixels),
          );
          calibrateSelectedAdc(samples, nSamples, pedestals, gains, shift, gotChannel, use, gotSelected);
        }
        expectSame(gotSelected, unpack('f4', selected));
      }
    });

    it('calibrates 32-bit sums as ctapipe does', () => {
      const [sums, pedestal] = [unpack('u4', camera.sums), unpack('f4', camera.pedestal)];
      const { factor, shift } = camera.calibrated[1];
      const got = new Float32Array(sums.length);
      calibrateAdc(sums, 1, pedestal, unpack('f4', factor), shift, got);
      expectSame(got, unpack('f4', camera.summed));
    });

    it('shifts waveforms as ctapipe does', () => {
      for (const { waveforms, timeShift, shifted, remaining } of camera.cases) {
        const input = unpack('f4', waveforms);
        const got = new Float32Array(input.length);
        const rest = new Float64Array(2 * nPixels);
        shiftWaveforms(input, nPixels, nSamples, samplingRate, unpack('f4', timeShift), got, rest);
        expectSame(got, unpack('f8', shifted));
        expectSame(rest, unpack('f8', remaining));
      }
    });

    it('replaces invalid pixels as ctapipe does, by 0 without a valid neighbour', () => {
      for (const { invalid, image, peakTime } of camera.averaged) {
        const mask = unpack('u1', invalid);
        for (const [before, after] of [
          [camera.image, image],
          [camera.peakTime, peakTime],
        ] as const) {
          const values = unpack('f4', before);
          averageOverNeighbors(values, mask, neighborsOf(camera));
          expectSame(values, unpack('f4', after));
        }
      }
      const isolated = unpack('f4', camera.averaged[1].image);
      expect(isolated[0]).to.equal(0);
    });
  });
}

describe('selectGainByThreshold', () => {
  it('selects the low gain for any sample above the threshold, not at it', () => {
    const adc = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 24, maxLength: 24 });
    fc.assert(
      fc.property(adc, fc.integer({ min: 0, max: 4 }), (samples, threshold) => {
        const selected = new Int8Array(4);
        selectGainByThreshold(Uint16Array.from(samples), 6, threshold, selected);
        const expected = [0, 1, 2, 3].map((pixel) =>
          Number(samples.slice(pixel * 6, pixel * 6 + 6).some((sample) => sample > threshold)),
        );
        expectSame(selected, expected);
      }),
    );
  });
});

describe('selectGain', () => {
  it('takes each pixel from its selected channel', () => {
    const values = Float32Array.of(1, 2, 3, 10, 20, 30);
    expectSame(selectGain(values, Int8Array.of(0, 1, 0), new Float32Array(3)), [1, 20, 3]);
  });
});

describe('subtractPedestal', () => {
  it('subtracts the pedestal of the pixel from each sample in single precision', () => {
    fc.assert(
      fc.property(randomValues(12), randomValues(4), (waveforms, pedestal) => {
        const got = waveforms.slice();
        subtractPedestal(got, 3, pedestal);
        expectSame(
          got,
          Array.from(waveforms, (sample, i) => Math.fround(sample - pedestal[Math.floor(i / 3)])),
        );
      }),
    );
  });
});

describe('shiftWaveforms', () => {
  it('does not change waveforms that all have the same time shift', () => {
    fc.assert(
      fc.property(randomValues(20), fc.float({ min: -20, max: 20, noNaN: true }), (waveforms, late) => {
        const shifted = new Float32Array(20);
        const remaining = new Float64Array(4);
        shiftWaveforms(waveforms, 4, 5, 0.5, new Float32Array(4).fill(late), shifted, remaining);
        expectSame(shifted, waveforms);
        expectSame(remaining, new Float64Array(4).fill(late + 0));
      }),
    );
  });
});

describe('averageOverNeighbors', () => {
  it('keeps valid pixels and gives others a value within the range of their neighbours', () => {
    const images = randomNeighbors.chain((neighbors) => {
      const nPixels = neighbors.offsets.length - 1;
      return fc.record({
        neighbors: fc.constant(neighbors),
        image: randomValues(nPixels),
        invalid: randomMask(nPixels),
      });
    });
    fc.assert(
      fc.property(images, ({ neighbors: { offsets, indices }, image, invalid }) => {
        const got = image.slice();
        averageOverNeighbors(got, invalid, { offsets, indices });
        for (let pixel = 0; pixel < image.length; pixel++) {
          const around = Array.from(indices.slice(offsets[pixel], offsets[pixel + 1]))
            .filter((j) => invalid[j] === 0)
            .map((j) => image[j]);
          if (invalid[pixel] === 0) expect(got[pixel]).to.equal(image[pixel]);
          else if (around.length === 0) expect(got[pixel]).to.equal(0);
          else {
            // Nine neighbours summed in single precision: nine roundings of at most 2^-24 of the largest partial sum.
            const slack = 9 * 2 ** -24 * around.reduce((sum, value) => sum + Math.abs(value), 0);
            expect(got[pixel]).to.be.within(Math.min(...around) - slack, Math.max(...around) + slack);
          }
        }
      }),
    );
  });
});
