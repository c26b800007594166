import { inspect } from 'node:util';

import { telescopeIdRanges } from '@cherenkit/core/internal';
import {
  CameraDescription,
  CameraReadout,
  CherenkitError,
  EarthLocation,
  ExitCode,
  guessTelescope,
  OpticsDescription,
  SubarrayDescription,
  unknownTelescope,
  type SizeType,
  type TelescopeDescription,
} from '@cherenkit/core';
import { degrees, radians } from '@cherenkit/kernels';
import { expect } from 'chai';
import fc from 'fast-check';

import {
  readCheckedIn,
  readReference,
  referenceNames,
  type CtapipeReference,
} from '../../support/ctapipe-reference.js';
import { makeTelescope } from '../../support/make-telescope.js';
import { skipWithoutTestData } from '../../support/test-data.js';

/** Name, size, optics, camera, focal length, mirror area, number of pixels. */
type Specification = [string, SizeType, string, string, number, number, number];

interface InstrumentReference {
  guesses: {
    n_pixels: number;
    focal_length: number;
    n_tiles: number | null;
    result: Record<'type' | 'name' | 'camera_name' | 'n_mirrors' | 'reflector_shape', unknown> | null;
  }[];
  unknown: { mirror_area: number; n_pixels: number; type: string; name: string; camera_name: string }[];
  locations: { geodetic: [number, number, number]; itrs: [number, number, number]; back: [number, number, number] }[];
  subarray: {
    telescopes: Record<string, Specification>;
    order: number[];
    positions: Record<string, [number, number, number]>;
    tel_ids: number[];
    telescope_types: string[];
    telescope_type_names: string[];
    camera_types: string[];
    n_optics: number;
    footprint: number;
    mst: number[];
    mixed: number[];
    mask: boolean[];
    multiplicity: number;
    multiplicity_lst: number;
    ids_of_mask: number[];
    selected: string[];
    earth_locations: Record<string, [number, number, number]>;
  };
}

const reference = readCheckedIn('instrument.json') as InstrumentReference;
const expected = reference.subarray;

function telescope([
  name,
  sizeType,
  opticsName,
  cameraName,
  focalLength,
  area,
  nPixels,
]: Specification): TelescopeDescription {
  return makeTelescope({
    name,
    cameraName,
    pixX: Float64Array.from({ length: nPixels }, (_, i) => (i % 5) * 0.05),
    pixY: Float64Array.from({ length: nPixels }, (_, i) => Math.floor(i / 5) * 0.05),
    pixType: 'square',
    focalLength,
    optics: { name: opticsName, sizeType, mirrorArea: area },
  });
}

function alpha(): SubarrayDescription {
  return new SubarrayDescription({
    name: 'alpha',
    telPositions: new Map(Object.entries(expected.positions).map(([telId, [x, y, z]]) => [Number(telId), { x, y, z }])),
    telDescriptions: new Map(expected.order.map((telId) => [telId, telescope(expected.telescopes[telId])])),
    referenceLocation: EarthLocation.fromGeodetic(radians(-17.892), radians(28.762), 2156),
  });
}

