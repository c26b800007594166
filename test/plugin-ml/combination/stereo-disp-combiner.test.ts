import {
  ArrayEvent,
  DispContainer,
  DL1CameraContainer,
  HillasParametersContainer,
  ImageParametersContainer,
  ReconstructedDirectionContainer,
  TelescopeMonitoringContainer,
  TelescopeReconstructedContainer,
} from '@cherenkit/core';
import { combinationsOf, radians, RandomStream, resolveDispSigns, telescopeToAltAz } from '@cherenkit/kernels';
import { StereoDispCombiner, StereoMeanCombiner } from '@cherenkit/plugin-ml';
import { Table } from '@cherenkit/tables';
import { buildComponent, smallSubarray } from '@cherenkit/testing';
import { expect } from 'chai';

const PREFIX = 'disp';
const POINTING = { alt: radians(70), az: radians(180) };
/** The source, and the images: position angle of the axis, distance of the source, whether the sign of disp is right. */
const SOURCE = { fovLon: radians(0.4), fovLat: radians(-0.2) };

interface Image {
  readonly psi: number;
  readonly disp: number;
  readonly isRight: boolean;
}

/** An event whose images point at the source from both sides. */
function eventOf(images: readonly Image[]): ArrayEvent {
  const event = new ArrayEvent();
  images.forEach(({ psi, disp, isRight }, i) => {
    const telId = i + 1;
    const fovLon = SOURCE.fovLon - disp * Math.cos(psi);
    const fovLat = SOURCE.fovLat - disp * Math.sin(psi);
    const hillas = new HillasParametersContainer({
      psi,
      fovLon,
      fovLat,
      intensity: 100 * telId,
      length: 0.01,
      width: 0.003,
    });
    const parameters = new ImageParametersContainer({ hillas });
    event.dl1.tel.set(telId, new DL1CameraContainer({ parameters }));
    const predicted = isRight ? disp : -disp;
    const point = { fovLon: fovLon + predicted * Math.cos(psi), fovLat: fovLat + predicted * Math.sin(psi) };
    const dl2 = new TelescopeReconstructedContainer();
    dl2.disp.set(PREFIX, new DispContainer({ parameter: predicted }));
    dl2.geometry.set(
      PREFIX,
      new ReconstructedDirectionContainer({ ...telescopeToAltAz(point, POINTING), isValid: true }),
    );
    event.dl2.tel.set(telId, dl2);
    const monitoring = new TelescopeMonitoringContainer();
    Object.assign(monitoring.pointing, { altitude: POINTING.alt, azimuth: POINTING.az });
    event.monitoring.tel.set(telId, monitoring);
  });
  return event;
}

const EXPECTED = telescopeToAltAz(SOURCE, POINTING);

/** Three images, the second with the wrong sign. */
const IMAGES: readonly Image[] = [
  { psi: 0.3, disp: radians(0.8), isRight: true },
  { psi: 1.5, disp: radians(-0.6), isRight: false },
  { psi: 2.4, disp: radians(0.7), isRight: true },
];

