import { ImageExtractor, waveformsOf, type ComponentClass, type DL1CameraContainer } from '@cherenkit/core';
import extractorsPlugin from '@cherenkit/plugin-extractors';
import { buildComponent } from '@cherenkit/testing';
import { expect } from 'chai';
import fc from 'fast-check';

import { REFERENCE } from '../support/waveform-reference.js';
import { subarrayWithCamera } from '../support/small-camera.js';

const subarray = subarrayWithCamera(REFERENCE.cameras.Hexagonal);
const { geometry, readout } = subarray.telescope(1).camera;
const { nPixels } = geometry;
const { samplingRate } = readout;
const N_SAMPLES = 64;

/** First sample of the pulse without shift; the samples before it are used for the baseline. */
const BEGIN = 14;

const EXTRACTORS = extractorsPlugin.components.filter(
  ({ kind }) => kind === ImageExtractor.kind,
) as ComponentClass<ImageExtractor>[];

/** The reference pulse in samples of the readout with unit area, for which the window corrections are computed. */
const PULSE = unitPulse();

/** Allowed deviation of the charge of a unit pulse from 1. */
const ACCURACY: Readonly<Record<string, number>> = {
  // The correction holds for the best phase of the pulse relative to the samples.
  SlidingWindowMaxSum: 0.03,
};
const SINGLE_PRECISION = 1e-5;

/** Number of samples of the reference pulse per readout sample, rounded as in FlashCamExtractor. */
const N_PHASES = Math.round(1 / samplingRate / readout.referencePulseSampleWidth);

function unitPulse(): Float64Array {
  const [shape] = readout.referencePulseShape;
  const nBins = Math.ceil(shape.length * readout.referencePulseSampleWidth * samplingRate) - 1;
  const pulse = new Float64Array(nBins);
  shape.forEach((value, i) => {
    const bin = Math.floor(i * readout.referencePulseSampleWidth * samplingRate);
    if (bin < nBins) pulse[bin] += value;
  });
  const area = pulse.reduce((sum, value) => sum + value, 0);
  return pulse.map((value) => value / area);
}

/** The reference pulse in readout samples that start `phase` reference samples later, with unit area. */
function pulseOfPhase(phase: number): Float64Array {
  const [shape] = readout.referencePulseShape;
  const area = shape.reduce((sum, value) => sum + value, 0) / N_PHASES;
  return shape.filter((_, i) => i % N_PHASES === phase).map((value) => value / area);
}

/** An extractor for pulses with their maximum in this sample. */
async function extractorFor(component: ComponentClass<ImageExtractor>, peakIndex: number): Promise<ImageExtractor> {
  const config = {
    FixedWindowSum: { peak_index: peakIndex, window_shift: 3 },
    // Instantaneous light, as for the reference pulse.
    FlashCamExtractor: { effective_time_profile_std: 0 },
  };
  return await buildComponent(component, { subarray, config, plugins: [extractorsPlugin] });
}

/** Extracts the same pulse from all pixels. */
async function extract(
  component: ComponentClass<ImageExtractor>,
  charge: number,
  shift: number,
  pulse = PULSE,
): Promise<DL1CameraContainer> {
  const samples = new Float32Array(nPixels * N_SAMPLES);
  for (let pixel = 0; pixel < nPixels; pixel++) {
    const first = pixel * N_SAMPLES + BEGIN + shift;
    for (let i = 0; i < pulse.length && BEGIN + shift + i < N_SAMPLES; i++) samples[first + i] = charge * pulse[i];
  }
  const peakIndex = BEGIN + shift + PULSE.indexOf(Math.max(...PULSE));
  const extractor = await extractorFor(component, peakIndex);
  return extractor.extract(waveformsOf(samples, 1, nPixels, N_SAMPLES), 1, new Int8Array(nPixels), undefined);
}

const charges = fc.double({ min: 0.1, max: 500, noNaN: true });
const shifts = fc.integer({ min: -3, max: 12 });

function expectAll(values: Float32Array | undefined, expected: number, tolerance: number): void {
  expect(values).to.have.length(nPixels);
  const farthest = values?.reduce((a, b) => (Math.abs(b - expected) > Math.abs(a - expected) ? b : a));
  expect(farthest).to.be.closeTo(expected, tolerance);
}

describe('every image extractor', () => {
  it('is tested here', () => {
    expect(EXTRACTORS).to.have.length(10);
  });

  for (const component of EXTRACTORS) {
    const { name } = component;

    if (name === 'VarianceExtractor') {
      it(`${name}: scales with the square of the waveform, independent of the pulse position`, async () => {
        const [unit = NaN] = (await extract(component, 1, 0)).image ?? [];
        expect(unit).to.be.greaterThan(0);
        await fc.assert(
          fc.asyncProperty(charges, shifts, async (charge, shift) => {
            const expected = unit * charge ** 2;
            const { image, peakTime } = await extract(component, charge, shift);
            expectAll(image, expected, SINGLE_PRECISION * expected);
            expect(peakTime).to.equal(undefined);
          }),
        );
      });
      continue;
    }

    it(`${name}: gives charge 1 for a unit pulse`, async () => {
      if (name === 'FlashCamExtractor') {
        // The correction holds for the mean over all phases of the samples relative to the pulse.
        let mean = 0;
        for (let i = 0; i < N_PHASES; i++) {
          const { image } = await extract(component, 1, 0, pulseOfPhase(i));
          mean += (image?.[0] ?? NaN) / N_PHASES;
        }
        // The integral in ctapipe uses the exact ratio of the sample widths, not the rounded one.
        const ratio = 1 / samplingRate / readout.referencePulseSampleWidth / N_PHASES;
        expect(mean * ratio).to.be.closeTo(1, 1e-3);
        return;
      }
      expectAll((await extract(component, 1, 0)).image, 1, ACCURACY[name] ?? SINGLE_PRECISION);
    });

    it(`${name}: is linear in the charge with constant peak time`, async () => {
      const { image, peakTime } = await extract(component, 1, 0);
      await fc.assert(
        fc.asyncProperty(charges, async (charge) => {
          const larger = await extract(component, charge, 0);
          expectAll(larger.image, charge * (image?.[0] ?? NaN), SINGLE_PRECISION * charge);
          expectAll(larger.peakTime, peakTime?.[0] ?? NaN, 1e-4);
        }),
      );
    });

    it(`${name}: shifts the peak time with the pulse at constant charge`, async () => {
      const { image, peakTime } = await extract(component, 1, 0);
      await fc.assert(
        fc.asyncProperty(shifts, async (shift) => {
          const later = await extract(component, 1, shift);
          expectAll(later.image, image?.[0] ?? NaN, SINGLE_PRECISION);
          expectAll(later.peakTime, (peakTime?.[0] ?? NaN) + shift / samplingRate, 1e-4);
        }),
      );
    });
  }
});