describe('SubarrayDescription', () => {
  const subarray = alpha();

  it('orders telescopes, types, cameras and optics as ctapipe does', () => {
    expect(subarray.telIds).to.deep.equal(expected.tel_ids);
    expect(subarray.telescopeTypes.map((type) => type.name)).to.deep.equal(expected.telescope_type_names);
    expect(subarray.telescopeTypes.map(String).sort()).to.deep.equal(expected.telescope_types);
    expect(subarray.cameraTypes.map((camera) => camera.name)).to.deep.equal(expected.camera_types);
    expect(subarray.opticsTypes.length).to.equal(expected.n_optics);
  });

  it('looks up telescopes by id, index, mask and type', () => {
    const mask = Uint8Array.from(expected.mask, Number);
    expect(subarray.getTelIdsForType('MST_M_NectarCam')).to.deep.equal(expected.mst);
    expect(subarray.getTelIds([9, 'LST_L_LSTCam', subarray.telescope(4)])).to.deep.equal(expected.mixed);
    expect(subarray.telMaskToTelIds(mask)).to.deep.equal(expected.ids_of_mask);
    expect([...subarray.telIdsToMask(expected.ids_of_mask)]).to.deep.equal([...mask]);
    expect([...subarray.telIdsToIndices([9, 5])]).to.deep.equal([5, 0]);
    expect(subarray.multiplicity(mask)).to.equal(expected.multiplicity);
    expect(subarray.multiplicity(mask, 'LST_L_LSTCam')).to.equal(expected.multiplicity_lst);
    // 1e-15: a different order of summation.
    expect(subarray.footprint / expected.footprint).to.be.closeTo(1, 1e-15);
  });

  it('selects telescopes in the given order and names the result', () => {
    const names = [[9, 1, 2, 3], [1, 2], [5, 3, 4, 1, 9]].map((ids) => subarray.selectSubarray(ids).name); // prettier-ignore
    expect(names).to.deep.equal(expected.selected);
    const selected = subarray.selectSubarray([9, 1], 'two');
    expect(selected.telIds).to.deep.equal([9, 1]);
    expect(selected.name).to.equal('two');
    expect([...selected.telCoords.x]).to.deep.equal([expected.positions[9][0], expected.positions[1][0]]);
    expect(selected.telescope(9)).to.equal(subarray.telescope(9));
  });

  it('gives the positions of its telescopes on Earth', () => {
    for (const [telId, { itrs }] of subarray.telEarthLocations()) {
      const [x, y, z] = expected.earth_locations[telId];
      // 1e-8 m: astropy computes longitudes in degrees up to 360, which costs a digit.
      expect(Math.hypot(itrs.x - x, itrs.y - y, itrs.z - z)).to.be.lessThan(1e-8);
    }
  });

  it('reports unknown telescopes and types', () => {
    const faults = [
      () => subarray.selectSubarray([1, 7, 8]),
      () => subarray.telescope(7),
      () => subarray.position(7),
      () => subarray.telIdsToMask([7]),
      () => subarray.getTelIds([7]),
      () => subarray.getTelIdsForType('LST_LST_LSTCam'),
    ];
    for (const fault of faults) {
      expect(fault).to.throw(CherenkitError).with.property('exitCode', ExitCode.USAGE);
    }
    expect(faults[0]).to.throw('The array alpha has no telescopes 7, 8; it has the telescopes 1-5,9.');
    expect(faults[5]).to.throw(
      'it has: LST_L_LSTCam, LST_other name_LSTCam, MST_M_FlashCam, MST_M_NectarCam, SST_A_CHEC.',
    );
  });

  it('requires a position and a description for every telescope', () => {
    const { tel, positions, referenceLocation } = subarray;
    const without = <T>(map: ReadonlyMap<number, T>): Map<number, T> =>
      new Map([...map].filter(([telId]) => telId !== 4));
    const build = (telPositions: typeof positions, telDescriptions: typeof tel) => () =>
      new SubarrayDescription({ name: 'odd', telPositions, telDescriptions, referenceLocation });
    expect(build(without(positions), tel)).to.throw(CherenkitError, 'Telescope 4 of the array odd has no position');
    expect(build(positions, without(tel))).to.throw(CherenkitError, 'Telescope 4 of the array odd has no description');
  });

  it('equals an array with the same telescopes at the same positions', () => {
    expect(subarray.equals(alpha())).to.equal(true);
    expect(subarray.equals(subarray.selectSubarray(subarray.telIds, 'beta'))).to.equal(false);
    expect(subarray.equals(subarray.selectSubarray([5, 1, 2, 3, 4], 'alpha'))).to.equal(false);
  });

  it('prints a summary', () => {
    const info = subarray.info();
    expect(info).to.include('Subarray : alpha').and.to.include('height 2156.00 m');
    expect(info)
      .to.match(/^LST_L_LSTCam\s+2 1,2$/m)
      .and.to.match(/^LST_other name_LSTCam\s+1 3$/m);
    expect(inspect(subarray)).to.include(info);
  });

  describe('for real files', function () {
    before(skipWithoutTestData);

    it('has the telescope types printed by ctapipe', () => {
      for (const name of referenceNames()) {
        const { subarray: array, cameras } = readReference(name);
        for (const expectedTelescope of Object.values(array.tels)) {
          const built = fromReference(expectedTelescope, cameras);
          expect(String(built)).to.equal(expectedTelescope.str);
          expect(built.name).to.equal(expectedTelescope.name);
        }
      }
    }).timeout(60_000); // reads all references
  });
});

