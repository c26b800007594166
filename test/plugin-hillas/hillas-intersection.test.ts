import {
  ArrayEvent,
  DL1CameraContainer,
  SubarrayDescription,
  type ComponentClass,
  type HillasParametersContainer,
  type ReconstructedGeometryContainer,
} from '@cherenkit/core';
import { altAzToTelescope, groundToTilted, pointOnShowerAxis, type AltAz, type GroundPoint } from '@cherenkit/kernels';
import { HillasIntersection, HillasReconstructor, type HillasGeometryReconstructor } from '@cherenkit/plugin-hillas';
import { buildComponent } from '@cherenkit/testing';
import { expect } from 'chai';

import { readCheckedIn, readReference } from '../support/ctapipe-reference.js';
import { eventOf, camelCaseValues, type ReferenceEvent } from '../support/reference-showers.js';
import { referenceSubarray } from '../support/reference-subarray.js';
import { TOY_SHOWERS, toyEvent, toySubarray } from '../support/toy-stereo-reference.js';
import { skipWithoutTestData } from '../support/test-data.js';

type Name = 'HillasIntersection' | 'HillasReconstructor';
const RECONSTRUCTORS: Record<Name, ComponentClass<HillasGeometryReconstructor>> = {
  HillasIntersection,
  HillasReconstructor,
};

async function reconstructed(
  name: Name,
  event: ArrayEvent,
  traits: Readonly<Record<string, unknown>> = {},
  subarray: SubarrayDescription = toySubarray,
  config: object = {},
): Promise<ReconstructedGeometryContainer> {
  const reconstructor = await buildComponent(RECONSTRUCTORS[name], { subarray, traits, config });
  reconstructor.reconstruct(event);
  const geometry = event.dl2.stereo.geometry.get(name);
  if (geometry === undefined) throw new Error('no geometry');
  return geometry;
}

/** Requires NaN for null, otherwise compares relative to the expected value. */
function expectClose(actual: number, expected: number | null, where: string): void {
  if (expected === null) expect(actual, where).to.be.NaN;
  // 1e-10: lines that cross at a small angle amplify rounding a thousandfold; 1e-12 if two images have zero spread.
  else expect(actual, where).to.be.closeTo(expected, Math.max(1e-12, 1e-10 * Math.abs(expected)));
}

/** Images whose axes lie on the shower axis, in all telescopes of the toy array. */
function idealEvent(direction: AltAz, core: GroundPoint, array: AltAz): ArrayEvent {
  const images = toySubarray.telIds.map((telId) => {
    const position = toySubarray.position(telId);
    const [low, high] = [9000, 11000].map((distance) =>
      altAzToTelescope(pointOnShowerAxis(core, direction, position, distance), array),
    );
    const psi = Math.atan((high.fovLat - low.fovLat) / (high.fovLon - low.fovLon));
    const image = { lon: low.fovLon, lat: low.fovLat, psi, width: 1e-3, length: 3e-3, intensity: 500, n_pixels: 20 };
    return [String(telId), { ...image, pointing: [array.alt, array.az] }];
  });
  return toyEvent({
    ...TOY_SHOWERS[0],
    frame: 'telescope',
    pointing: [array.alt, array.az],
    images: Object.fromEntries(images) as (typeof TOY_SHOWERS)[number]['images'],
  });
}

