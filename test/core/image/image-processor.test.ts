import {
  ArrayEvent,
  CameraHillasParametersContainer,
  DL1CameraContainer,
  HillasParametersContainer,
  ImageProcessor,
  memoryUnitsPer,
  SimulatedCameraContainer,
  SimulatedEventContainer,
  snakeCase,
  TrueIntensityStatisticsContainer,
  TrueLeakageContainer,
  type Container,
  type ColumnUnit,
  type ImageParametersContainer,
  type SubarrayDescription,
  valueOf,
} from '@cherenkit/core';
import cleanersPlugin from '@cherenkit/plugin-cleaners';
import hillasPlugin from '@cherenkit/plugin-hillas';
import { buildComponent } from '@cherenkit/testing';
import { expect } from 'chai';

import { readReference, referenceNames } from '../../support/ctapipe-reference.js';
import { REFERENCE as CAMERAS } from '../../support/waveform-reference.js';
import { unpack } from '../../support/packed-array.js';
import { referenceSubarray } from '../../support/reference-subarray.js';
import { subarrayWithCamera } from '../../support/small-camera.js';

type Quantity = { value: number | null; unit: string };
type Parameters = Record<string, Record<string, number | null | Quantity>>;

interface ReferenceEvent {
  tel: Record<
    string,
    {
      image: (number | null)[];
      peak_time: (number | null)[];
      image_mask?: { true_at: number[] };
      parameters?: Parameters;
      parameters_camera_frame: Parameters;
    }
  >;
}

async function processorFor(
  subarray: SubarrayDescription,
  traits: Readonly<Record<string, unknown>> = {},
  config: object = {},
): Promise<ImageProcessor> {
  return await buildComponent(ImageProcessor, { subarray, traits, config, plugins: [cleanersPlugin, hillasPlugin] });
}

const floats = (values: (number | null)[]): Float32Array => Float32Array.from(values, (value) => value ?? NaN);

/** The parameters by ctapipe's column names, in the units of its containers. */
function columnsOf(parameters: ImageParametersContainer): Map<string, number> {
  const columns = new Map<string, number>();
  for (const group of Object.keys(parameters.fields)) {
    const container = valueOf(parameters, group) as Container;
    for (const [name, { column }] of Object.entries(container.fields)) {
      if (column === undefined) continue; // the frame
      const unit: ColumnUnit | undefined = column && 'unit' in column ? column.unit : undefined;
      const value = valueOf(container, name) as number;
      columns.set(`${snakeCase(group)}.${snakeCase(name)}`, unit === undefined ? value : value / memoryUnitsPer(unit));
    }
  }
  return columns;
}

/** The parameters of a reference in the same form. The references have psi and phi in radians. */
function expectedColumns(parameters: Parameters): Map<string, number> {
  const columns = new Map<string, number>();
  for (const [group, values] of Object.entries(parameters)) {
    for (const [name, quantity] of Object.entries(values)) {
      const { value, unit } =
        typeof quantity === 'object' && quantity !== null ? quantity : { value: quantity, unit: '' };
      columns.set(`${group}.${name}`, (value ?? NaN) * (unit === 'rad' ? 180 / Math.PI : 1));
    }
  }
  return columns;
}

/**
 * Relative to the value or to the median of the column, as for tables. The references have nine digits of each pixel
 * coordinate, about 1e-8 of the size of an image; values that do not depend on coordinates must agree to the last bit.
 */
function toleranceOf(column: string): number {
  return /^(hillas\.(?!intensity)|timing)/.test(column) ? 1e-6 : 0;
}

/** In this image the timing fit keeps two of three pixels; which two depends on rounding in ctapipe. */
const AMBIGUOUS = 'gct_checs_muons, event 7, telescope 1';

