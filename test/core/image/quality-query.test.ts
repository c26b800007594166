import {
  ImageQualityQuery,
  QualityQuery,
  StereoQualityQuery,
  type ComponentClass,
  type ImageParametersContainer,
  type SubarrayDescription,
} from '@cherenkit/core';
import { HillasParametrizer } from '@cherenkit/plugin-hillas';
import { buildComponent } from '@cherenkit/testing';
import { expect } from 'chai';

import { errorOf } from '../../support/error-of.js';
import { imageOf, REFERENCE, referenceGeometry, type LengthUnit } from '../../support/image-parameter-reference.js';
import { unpack } from '../../support/packed-array.js';
import { REFERENCE as CAMERAS } from '../../support/waveform-reference.js';
import { subarrayWithCamera } from '../../support/small-camera.js';

const subarray: SubarrayDescription = subarrayWithCamera(CAMERAS.cameras.Hexagonal);

async function make<C extends QualityQuery>(
  query: ComponentClass<C>,
  qualityCriteria?: [string, string][],
): Promise<C> {
  return await buildComponent(query, { subarray, traits: qualityCriteria ? { qualityCriteria } : {} });
}

/** Parameters of the reference images, with the results of ctapipe's queries. */
async function* parametersIn(unit: LengthUnit): AsyncGenerator<[ImageParametersContainer, boolean[][]]> {
  const parametrizer = await buildComponent(HillasParametrizer, { subarray });
  for (const image of REFERENCE.images) {
    const expected = image[unit];
    if (expected === null) continue;
    const camera = referenceGeometry(image.camera);
    const geometry = unit === 'degrees' ? camera.toTelescopeFrame() : camera;
    const peakTime = image.peakTime ? unpack('f4', image.peakTime) : undefined;
    yield [parametrizer.parametrize(geometry, imageOf(image), unpack('u1', image.mask), peakTime), expected.passes];
  }
}

describe('QualityQuery', () => {
  for (const unit of ['metres', 'degrees'] as const) {
    it(`gives ctapipe's results and counts, with lengths in ${unit}`, async () => {
      const stereo = await make(StereoQualityQuery);
      const query = await make(QualityQuery, REFERENCE.criteria[unit]);
      for await (const [parameters, [stereoPasses, passes]] of parametersIn(unit)) {
        expect(stereo.passesParameters(parameters)).to.equal(stereoPasses.every(Boolean));
        expect(query.passes(new Map([['parameters', parameters]]))).to.equal(passes.every(Boolean));
      }
      for (const [{ statistics }, expected] of [
        [stereo, REFERENCE.counts[unit][0]],
        [query, REFERENCE.counts[unit][1]],
      ] as const) {
        expect(statistics).to.deep.equal({
          criteria: expected.criteria,
          expressions: expected.func,
          counts: expected.counts,
          cumulativeCounts: expected.cumulative_counts,
        });
      }
    });
  }

  it('passes everything without criteria and counts the total', async () => {
    const query = await make(QualityQuery);
    expect(query.passes(new Map())).to.equal(true);
    expect(query.statistics).to.deep.equal({
      criteria: ['TOTAL'],
      expressions: ['True'],
      counts: [1],
      cumulativeCounts: [1],
    });
  });

  it('counts each criterion alone and cumulatively', async () => {
    const query = await make(QualityQuery, [
      ['positive', 'x > 0'],
      ['small', 'x < 10'],
    ]);
    const values = [-1, 5, 20, 30, NaN];
    expect(values.map((x) => query.passes(new Map([['x', x]])))).to.deep.equal([false, true, false, false, false]);
    expect(query.statistics).to.deep.include({ counts: [5, 3, 2], cumulativeCounts: [5, 3, 1] });
  });

  it('requires charge in at least two pixels of an image by default', async () => {
    const query = await make(ImageQualityQuery);
    const passes = (...charges: number[]): boolean => query.passesImage(Float32Array.from(charges));
    expect([passes(), passes(5), passes(1, -1), passes(1, 1)]).to.deep.equal([false, false, false, true]);
    expect(query.passesImage(Int32Array.of(1, 2))).to.equal(true);
    expect(query.statistics.counts).to.deep.equal([5, 3, 3]);
  });

  it('rejects an unknown name at construction and an unsuitable value at evaluation', async () => {
    const error = await errorOf(make(ImageQualityQuery, [['typo', 'imgae.sum() > 0']]));
    expect(error.message).to.include('imgae');
    const query = await make(QualityQuery, [['array', 'x > 0']]);
    expect(() => query.passes(new Map([['x', Float32Array.of(1, 2)]]))).to.throw(
      'the truth value of an array is ambiguous',
    );
  });
});