function fromReference(
  { name, camera, optics }: CtapipeReference['subarray']['tels'][string],
  cameras: CtapipeReference['cameras'],
): TelescopeDescription {
  const { name: cameraName, n_pixels: nPixels } = cameras[camera];
  const guess =
    guessTelescope(nPixels, optics.equivalent_focal_length_m, optics.n_mirror_tiles) ??
    unknownTelescope(optics.mirror_area_m2, nPixels);
  // Files with metadata name optics and camera; then only the size is derived from the mirror.
  const isGuessed = optics.name === guess.name && cameraName === guess.cameraName;
  if (isGuessed) expect(optics.reflector_shape).to.equal(guess.reflectorShape);
  return telescope([
    isGuessed ? guess.name : name,
    isGuessed ? guess.type : unknownTelescope(optics.mirror_area_m2, nPixels).type,
    optics.name,
    cameraName,
    optics.equivalent_focal_length_m,
    optics.mirror_area_m2,
    nPixels,
  ]);
}

describe('guessTelescope', () => {
  for (const { n_pixels, focal_length, n_tiles, result } of reference.guesses) {
    it(`identifies ${n_pixels} pixels at ${focal_length} m with ${n_tiles ?? 'any number of'} tiles as ${String(result?.name)}`, () => {
      const guess = guessTelescope(n_pixels, focal_length, n_tiles ?? undefined);
      expect(guess && [guess.type, guess.name, guess.cameraName, guess.nMirrors, guess.reflectorShape]).to.deep.equal(
        result ? [result.type, result.name, result.camera_name, result.n_mirrors, result.reflector_shape] : undefined,
      );
    });
  }
});

describe('unknownTelescope', () => {
  it('names telescope and camera as ctapipe does', () => {
    for (const { mirror_area, n_pixels, type, name, camera_name } of reference.unknown) {
      const { type: size, name: unknown, cameraName } = unknownTelescope(mirror_area, n_pixels);
      expect([size, unknown, cameraName]).to.deep.equal([type, name, camera_name]);
    }
  });
});

describe('OpticsDescription', () => {
  const { optics } = telescope(['L', 'LST', 'L', 'LSTCam', 28, 387, 9]);

  it('returns the requested focal length, or reports the option to use if it is unknown', () => {
    expect(optics.getFocalLength('EQUIVALENT')).to.equal(28);
    expect(() => optics.getFocalLength('EFFECTIVE'))
      .to.throw(CherenkitError, '--focal-length-choice EQUIVALENT')
      .with.property('exitCode', ExitCode.USAGE);
    expect(new OpticsDescription({ ...optics, effectiveFocalLength: 29.3 }).getFocalLength('EFFECTIVE')).to.equal(29.3);
  });

  it('equals optics with the same parameters regardless of the name', () => {
    const equals = (changes: Partial<OpticsDescription>): boolean =>
      optics.equals(new OpticsDescription({ ...optics, ...changes }));
    expect(equals({ name: 'another', equivalentFocalLength: 28.00001, mirrorArea: 387.2 })).to.equal(true);
    expect(equals({ equivalentFocalLength: 28.001 })).to.equal(false);
    expect(equals({ effectiveFocalLength: 29.3 })).to.equal(false);
    expect(equals({ nMirrorTiles: 198 })).to.equal(false);
  });
});

describe('CameraDescription', () => {
  const { camera } = telescope(['L', 'LST', 'L', 'LSTCam', 28, 387, 9]);

  it('requires a geometry in the camera frame', () => {
    expect(camera.frame).to.equal(camera.geometry.frame);
    const projected = camera.geometry.toTelescopeFrame();
    // @ts-expect-error A geometry in the telescope frame, as from plain JavaScript.
    expect(() => new CameraDescription('projected', projected, camera.readout)).to.throw(RangeError, 'TelescopeFrame');
  });
});