describe('ImageProcessor', () => {
  for (const useTelescopeFrame of [true, false]) {
    describe(useTelescopeFrame ? 'in the telescope frame' : 'in the camera frame', () => {
      const found = new Map<string, { actual: number; expected: number; where: string }[]>();

      for (const name of referenceNames()) {
        it(`gives the masks and the set of columns of ${name}`, async () => {
          const reference = readReference<ReferenceEvent>(name);
          const subarray = referenceSubarray(reference);
          const processor = await processorFor(subarray, { useTelescopeFrame });
          let nImages = 0;
          reference.events.forEach(({ tel }, count) => {
            const telescopes = Object.entries(tel).filter(([, { parameters }]) => parameters !== undefined);
            const event = new ArrayEvent();
            for (const [telId, { image, peak_time }] of telescopes) {
              event.dl1.tel.set(
                Number(telId),
                new DL1CameraContainer({ image: floats(image), peakTime: floats(peak_time) }),
              );
            }
            processor.process(event);
            for (const [telId, { image_mask, parameters, parameters_camera_frame }] of telescopes) {
              const dl1 = event.dl1.tel.get(Number(telId));
              if (dl1?.imageMask === undefined || dl1.parameters === undefined) throw new Error('not processed');
              const kept = [...dl1.imageMask.keys()].filter((pixel) => dl1.imageMask?.[pixel] === 1);
              expect(kept).to.deep.equal(image_mask?.true_at);
              const actual = columnsOf(dl1.parameters);
              const expected = expectedColumns((useTelescopeFrame ? parameters : parameters_camera_frame) ?? {});
              // Set by stereo reconstruction only, which the references include.
              actual.delete('core.psi');
              expected.delete('core.psi');
              expect([...actual.keys()].sort()).to.deep.equal([...expected.keys()].sort());
              const where = `${name}, event ${count}, telescope ${telId}`;
              for (const [column, value] of actual) {
                const row = { actual: value, expected: expected.get(column) ?? NaN, where };
                found.set(column, [...(found.get(column) ?? []), row]);
              }
              nImages++;
            }
          });
          const { counts } = processor.statistics;
          expect(counts[0]).to.equal(nImages);
        });
      }

      it("gives ctapipe's parameters for all images", function () {
        if (found.size === 0) this.skip();
        const problems: string[] = [];
        for (const [column, rows] of found) {
          const sizes = rows.map(({ expected }) => Math.abs(expected)).filter(Number.isFinite);
          const median = sizes.sort((a, b) => a - b)[Math.floor(sizes.length / 2)] ?? 0;
          for (const { actual, expected, where } of rows) {
            if (!useTelescopeFrame && column.startsWith('timing') && where === AMBIGUOUS) continue;
            const difference = Math.abs(actual - expected) / Math.max(Math.abs(expected), median, 1e-30);
            const isSame = Number.isNaN(expected) ? Number.isNaN(actual) : difference <= toleranceOf(column);
            if (!isSame) problems.push(`${column}: ${actual}, not ${expected} (${difference}), ${where}`);
          }
        }
        expect(problems).to.deep.equal([]);
      });
    });
  }

  const camera = CAMERAS.cameras.Hexagonal;
  const subarray = subarrayWithCamera(camera);
  const image = unpack('f4', camera.image).map((charge) => 10 * charge);
  const dark = new Float32Array(image.length);

  function eventWith(dl1: object, trueImage?: Int32Array): ArrayEvent {
    const event = new ArrayEvent();
    event.dl1.tel.set(1, new DL1CameraContainer(dl1));
    if (trueImage !== undefined) {
      const tel = new Map([[1, new SimulatedCameraContainer({ trueImage })]]);
      event.simulation = new SimulatedEventContainer({ tel });
    }
    return event;
  }

  it('gives default parameters in the selected frame to images that fail the quality query', async () => {
    for (const useTelescopeFrame of [true, false]) {
      const processor = await processorFor(subarray, { useTelescopeFrame });
      const [one, other] = [eventWith({ image: dark }), eventWith({ image: dark })];
      processor.process(one);
      processor.process(other);
      const { imageMask, parameters } = one.dl1.tel.get(1) ?? {};
      expect(imageMask).to.deep.equal(new Uint8Array(image.length));
      expect(parameters?.hillas).to.be.instanceOf(
        useTelescopeFrame ? HillasParametersContainer : CameraHillasParametersContainer,
      );
      expect(parameters?.hillas.intensity).to.be.NaN;
      expect(parameters?.morphology.nPixels).to.equal(-1);
      expect(parameters).not.to.equal(other.dl1.tel.get(1)?.parameters);
      expect(processor.statistics.counts).to.deep.equal([2, 0, 0]);
    }
  });

  it('parametrizes true images, without timing parameters', async () => {
    const processor = await processorFor(subarray);
    const trueImage = Int32Array.from(image, (charge) => (charge > 5 ? Math.round(charge) : 0));
    const event = eventWith({ image, peakTime: image.map((_, pixel) => pixel % 7) }, trueImage);
    processor.process(event);
    const parameters = event.simulation?.tel.get(1)?.trueParameters;
    const nPixels = trueImage.reduce((count, charge) => count + Number(charge > 0), 0);
    expect(nPixels).to.be.greaterThan(3);
    expect(parameters?.morphology.nPixels).to.equal(nPixels);
    expect(parameters?.hillas.intensity).to.equal(trueImage.reduce((sum, charge) => sum + charge, 0));
    expect(parameters?.timing.slope).to.be.NaN;
    expect(parameters?.peakTimeStatistics.max).to.be.NaN;
    expect(event.dl1.tel.get(1)?.parameters?.peakTimeStatistics.max).to.be.finite;

    const empty = eventWith({ image }, new Int32Array(image.length));
    processor.process(empty);
    const defaults = empty.simulation?.tel.get(1)?.trueParameters;
    expect(defaults?.intensityStatistics).to.be.instanceOf(TrueIntensityStatisticsContainer);
    expect(defaults?.intensityStatistics.max).to.equal(-1);
    expect(defaults?.leakage).to.be.instanceOf(TrueLeakageContainer);
    expect(processor.statistics.counts[0]).to.equal(4);
  });

  it('does not parametrize an image without pixels even without quality criteria', async () => {
    const processor = await processorFor(subarray, {}, { ImageQualityQuery: { quality_criteria: [] } });
    const event = eventWith({ image: dark });
    processor.process(event);
    expect(event.dl1.tel.get(1)?.parameters?.morphology.nPixels).to.equal(-1);
  });

  it('rejects images of two gain channels, with default parameters, and skips telescopes without image', async () => {
    const processor = await processorFor(subarray);
    const event = eventWith({ image: new Float32Array(2 * image.length).fill(100) });
    processor.process(event);
    const { imageMask, parameters } = event.dl1.tel.get(1) ?? {};
    expect(imageMask).to.deep.equal(new Uint8Array(image.length));
    expect(parameters?.hillas.intensity).to.be.NaN;
    expect(parameters?.morphology.nPixels).to.equal(-1);
    expect(event.rejections.map(({ reason }) => reason)).to.deep.equal(['both gain channels']);
    const empty = eventWith({});
    processor.process(empty);
    expect(empty.dl1.tel.get(1)).to.include({ imageMask: undefined, parameters: undefined });
  });

  it('applies the image modifier before cleaning with apply_image_modifier', async () => {
    const noisy = {
      NoiseImageModifier: { noise_level_dim_pixels: 30, noise_level_bright_pixels: 30, noise_correct_bias: false },
    };
    for (const applyImageModifier of [false, true]) {
      const processor = await processorFor(subarray, { applyImageModifier }, noisy);
      const event = eventWith({ image: dark });
      processor.process(event);
      const dl1 = event.dl1.tel.get(1);
      expect(dl1?.image !== dark).to.equal(applyImageModifier);
      expect(dl1?.imageMask?.every((bit) => bit === 1)).to.equal(applyImageModifier);
      expect(dark.every((charge) => charge === 0)).to.equal(true);
    }
  });
});