describe('HillasIntersection with a toy array', () => {
  TOY_SHOWERS.forEach((shower, i) => {
    const { frame, intersection: expected } = shower;
    it(`gives ctapipe's result for shower ${i} in the ${frame} frame`, async () => {
      const geometry = await reconstructed('HillasIntersection', toyEvent(shower));
      expect(geometry.isValid).to.equal(expected.is_valid);
      expect(geometry.telescopes).to.deep.equal(expected.telescopes);
      expect(geometry.reason === undefined).to.equal(expected.is_valid);
      expectClose(geometry.alt, expected.alt, 'alt');
      expectClose(geometry.az, expected.az, 'az');
      expectClose(geometry.altUncert, expected.alt_uncert, 'alt_uncert');
      expectClose(geometry.azUncert, expected.alt_uncert, 'az_uncert');
      expectClose(geometry.coreX, expected.core_x, 'core_x');
      expectClose(geometry.coreY, expected.core_y, 'core_y');
      expectClose(geometry.coreTiltedX, expected.core_tilted_x, 'core_tilted_x');
      expectClose(geometry.coreTiltedY, expected.core_tilted_y, 'core_tilted_y');
      expectClose(geometry.coreTiltedUncertX, expected.core_tilted_uncert_x, 'core_tilted_uncert_x');
      expectClose(geometry.coreTiltedUncertY, expected.core_tilted_uncert_y, 'core_tilted_uncert_y');
      expectClose(geometry.hMax, expected.h_max, 'h_max');
    });
  });

  it('rejects axes that cross far outside the field of view', async () => {
    const [far] = TOY_SHOWERS.filter(({ intersection }) => !intersection.is_valid);
    expect((await reconstructed('HillasIntersection', toyEvent(far))).reason).to.match(/45 degrees/);
  });

  it('recovers a shower from images without width, with and without correct_psi', async () => {
    const array = { alt: 1.2, az: 0.4 };
    const direction = { alt: 1.21, az: 0.43 };
    const core = { x: 60, y: -80, z: 0 };
    for (const correctPsi of [false, true]) {
      const values = { correctPsi };
      const { alt, az, hMax, ...geometry } = await reconstructed(
        'HillasIntersection',
        idealEvent(direction, core, array),
        values,
      );
      // The field of view is treated as flat: 1e-5 rad and some metres at one degree from the pointing.
      expect(alt).to.be.closeTo(direction.alt, 1e-5);
      expect(az).to.be.closeTo(direction.az, 3e-5);
      expect(Math.hypot(geometry.coreX - core.x, geometry.coreY - core.y)).to.be.lessThan(6);
      const siteHeight = toySubarray.referenceLocation.height;
      expect((hMax - siteHeight) / (9000 * Math.sin(direction.alt))).to.be.closeTo(1, 0.05);
    }
  });

  it('gives the same result in camera and telescope frame with correct_psi, also for divergent pointing', async () => {
    const values = { correctPsi: true };
    for (const { frame, images, ...rest } of TOY_SHOWERS) {
      const inFrame = (name: 'telescope' | 'camera') => {
        // The axes of the camera and telescope frames are swapped, and the angles accordingly.
        const turned = Object.entries(images).map(([telId, image]) => [
          telId,
          { ...image, psi: name === 'camera' ? Math.PI / 2 - image.psi : image.psi },
        ]);
        return toyEvent({ ...rest, frame: name, images: Object.fromEntries(turned) as typeof images });
      };
      const sky = await reconstructed('HillasIntersection', inFrame('telescope'), values);
      const camera = await reconstructed('HillasIntersection', inFrame('camera'), values);
      expect(camera.isValid, frame).to.equal(sky.isValid);
      if (!sky.isValid) continue;
      expectClose(camera.alt, sky.alt, 'alt');
      expectClose(camera.az, sky.az, 'az');
      expectClose(camera.coreX, sky.coreX, 'core_x');
      expectClose(camera.coreY, sky.coreY, 'core_y');
    }
  });
});

interface RealShower extends Record<string, unknown> {
  event_id: number;
  is_valid: boolean;
  telescopes: number[];
  impact: Record<string, number | null>;
}

