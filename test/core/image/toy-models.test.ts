import {
  CameraHillasParametersContainer,
  CameraReadout,
  Gaussian,
  hillasParameters,
  obtainTimeImage,
  RingGaussian,
  SkewedGaussian,
  WaveformModel,
} from '@cherenkit/core';
import { expect } from 'chai';
import { unpack } from '../../support/packed-array.js';
import { PIX_X, PIX_Y, toyGeometry, TOY_IMAGES } from '../../support/toy-image-reference.js';

const geometry = toyGeometry();
const { ellipse, every } = TOY_IMAGES;

function expectClose(values: ArrayLike<number>, expected: ArrayLike<number>, step = 1): void {
  const largest = Math.max(...Array.from(expected));
  for (let i = 0; i < expected.length; i++) {
    expect(values[i * step], `value ${i}`).to.be.closeTo(expected[i], 1e-6 * largest);
  }
}

describe('toy models', () => {
  it("have the densities of ctapipe's toymodel.Gaussian and SkewedGaussian", () => {
    expectClose(new Gaussian(ellipse).pdf(PIX_X, PIX_Y), unpack('f8', TOY_IMAGES.gaussian), every);
    for (const { skewness, density } of TOY_IMAGES.skewed) {
      expectClose(new SkewedGaussian({ ...ellipse, skewness }).pdf(PIX_X, PIX_Y), unpack('f8', density), every);
    }
    expectClose(obtainTimeImage(geometry, ellipse, 20, 12), unpack('f8', TOY_IMAGES.time), every);
  });

  it('generate images with the parameters they are given', () => {
    const { image, signal, noise } = new Gaussian(ellipse).generateImage(geometry, {
      intensity: 1e5,
      nsbLevel: 5,
      seed: 3,
    });
    expect(image[7]).to.be.closeTo(signal[7] + noise[7] - 5, 0.2);
    const { x, y, length, width, psi, intensity } = hillasParameters(geometry, signal);
    // Statistical errors of 1e5 photo-electrons in pixels of 5 cm.
    expect(intensity).to.be.closeTo(1e5, 2000);
    for (const [found, expected] of [
      [x, ellipse.x],
      [y, ellipse.y],
      [length, ellipse.length],
      [width, ellipse.width],
      [psi, ellipse.psi],
    ]) {
      expect(found).to.be.closeTo(expected, 0.02);
    }
    const ring = new RingGaussian({ ...TOY_IMAGES.ring, rho: 0.6 }).generateImage(geometry, { intensity: 1e4 });
    expect(ring.signal.reduce((sum, charge) => sum + charge, 0)).to.be.closeTo(1e4, 500);
  });

  it('generate the same image for the same seed only', () => {
    const model = new Gaussian(ellipse);
    const imageOf = (seed: number): Float32Array => model.generateImage(geometry, { intensity: 100, seed }).image;
    expect(imageOf(1)).to.deep.equal(imageOf(1));
    expect(imageOf(1)).not.to.deep.equal(imageOf(2));
  });

  it("make ctapipe's waveforms", () => {
    const { pulses, pulseSampleWidth, sampleWidth, nSamples, charge, time, waveforms } = TOY_IMAGES.waveform;
    const flat = unpack('f8', pulses);
    const length = flat.length / 2;
    const readout = new CameraReadout({
      name: 'Toy',
      samplingRate: 1 / sampleWidth,
      referencePulseShape: [flat.subarray(0, length), flat.subarray(length)],
      referencePulseSampleWidth: pulseSampleWidth,
      nChannels: 2,
      nPixels: charge.length,
      nSamples,
    });
    const expected = unpack('f8', waveforms);
    const both = WaveformModel.fromCameraReadout(readout).getWaveform(charge, time, nSamples);
    expectClose(both.samples, expected);
    const low = WaveformModel.fromCameraReadout(readout, 'LOW').getWaveform(charge, time, nSamples);
    expect(low.nChannels).to.equal(1);
    expectClose(low.samples, expected.subarray(expected.length / 2));
  });

  it('name missing, misspelt and impossible parameters', () => {
    const wrong = <T>(value: unknown): T => value as T;
    const noPulse = { referencePulse: [], referencePulseSampleWidth: 1, sampleWidth: 1 };
    const calls: readonly (readonly [() => unknown, string])[] = [
      [
        () => new Gaussian(wrong(undefined)),
        'Gaussian: expected an object with x, y, length, width, psi, found undefined',
      ],
      [
        () => new Gaussian(wrong({ x: 0.2 })),
        'Gaussian: y, length, width, psi are missing; expected the parameters x, y, length, width, psi.',
      ],
      [() => new Gaussian({ ...ellipse, width: 0 }), 'Gaussian: width: expected a finite number above 0, found 0.'],
      [() => new Gaussian(wrong({ ...ellipse, x: '0' })), 'Gaussian: x: expected a finite number, found "0".'],
      [() => new SkewedGaussian(wrong(ellipse)), 'SkewedGaussian: skewness is missing'],
      [
        () => new SkewedGaussian(wrong({ ...ellipse, skewnes: 0.1 })),
        'SkewedGaussian: unknown parameter "skewnes"; did you mean "skewness"?',
      ],
      [
        () => new RingGaussian(wrong({ ...TOY_IMAGES.ring, rho: undefined, phi0: undefined, phi_0: 1 })),
        'RingGaussian: unknown parameter "phi_0"; did you mean "phi0"?',
      ],
      [
        () => new Gaussian(ellipse).generateImage(geometry, wrong({ nsb_level: 5 })),
        'generateImage: unknown option "nsb_level"; did you mean "nsbLevel"?',
      ],
      [
        () => new Gaussian(ellipse).generateImage(geometry, { seed: 1.5 }),
        'generateImage: seed: expected an integer from 0, found 1.5.',
      ],
      [() => new Gaussian(ellipse).generateImage(wrong(ellipse)), 'geometry: expected a CameraGeometry, found a plain'],
      [() => new WaveformModel(wrong({})), 'WaveformModel: referencePulse, referencePulseSampleWidth, sampleWidth are'],
      [
        () => new WaveformModel(noPulse),
        'WaveformModel: referencePulse: expected a list of Float64Array, found an Array',
      ],
      [() => obtainTimeImage(geometry, wrong({ x: 1 }), 1, 1), 'obtainTimeImage: y, psi are missing'],
      [
        () => obtainTimeImage(geometry, ellipse, NaN, 1),
        'obtainTimeImage: timeGradient: expected a finite number, found NaN.',
      ],
    ];
    for (const [call, message] of calls) expect(call, message).to.throw(message);
    expect(() => new Gaussian(new CameraHillasParametersContainer(ellipse))).not.to.throw();
  });
});