describe('descriptions of instruments', () => {
  it('print one line each, such as the cameras of an array', () => {
    const described = telescope(['L', 'LST', 'L', 'LSTCam', 28, 387, 9]);
    const { camera, optics } = described;
    const [line] = inspect([camera]).split('\n');
    expect(line).to.equal('[ CameraDescription(name=LSTCam, geometry=LSTCam, readout=LSTCam) ]');
    const cameras = Array.from({ length: 4 }, () => camera);
    expect(inspect(cameras).trim().split('\n')).to.have.lengthOf(6);
    expect(inspect(described)).to.equal('TelescopeDescription(type=LST, opticsName=L, cameraName=LSTCam)');
    expect(inspect(optics)).to.match(/^OpticsDescription\(name=L, .*equivalentFocalLength=28.00 m, .*\)$/);
    expect(inspect(camera.readout)).to.match(/^CameraReadout\(name=LSTCam, .*nSamplesLong=none\)$/);
  });
});

describe('CameraReadout', () => {
  const { readout } = telescope(['L', 'LST', 'L', 'LSTCam', 28, 387, 9]).camera;

  it('gives the sample times of the reference pulse', () => {
    const halves = new CameraReadout({ ...readout, referencePulseSampleWidth: 0.5 });
    expect([...halves.referencePulseSampleTime()]).to.deep.equal([0, 0.5, 1]);
  });

  it('needs a reference pulse for each gain channel', () => {
    const message = /LSTCam: expected a reference pulse for each gain channel, found 1 for 2/;
    expect(() => new CameraReadout({ ...readout, nChannels: 2 })).to.throw(RangeError, message);
    expect(() => new CameraReadout({ ...readout, nChannels: 0 })).to.throw(RangeError, /found 1 for 0/);
  });

  it('equals a readout with the same parameters', () => {
    const equals = (changes: Partial<CameraReadout>): boolean =>
      readout.equals(new CameraReadout({ ...readout, ...changes }));
    expect(equals({ referencePulseShape: [Float64Array.of(1e-9, 1, 0.5)], samplingRate: 1.000001 })).to.equal(true);
    expect(equals({ referencePulseShape: [Float64Array.of(0, 1, 0.6)] })).to.equal(false);
    expect(equals({ referencePulseShape: [Float64Array.of(0, 1)] })).to.equal(false);
    expect(equals({ nSamplesLong: 80 })).to.equal(false);
    expect(equals({ samplingRate: 1.1 })).to.equal(false);
  });
});

describe('EarthLocation', () => {
  it('converts between geodetic and Earth-centred coordinates as astropy does', () => {
    for (const { geodetic, itrs, back } of reference.locations) {
      const place = EarthLocation.fromGeodetic(...geodetic);
      const returned = EarthLocation.fromItrs(...itrs);
      // 1e-8 m: astropy computes longitudes in degrees up to 360, which costs a digit.
      [place.itrs.x, place.itrs.y, place.itrs.z].forEach((value, i) => expect(value).to.be.closeTo(itrs[i], 1e-8));
      expect(returned.lat).to.be.closeTo(back[1], 1e-15);
      expect(returned.height).to.be.closeTo(back[2], 5e-9);
      // At a pole the longitude is undefined.
      if (Math.abs(degrees(geodetic[1])) < 90) expect(returned.lon).to.be.closeTo(back[0], 1e-15);
    }
  });

  it('equals a location with the same coordinates', () => {
    const place = EarthLocation.fromGeodetic(0.1, 0.2, 2000);
    expect(place.equals(EarthLocation.fromItrs(place.itrs.x, place.itrs.y, place.itrs.z))).to.equal(true);
    expect(place.equals(EarthLocation.fromGeodetic(0.1, 0.2, 2001))).to.equal(false);
    expect(String(EarthLocation.fromGeodetic(radians(-17.5), radians(28.25), 2156))).to.equal(
      'lon -17.500000 deg, lat 28.250000 deg, height 2156.00 m',
    );
  });
});

describe('telescopeIdRanges', () => {
  it('can be parsed back to the same ids', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { minLength: 1 }), (ids) => {
        const parsed = telescopeIdRanges(ids)
          .split(',')
          .flatMap((part) => {
            const [first, last = first] = part.split('-').map(Number);
            return Array.from({ length: last - first + 1 }, (_, i) => first + i);
          });
        expect(parsed).to.deep.equal([...ids].sort((a, b) => a - b));
      }),
    );
  });
});