describe('HillasIntersection with real events', () => {
  it("gives ctapipe's showers", async function () {
    skipWithoutTestData.call(this);
    const { files } = readCheckedIn('hillas-intersection.json') as { files: Record<string, RealShower[]> };
    for (const [name, showers] of Object.entries(files)) {
      const reference = readReference<ReferenceEvent>(name);
      const subarray = referenceSubarray(reference);
      for (const { event_id: eventId, is_valid: isValid, telescopes, impact, ...numbers } of showers) {
        const where = `${name}, event ${eventId}`;
        const found = reference.events.find(({ index }) => index.event_id === eventId);
        if (found === undefined) throw new Error(`${where} has no image parameters`);
        const event = eventOf(found);
        const geometry = await reconstructed('HillasIntersection', event, {}, subarray);
        expect([geometry.isValid, geometry.telescopes], where).to.deep.equal([isValid, telescopes]);
        for (const [field, value] of Object.entries(camelCaseValues(numbers as Record<string, number | null>))) {
          // 1e-6: ctapipe computes with the pointing in single precision, as stored by simulations;
          // 1e-9 if two images have zero spread.
          const tolerance = Math.max(1e-9, 1e-6 * Math.abs(value));
          if (Number.isNaN(value)) expect(geometry[field as 'alt'], `${where}, ${field}`).to.be.NaN;
          else expect(geometry[field as 'alt'], `${where}, ${field}`).to.be.closeTo(value, tolerance);
        }
        for (const [telId, distance] of Object.entries(impact)) {
          const ours = event.dl2.tel.get(Number(telId))?.impact.get('HillasIntersection')?.distance ?? Infinity;
          if (distance === null) expect(ours, where).to.be.NaN;
          else expect(ours / distance, where).to.be.closeTo(1, 1e-6);
        }
      }
    }
  });
});

