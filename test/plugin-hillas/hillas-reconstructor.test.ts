import {
  ArrayEvent,
  CameraHillasParametersContainer,
  DL1CameraContainer,
  EarthLocation,
  HillasParametersContainer,
  ImageParametersContainer,
  MorphologyContainer,
  StereoQualityQuery,
  SubarrayDescription,
  TelescopeMonitoringContainer,
  TelescopePointingContainer,
  type ReconstructedGeometryContainer,
  type TelescopeDescription,
} from '@cherenkit/core';
import { radians, type GroundPoint } from '@cherenkit/kernels';
import { HillasReconstructor } from '@cherenkit/plugin-hillas';
import { expect } from 'chai';

import { readCheckedIn, readReference, referenceNames, type CtapipeReference } from '../ctapipe-reference.js';
import { makeDirectly, type DirectValues } from '../direct-component.js';
import { makeTelescope } from '../make-telescope.js';

type Quantity = { value: number | null; unit: string };
type Row = Record<string, Quantity | number | null>;

interface ReferenceEvent {
  index: { event_id: number };
  trigger: { tels_with_trigger: number[] };
  pointing: { array_azimuth: Quantity; array_altitude: Quantity };
  tel: Record<
    string,
    {
      parameters?: { hillas: Row; morphology: Row; core: { psi: Quantity } };
      impact?: Record<string, { distance: Quantity }> | null;
    }
  >;
  stereo?: Record<string, Row & { is_valid: boolean; telescopes: number[] }>;
}

type Reference = CtapipeReference<ReferenceEvent>;
type Numbers = Record<
  'alt' | 'az' | 'alt_uncert' | 'core_x' | 'core_y' | 'core_tilted_x' | 'core_tilted_y' | 'h_max',
  number
>;

interface StereoReference {
  reference_location: [number, number, number];
  cameras: Record<string, { focal_length: number; x: number[]; y: number[] }>;
  telescopes: Record<string, { camera: string; position: [number, number, number] }>;
  showers: (Numbers & {
    frame: 'telescope' | 'camera';
    pointing: [number, number];
    images: Record<
      string,
      Record<'lon' | 'lat' | 'psi' | 'width' | 'length' | 'intensity' | 'n_pixels', number> & {
        pointing: [number, number];
      }
    >;
    telescopes: number[];
    average_intensity: number;
    psi: Record<string, number | null>;
    impact: Record<string, number>;
  })[];
}

const pointOf = ([x, y, z]: [number, number, number]): GroundPoint => ({ x, y, z });

/** In memory's units; NaN for null. */
function inMemory(value: Quantity | number | null): number {
  if (value === null) return NaN;
  if (typeof value === 'number') return value;
  return (value.value ?? NaN) * (value.unit === 'deg' ? radians(1) : 1);
}

/** The values of a row, named as in code; `_` and a letter become a capital. */
function named(row: Row): Record<string, number> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      inMemory(value),
    ]),
  );
}

function subarrayOf({ subarray, cameras, focal_length_choice: choice }: Reference): SubarrayDescription {
  const telDescriptions = new Map<number, TelescopeDescription>();
  const telPositions = new Map<number, GroundPoint>();
  for (const [telId, { name, camera, optics, position_m }] of Object.entries(subarray.tels)) {
    const { name: cameraName, pix_x_m: pixX, pix_y_m: pixY, pix_type: pixType } = cameras[camera];
    const { equivalent_focal_length_m: equivalent, effective_focal_length_m: effective } = optics;
    const focalLength = choice === 'EFFECTIVE' ? (effective ?? NaN) : equivalent;
    telDescriptions.set(Number(telId), makeTelescope({ name, cameraName, pixX, pixY, pixType, focalLength }));
    telPositions.set(Number(telId), pointOf(position_m));
  }
  const { lon_deg: lon, lat_deg: lat, height_m: height } = subarray.reference_location;
  const referenceLocation = EarthLocation.fromGeodetic(radians(lon), radians(lat), height);
  return new SubarrayDescription({ name: subarray.name, telPositions, telDescriptions, referenceLocation });
}

