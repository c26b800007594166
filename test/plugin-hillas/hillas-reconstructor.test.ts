import {
  DL1CameraContainer,
  type ArrayEvent,
  type ImageParametersContainer,
  type ReconstructedGeometryContainer,
  type SubarrayDescription,
} from '@cherenkit/core';
import { HillasReconstructor } from '@cherenkit/plugin-hillas';
import { buildComponent } from '@cherenkit/testing';
import { expect } from 'chai';

import { readReference, referenceNames } from '../support/ctapipe-reference.js';
import { eventOf, inMemoryUnits, camelCaseValues, type ReferenceEvent } from '../support/reference-showers.js';
import { referenceSubarray } from '../support/reference-subarray.js';
import { TOY_SHOWERS, toyEvent, toySubarray } from '../support/toy-stereo-reference.js';
import { skipWithoutTestData } from '../support/test-data.js';

async function reconstructor(subarray: SubarrayDescription, config: object = {}): Promise<HillasReconstructor> {
  return await buildComponent(HillasReconstructor, { subarray, config });
}

function geometryOf(event: ArrayEvent): ReconstructedGeometryContainer {
  const geometry = event.dl2.stereo.geometry.get('HillasReconstructor');
  if (geometry === undefined) throw new Error('no geometry');
  return geometry;
}

const ALL_IMAGES = { StereoQualityQuery: { quality_criteria: [] } };

/** NaN equals NaN; otherwise relative to the expected value. */
function expectClose(actual: number, expected: number, tolerance: number, where: string): void {
  const difference = Object.is(actual, expected) ? 0 : Math.abs(actual - expected);
  const message = `${where}: ${actual}, expected ${expected}`;
  expect(difference === 0 ? 0 : difference / Math.abs(expected), message).to.be.at.most(tolerance);
}

describe('HillasReconstructor with a toy array', () => {
  let hillasReconstructor: HillasReconstructor;
  before(async () => (hillasReconstructor = await reconstructor(toySubarray)));

  TOY_SHOWERS.forEach((expected, i) => {
    const { frame, telescopes: used } = expected;
    it(`gives ctapipe's result for shower ${i} with ${used.length} images in the ${frame} frame`, () => {
      // Lines that cross at a small angle amplify rounding about a thousandfold.
      const tolerance = 1e-10;
      const event = toyEvent(expected);
      hillasReconstructor.reconstruct(event);
      const geometry = geometryOf(event);
      expect(geometry.isValid).to.equal(true);
      expect(geometry.telescopes).to.deep.equal(used);
      expect(geometry.averageIntensity).to.equal(expected.average_intensity);
      expectClose(geometry.alt, expected.alt, tolerance, 'alt');
      expectClose(geometry.az, expected.az, tolerance, 'az');
      expectClose(geometry.altUncert, expected.alt_uncert, tolerance, 'alt_uncert');
      expectClose(geometry.azUncert, expected.alt_uncert, tolerance, 'az_uncert');
      expectClose(geometry.coreX, expected.core_x, tolerance, 'core_x');
      expectClose(geometry.coreY, expected.core_y, tolerance, 'core_y');
      expectClose(geometry.coreTiltedX, expected.core_tilted_x, tolerance, 'core_tilted_x');
      expectClose(geometry.coreTiltedY, expected.core_tilted_y, tolerance, 'core_tilted_y');
      expectClose(geometry.hMax, expected.h_max, tolerance, 'h_max');
      for (const [telId, psi] of Object.entries(expected.psi)) {
        const ours = event.dl1.tel.get(Number(telId))?.parameters?.core.psi;
        expectClose(ours ?? Infinity, psi ?? NaN, tolerance, `psi of telescope ${telId}`);
      }
      for (const [telId, distance] of Object.entries(expected.impact)) {
        const ours = event.dl2.tel.get(Number(telId))?.impact.get('HillasReconstructor')?.distance;
        expectClose(ours ?? Infinity, distance, tolerance, `impact of telescope ${telId}`);
      }
      expect([...event.dl2.tel.keys()].map(String)).to.deep.equal(Object.keys(expected.impact));
    });
  });
});