describe('stereo reconstructors', () => {
  const names: Name[] = ['HillasIntersection', 'HillasReconstructor'];
  const array = { alt: 1.1, az: 0.7 };
  const direction = { alt: 1.115, az: 0.73 };
  const core = { x: 40, y: 70, z: 0 };

  /** The array of the toy reference with moved or rotated telescope positions. */
  function movedArray(move: (position: GroundPoint) => GroundPoint): SubarrayDescription {
    return new SubarrayDescription({
      name: 'moved',
      telPositions: new Map(toySubarray.telIds.map((telId) => [telId, move(toySubarray.position(telId))])),
      telDescriptions: toySubarray.tel,
      referenceLocation: toySubarray.referenceLocation,
    });
  }

  for (const name of names) {
    describe(name, () => {
      it('shift the core with the array', async () => {
        for (const shower of TOY_SHOWERS.slice(0, 3)) {
          const still = await reconstructed(name, toyEvent(shower));
          const subarray = movedArray(({ x, y, z }) => ({ x: x + 130, y: y - 70, z }));
          const moved = await reconstructed(name, toyEvent(shower), {}, subarray);
          expect(moved.alt).to.be.closeTo(still.alt, 1e-12);
          expect(moved.az).to.be.closeTo(still.az, 1e-12);
          expect(moved.coreX - still.coreX).to.be.closeTo(130, 1e-6);
          expect(moved.coreY - still.coreY).to.be.closeTo(-70, 1e-6);
          expect(moved.hMax).to.be.closeTo(still.hMax, 1e-4);
        }
      });

      it('rotate azimuth and core with the array', async () => {
        const turn = 0.8;
        for (const shower of TOY_SHOWERS.slice(0, 3)) {
          const still = await reconstructed(name, toyEvent(shower));
          const turned = (x: number, y: number) => ({
            x: x * Math.cos(turn) + y * Math.sin(turn),
            y: y * Math.cos(turn) - x * Math.sin(turn),
          });
          const subarray = movedArray(({ x, y, z }) => ({ ...turned(x, y), z }));
          const [alt, az] = shower.pointing;
          const event = toyEvent({ ...shower, pointing: [alt, az + turn] });
          for (const { pointing } of event.monitoring.tel.values()) pointing.azimuth += turn;
          const moved = await reconstructed(name, event, {}, subarray);
          expect(moved.alt).to.be.closeTo(still.alt, 1e-12);
          expect(Math.sin(moved.az - still.az - turn)).to.be.closeTo(0, 1e-12);
          const expected = turned(still.coreX, still.coreY);
          expect(moved.coreX).to.be.closeTo(expected.x, 1e-6);
          expect(moved.coreY).to.be.closeTo(expected.y, 1e-6);
          expect(moved.hMax).to.be.closeTo(still.hMax, 1e-4);
        }
      });

      it('report parallel axes as invalid', async () => {
        const event = idealEvent(direction, core, array);
        const [first, ...others] = [...event.dl1.tel.values()];
        for (const { parameters } of others) {
          if (parameters) Object.assign(parameters, { hillas: first.parameters?.hillas });
        }
        const geometry = await reconstructed(name, event);
        expect([geometry.isValid, geometry.alt, geometry.coreX]).to.deep.equal([false, NaN, NaN]);
        expect(geometry.reason).to.match(/parallel/);
        expect(geometry.telescopes).to.deep.equal([]);
      });

      it('report an image with zero or unknown width as invalid', async () => {
        for (const width of [0, NaN]) {
          const event = idealEvent(direction, core, array);
          const [camera] = event.dl1.tel.values();
          (camera.parameters?.hillas as HillasParametersContainer).width = width;
          const all = { StereoQualityQuery: { quality_criteria: [] } };
          const geometry = await reconstructed(name, event, {}, toySubarray, all);
          expect(geometry.isValid).to.equal(false);
          expect(geometry.reason).to.match(/telescope 1 has no width/);
        }
      });

      it('report an invalid result if all telescopes and the core are on a line', async () => {
        const axis = { x: 1, y: 0.5 };
        const positions = toySubarray.telIds.map((telId): [number, GroundPoint] => [
          telId,
          { x: axis.x * (telId - 4) * 50, y: axis.y * (telId - 4) * 50, z: 0 },
        ]);
        const zenith = { alt: Math.PI / 2, az: 0 };
        const subarray = new SubarrayDescription({
          name: 'line',
          telPositions: new Map(positions),
          telDescriptions: toySubarray.tel,
          referenceLocation: toySubarray.referenceLocation,
        });
        const event = idealEvent(zenith, core, zenith);
        for (const [telId, camera] of event.dl1.tel) {
          // A vertical shower with its core on the line, so that all image axes are parallel to it.
          const { x, y } = groundToTilted(subarray.position(telId), zenith);
          const hillas = camera.parameters?.hillas as HillasParametersContainer;
          Object.assign(hillas, { fovLat: -x / 9000, fovLon: -y / 9000, psi: Math.atan2(axis.x, axis.y) });
        }
        const geometry = await reconstructed(name, event, {}, subarray);
        expect([geometry.isValid, geometry.coreX]).to.deep.equal([false, NaN]);
        expect(geometry.reason).to.match(/parallel/);
      });

      it('set no value of an invalid result', async () => {
        const geometry = await reconstructed(name, new ArrayEvent());
        const { isValid, telescopes, reason, ...numbers } = geometry;
        expect([isValid, telescopes, reason]).to.deep.equal([
          false,
          [],
          '0 of at least 2 images passed the quality criteria',
        ]);
        expect(Object.values(numbers).every(Number.isNaN)).to.equal(true);
      });

      it('propagate uncertainties with error_estimate, also from two images, without changing the result', async () => {
        const errors = { errorEstimate: 'propagated' };
        for (const nImages of [2, 4]) {
          const event = idealEvent(direction, core, array);
          for (const telId of toySubarray.telIds.slice(nImages)) event.dl1.tel.set(telId, new DL1CameraContainer());
          const plain = await reconstructed(name, event);
          const better = await reconstructed(name, event, errors);
          expect([better.alt, better.az, better.coreX, better.coreY, better.hMax]).to.deep.equal([
            plain.alt,
            plain.az,
            plain.coreX,
            plain.coreY,
            plain.hMax,
          ]);
          const { altUncert, azUncert, angDistanceUncert, coreUncertX, coreUncertY, hMaxUncert } = better;
          for (const error of [altUncert, azUncert, angDistanceUncert, coreUncertX, coreUncertY, hMaxUncert]) {
            expect(error).to.be.greaterThan(0);
            expect(error).to.be.finite;
          }
          expect(plain.hMaxUncert).to.be.NaN;
        }
      });

      it('have uncertainties that decrease with the square root of the intensity', async () => {
        const errors = { errorEstimate: 'propagated' };
        const errorAt = async (intensity: number) => {
          const event = idealEvent(direction, core, array);
          for (const { parameters } of event.dl1.tel.values()) Object.assign(parameters?.hillas ?? {}, { intensity });
          return (await reconstructed(name, event, errors)).angDistanceUncert;
        };
        // 5 %: the intersection is not exactly linear in the angles of the axes.
        expect((await errorAt(1000)) / (await errorAt(16000))).to.be.closeTo(4, 0.2);
      });
    });
  }
});