function eventOf(reference: ReferenceEvent): ArrayEvent {
  const event = new ArrayEvent();
  event.trigger.telsWithTrigger = reference.trigger.tels_with_trigger;
  const { pointing } = event.monitoring;
  pointing.arrayAltitude = inMemory(reference.pointing.array_altitude);
  pointing.arrayAzimuth = inMemory(reference.pointing.array_azimuth);
  for (const [telId, { parameters }] of Object.entries(reference.tel)) {
    if (parameters === undefined) continue;
    event.dl1.tel.set(
      Number(telId),
      new DL1CameraContainer({
        parameters: new ImageParametersContainer({
          hillas: new HillasParametersContainer(named(parameters.hillas)),
          morphology: new MorphologyContainer(named(parameters.morphology)),
        }),
      }),
    );
    // In these simulations all telescopes point where the array does.
    const { arrayAltitude: altitude, arrayAzimuth: azimuth } = pointing;
    const monitoring = new TelescopeMonitoringContainer({
      pointing: new TelescopePointingContainer({ altitude, azimuth }),
    });
    event.monitoring.tel.set(Number(telId), monitoring);
  }
  return event;
}

function reconstructor(subarray: SubarrayDescription, values: DirectValues = {}): HillasReconstructor {
  return makeDirectly(HillasReconstructor, subarray, values, [StereoQualityQuery]);
}

function geometryOf(event: ArrayEvent): ReconstructedGeometryContainer {
  const geometry = event.dl2.stereo.geometry.get('HillasReconstructor');
  if (geometry === undefined) throw new Error('no geometry');
  return geometry;
}

const ALL_IMAGES: DirectValues = { StereoQualityQuery: { qualityCriteria: [] } };

/** NaN equals NaN; else relative to the expected value. */
function expectClose(actual: number, expected: number, tolerance: number, where: string): void {
  const difference = Object.is(actual, expected) ? 0 : Math.abs(actual - expected);
  const message = `${where}: ${actual}, expected ${expected}`;
  expect(difference === 0 ? 0 : difference / Math.abs(expected), message).to.be.at.most(tolerance);
}