describe('HillasReconstructor', () => {
  before(skipWithoutTestData);

  it("gives ctapipe's showers", async () => {
    // ctapipe computes with the array pointing in single precision, as stored by simulations.
    const tolerance = 1e-6;
    let nValid = 0;
    for (const name of referenceNames()) {
      const reference = readReference<ReferenceEvent>(name);
      const hillasReconstructor = await reconstructor(referenceSubarray(reference));
      for (const expected of reference.events) {
        const row = expected.stereo?.['HillasReconstructor'];
        if (row === undefined) continue;
        const where = `${name}, event ${expected.index.event_id}`;
        const event = eventOf(expected);
        hillasReconstructor.reconstruct(event);
        const geometry = geometryOf(event);
        const { is_valid: isValid, telescopes, ...numbers } = row;
        expect(geometry.isValid, where).to.equal(isValid);
        expect(geometry.reason === undefined, where).to.equal(isValid);
        expect(geometry.telescopes, where).to.deep.equal(telescopes);
        nValid += isValid ? 1 : 0;
        for (const [field, value] of Object.entries(camelCaseValues(numbers))) {
          expectClose(geometry[field as 'alt'], value, tolerance, `${where}, ${field}`);
        }
        for (const [telId, { parameters, impact }] of Object.entries(expected.tel)) {
          const at = `${where}, telescope ${telId}`;
          const psi = event.dl1.tel.get(Number(telId))?.parameters?.core.psi ?? NaN;
          if (parameters) expectClose(psi, inMemoryUnits(parameters.core.psi), tolerance, `${at}, psi`);
          const distance = impact?.['HillasReconstructor']?.distance;
          const ours = event.dl2.tel.get(Number(telId))?.impact.get('HillasReconstructor');
          expect(ours === undefined, at).to.equal(distance === undefined);
          if (ours && distance) expectClose(ours.distance, inMemoryUnits(distance), tolerance, `${at}, impact`);
        }
      }
    }
    expect(nValid).to.be.greaterThan(10);
  }).timeout(120_000); // reads all references

  function realShower(): { subarray: SubarrayDescription; event: ArrayEvent } {
    const reference = readReference<ReferenceEvent>('proton_north_alpha_700');
    return { subarray: referenceSubarray(reference), event: eventOf(reference.events[0]) };
  }

  /** Requires an invalid result without values and with this reason. */
  function expectInvalid(event: ArrayEvent, reason: string): void {
    const geometry = geometryOf(event);
    expect(geometry.isValid).to.equal(false);
    expect(geometry.reason).to.include(reason);
    expect([geometry.alt, geometry.az, geometry.coreX, geometry.coreY, geometry.hMax]).to.deep.equal(
      Array.from({ length: 5 }, () => NaN),
    );
    expect(geometry.telescopes).to.deep.equal([]);
    expect(event.trigger.telsWithTrigger).to.not.be.empty;
    for (const telId of event.trigger.telsWithTrigger) {
      expect(event.dl2.tel.get(telId)?.impact.get('HillasReconstructor')?.distance).to.be.NaN;
    }
  }

  function parametersOf(event: ArrayEvent): ImageParametersContainer[] {
    return [...event.dl1.tel.values()].flatMap(({ parameters }) => parameters ?? []);
  }

  it('reports the number of images that passed the quality criteria', async () => {
    const { subarray, event } = realShower();
    for (const { hillas } of parametersOf(event)) hillas.intensity = 10;
    (await reconstructor(subarray)).reconstruct(event);
    expectInvalid(event, '0 of at least 2 images');
  });

  it('rejects images without width', async () => {
    for (const width of [0, NaN]) {
      const { subarray, event } = realShower();
      parametersOf(event)[1].hillas.width = width;
      (await reconstructor(subarray, ALL_IMAGES)).reconstruct(event);
      expectInvalid(event, 'has no width');
    }
  });

  it('reports parallel image axes as invalid', async () => {
    const { subarray, event } = realShower();
    const [first, ...others] = parametersOf(event);
    for (const parameters of others) Object.assign(parameters, { hillas: first.hillas });
    (await reconstructor(subarray, ALL_IMAGES)).reconstruct(event);
    expectInvalid(event, 'parallel');
  });

  it('reports an unknown pointing as invalid', async () => {
    const { subarray, event } = realShower();
    event.monitoring.tel.clear();
    (await reconstructor(subarray)).reconstruct(event);
    expectInvalid(event, 'pointing');

    const second = realShower();
    second.event.monitoring.pointing.arrayAltitude = NaN;
    (await reconstructor(second.subarray)).reconstruct(second.event);
    expectInvalid(second.event, 'no core');
  });

  it('counts the images that pass its criteria', async () => {
    const { subarray, event } = realShower();
    const [first] = parametersOf(event);
    first.hillas.intensity = 10;
    const nImages = parametersOf(event).length;
    const hillasReconstructor = await reconstructor(subarray);
    hillasReconstructor.reconstruct(event);
    const { criteria, counts, cumulativeCounts } = hillasReconstructor.statistics;
    expect(criteria).to.deep.equal(['TOTAL', '> 50 phe', 'Positive width', '> 3 pixels']);
    expect(counts.slice(0, 2)).to.deep.equal([nImages, geometryOf(event).telescopes.length]);
    expect(cumulativeCounts[3]).to.equal(geometryOf(event).telescopes.length);
  });

  it('skips telescopes without image parameters', async () => {
    const { subarray, event } = realShower();
    const before = await reconstructAgain(subarray, event);
    event.dl1.tel.set(12, new DL1CameraContainer());
    expect(await reconstructAgain(subarray, event)).to.deep.equal(before);
    expect(before.isValid).to.equal(true);
  });
});

async function reconstructAgain(
  subarray: SubarrayDescription,
  event: ArrayEvent,
): Promise<ReconstructedGeometryContainer> {
  (await reconstructor(subarray)).reconstruct(event);
  return geometryOf(event);
}