describe('StereoDispCombiner', () => {
  const directionOf = async (
    images: readonly Image[],
    traits: object = {},
  ): Promise<ReconstructedDirectionContainer> => {
    const event = eventOf(images);
    const combiner = await buildComponent(StereoDispCombiner, { traits: { ...traits } });
    combiner.combine(event, 'GEOMETRY', PREFIX);
    return event.dl2.stereo.geometry.get(PREFIX) as ReconstructedDirectionContainer;
  };

  it('finds the source although some signs are wrong, where the mean of directions is misled', async () => {
    for (const nTelCombinations of [2, 3]) {
      const { alt, az, isValid, telescopes } = await directionOf(IMAGES, { nTelCombinations });
      expect(isValid).to.equal(true);
      expect(telescopes).to.deep.equal([1, 2, 3]);
      expect(alt).to.be.closeTo(EXPECTED.alt, 1e-6);
      expect(az).to.be.closeTo(EXPECTED.az, 1e-6);
    }
    const event = eventOf(IMAGES);
    (await buildComponent(StereoMeanCombiner)).combine(event, 'GEOMETRY', PREFIX);
    const mean = event.dl2.stereo.geometry.get(PREFIX);
    expect(Math.hypot((mean?.alt ?? NaN) - EXPECTED.alt, (mean?.az ?? NaN) - EXPECTED.az)).to.be.above(radians(0.2));
  });

  it('keeps the sign of a single image, and is invalid without any', async () => {
    const { alt, isValid } = await directionOf(IMAGES.slice(0, 1));
    expect(isValid).to.equal(true);
    expect(alt).to.be.closeTo(EXPECTED.alt, 1e-9);
    const none = await directionOf([]);
    expect([none.isValid, none.reason]).to.deep.equal([false, 'no telescope has a valid prediction with a weight']);
  });

  it('may use the best images only, and pairs whose axes cross', async () => {
    const parallel: Image[] = [...IMAGES, { psi: 2.4, disp: radians(0.3), isRight: false }];
    const { alt } = await directionOf(parallel, { minAngDiff: 20 });
    expect(alt).to.be.closeTo(EXPECTED.alt, 1e-6);
    const best = await directionOf(IMAGES, { nBestTels: 1, weights: 'intensity' });
    expect(best.alt).to.be.closeTo(EXPECTED.alt, 1e-9); // image 3, whose sign is right
  });

  it('gives the same for tables', async () => {
    const combiner = await buildComponent(StereoDispCombiner, { traits: { weights: 'intensity' } });
    const event = eventOf(IMAGES);
    combiner.combine(event, 'GEOMETRY', PREFIX);
    const telescopes = [...event.dl2.tel];
    const hillas = [...event.dl1.tel.values()].map(({ parameters }) => parameters?.hillas as HillasParametersContainer);
    const of = (values: readonly (number | undefined)[], unit = 'rad') => ({
      values: Float64Array.from(values, Number),
      unit,
    });
    const table = Table.of({
      obs_id: Int32Array.of(1, 1, 1),
      event_id: BigInt64Array.of(7n, 7n, 7n),
      tel_id: Int32Array.of(...telescopes.map(([telId]) => telId)),
      hillas_intensity: Float64Array.from(hillas, ({ intensity }) => intensity),
      hillas_fov_lon: of(hillas.map(({ fovLon }) => fovLon)),
      hillas_fov_lat: of(hillas.map(({ fovLat }) => fovLat)),
      hillas_psi: of(hillas.map(({ psi }) => psi)),
      telescope_pointing_altitude: of([POINTING.alt, POINTING.alt, POINTING.alt]),
      telescope_pointing_azimuth: of([POINTING.az, POINTING.az, POINTING.az]),
      disp_tel_parameter: of(telescopes.map(([, { disp }]) => disp.get(PREFIX)?.parameter)),
      disp_tel_alt: of(telescopes.map(([, { geometry }]) => geometry.get(PREFIX)?.alt)),
      disp_tel_az: of(telescopes.map(([, { geometry }]) => geometry.get(PREFIX)?.az)),
      disp_tel_is_valid: { values: Uint8Array.of(1, 1, 1), type: 'bool' },
    });
    expect(smallSubarray().telIds).to.include.members([1, 2, 3]);
    const combined = combiner.combineTable(table, 'GEOMETRY', PREFIX);
    const expected = event.dl2.stereo.geometry.get(PREFIX);
    expect(combined.nRows).to.equal(1);
    expect(combined.numbers('disp_alt', 'rad')[0]).to.be.closeTo(expected?.alt ?? NaN, 1e-12);
    expect(combined.numbers('disp_az', 'rad')[0]).to.be.closeTo(expected?.az ?? NaN, 1e-12);
    expect(combined.numbers('disp_ang_distance_uncert', 'rad')[0]).to.be.closeTo(
      expected?.angDistanceUncert ?? NaN,
      1e-9,
    );
  });
});

describe('resolveDispSigns', () => {
  it('chooses the positions that are closest to each other', () => {
    const random = new RandomStream(1);
    const point = (scale: number) => ({ fovLon: scale * random.normal(), fovLat: scale * random.normal() });
    const images = Array.from({ length: 5 }, (_, i) => {
      const [near, far] = [point(0.01), point(1)];
      return {
        ...(i % 2 === 0 ? { positive: near, negative: far } : { positive: far, negative: near }),
        weight: i + 1,
      };
    });
    const { fovLon, fovLat, weight } = resolveDispSigns(images);
    expect(Math.hypot(fovLon, fovLat)).to.be.below(0.05);
    expect(weight).to.equal(15);
    expect(resolveDispSigns([]).fovLon).to.be.NaN;
  });

  it('is applied to combinations', () => {
    expect([...combinationsOf(4, 2)]).to.deep.equal([
      [0, 1],
      [0, 2],
      [0, 3],
      [1, 2],
      [1, 3],
      [2, 3],
    ]);
    expect([...combinationsOf(3, 3)]).to.deep.equal([[0, 1, 2]]);
  });
});