describe('HillasReconstructor on a toy array', () => {
  const toy = readCheckedIn('stereo.json') as StereoReference;
  const telescopes = Object.entries(toy.telescopes);
  const subarray = new SubarrayDescription({
    name: 'toy',
    telPositions: new Map(telescopes.map(([telId, { position }]) => [Number(telId), pointOf(position)])),
    telDescriptions: new Map(
      telescopes.map(([telId, { camera }]) => {
        const { focal_length: focalLength, x: pixX, y: pixY } = toy.cameras[camera];
        return [
          Number(telId),
          makeTelescope({ name: camera, cameraName: camera, pixX, pixY, pixType: 'hexagon', focalLength }),
        ];
      }),
    ),
    referenceLocation: EarthLocation.fromGeodetic(...toy.reference_location),
  });
  const hillasReconstructor = reconstructor(subarray);

  function eventWith({ frame, pointing, images }: StereoReference['showers'][number]): ArrayEvent {
    const event = new ArrayEvent();
    event.trigger.telsWithTrigger = subarray.telIds;
    [event.monitoring.pointing.arrayAltitude, event.monitoring.pointing.arrayAzimuth] = pointing;
    for (const [key, { lon, lat, psi, width, length, intensity, n_pixels: nPixels, pointing: own }] of Object.entries(
      images,
    )) {
      const telId = Number(key);
      const { focalLength: f } = subarray.telescope(telId).camera.frame;
      const hillas =
        frame === 'telescope'
          ? new HillasParametersContainer({ fovLon: lon, fovLat: lat, psi, width, length, intensity })
          : new CameraHillasParametersContainer({
              x: lat * f,
              y: lon * f,
              psi,
              width: width * f,
              length: length * f,
              intensity,
            });
      const parameters = new ImageParametersContainer({ hillas, morphology: new MorphologyContainer({ nPixels }) });
      event.dl1.tel.set(telId, new DL1CameraContainer({ parameters }));
      const [altitude, azimuth] = own;
      const monitoring = { pointing: new TelescopePointingContainer({ altitude, azimuth }) };
      event.monitoring.tel.set(telId, new TelescopeMonitoringContainer(monitoring));
    }
    return event;
  }

  toy.showers.forEach((expected, i) => {
    const { frame, telescopes: used } = expected;
    it(`finds in shower ${i} what ctapipe finds, from ${used.length} images in the ${frame} frame`, () => {
      // Lines that cross at a small angle magnify roundings, here a thousandfold.
      const tolerance = 1e-10;
      const event = eventWith(expected);
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
  before(function () {
    if (referenceNames().length === 0) {
      console.log('      CHERENKIT_TEST_DATA is not set: showers of real files are not compared');
      this.skip();
    }
  });

  it('finds the showers that ctapipe finds', () => {
    // ctapipe takes sine and cosine of the array's pointing in single precision, as simulations store it.
    const tolerance = 1e-6;
    let nValid = 0;
    for (const name of referenceNames()) {
      const reference = readReference<ReferenceEvent>(name);
      const hillasReconstructor = reconstructor(subarrayOf(reference));
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
        for (const [field, value] of Object.entries(named(numbers))) {
          expectClose(geometry[field as 'alt'], value, tolerance, `${where}, ${field}`);
        }
        for (const [telId, { parameters, impact }] of Object.entries(expected.tel)) {
          const at = `${where}, telescope ${telId}`;
          const psi = event.dl1.tel.get(Number(telId))?.parameters?.core.psi ?? NaN;
          if (parameters) expectClose(psi, inMemory(parameters.core.psi), tolerance, `${at}, psi`);
          const distance = impact?.['HillasReconstructor']?.distance;
          const ours = event.dl2.tel.get(Number(telId))?.impact.get('HillasReconstructor');
          expect(ours === undefined, at).to.equal(distance === undefined);
          if (ours && distance) expectClose(ours.distance, inMemory(distance), tolerance, `${at}, impact`);
        }
      }
    }
    expect(nValid).to.be.greaterThan(10);
  }).timeout(120_000); // reads all references

  function aShower(): { subarray: SubarrayDescription; event: ArrayEvent } {
    const reference = readReference<ReferenceEvent>('proton_north_alpha_700');
    return { subarray: subarrayOf(reference), event: eventOf(reference.events[0]) };
  }

  /** What became of an event: invalid, nothing in it, and a reason. */
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

  it('says how many images are missing', () => {
    const { subarray, event } = aShower();
    for (const { hillas } of parametersOf(event)) hillas.intensity = 10;
    reconstructor(subarray).reconstruct(event);
    expectInvalid(event, '0 of at least 2 images');
  });

  it('takes no image without a width', () => {
    for (const width of [0, NaN]) {
      const { subarray, event } = aShower();
      parametersOf(event)[1].hillas.width = width;
      reconstructor(subarray, ALL_IMAGES).reconstruct(event);
      expectInvalid(event, 'has no width');
    }
  });

  it('is not valid for parallel image axes', () => {
    const { subarray, event } = aShower();
    const [first, ...others] = parametersOf(event);
    for (const parameters of others) parameters.hillas = first.hillas;
    reconstructor(subarray, ALL_IMAGES).reconstruct(event);
    expectInvalid(event, 'parallel');
  });

  it('is not valid where a pointing is unknown', () => {
    const { subarray, event } = aShower();
    event.monitoring.tel.clear();
    reconstructor(subarray).reconstruct(event);
    expectInvalid(event, 'pointing');

    const second = aShower();
    second.event.monitoring.pointing.arrayAltitude = NaN;
    reconstructor(second.subarray).reconstruct(second.event);
    expectInvalid(second.event, 'no core');
  });

  it('counts the images that pass its criteria', () => {
    const { subarray, event } = aShower();
    const [first] = parametersOf(event);
    first.hillas.intensity = 10;
    const nImages = parametersOf(event).length;
    const hillasReconstructor = reconstructor(subarray);
    hillasReconstructor.reconstruct(event);
    const { criteria, counts, cumulativeCounts } = hillasReconstructor.statistics;
    expect(criteria).to.deep.equal(['TOTAL', '> 50 phe', 'Positive width', '> 3 pixels']);
    expect(counts.slice(0, 2)).to.deep.equal([nImages, geometryOf(event).telescopes.length]);
    expect(cumulativeCounts[3]).to.equal(geometryOf(event).telescopes.length);
  });

  it('leaves telescopes without parameters aside', () => {
    const { subarray, event } = aShower();
    const before = reconstructAgain(subarray, event);
    event.dl1.tel.set(12, new DL1CameraContainer());
    expect(reconstructAgain(subarray, event)).to.deep.equal(before);
    expect(before.isValid).to.equal(true);
  });
});

function reconstructAgain(subarray: SubarrayDescription, event: ArrayEvent): ReconstructedGeometryContainer {
  reconstructor(subarray).reconstruct(event);
  return geometryOf(event);
}
