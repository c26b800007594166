import { decompressed, openFile } from '@cherenkit/io';
import {
  ADC_SAMPLES,
  ADC_SUMS,
  ATMOSPHERIC_PROFILE,
  CAMERA_MONITORING,
  CAMERA_ORGANIZATION,
  CAMERA_SETTINGS,
  DISABLED_PIXELS,
  eventioObjects,
  HISTOGRAMS,
  HISTORY_COMMAND_LINE,
  HISTORY_CONFIG,
  HISTORY_META,
  LASER_CALIBRATION,
  MC_EVENT,
  MC_RUN_HEADER,
  MC_SHOWER,
  objectName,
  PHOTOELECTRON_SUM,
  PHOTOELECTRONS,
  PIXEL_LIST,
  PIXEL_SETTINGS,
  ReadingContext,
  readTrackingPosition,
  RUN_HEADER,
  TELESCOPE_EVENT_HEADER,
  TRIGGER_INFORMATION,
  type EventioObject,
} from '@cherenkit/plugin-simtel/eventio';
import { expect } from 'chai';

/** The number of objects of a type in a file, and the weighted sum of each field over all of them. */
export interface ObjectReference {
  readonly count: number;
  readonly versions: readonly number[];
  readonly fields: Readonly<Record<string, number>>;
}

const READERS: Readonly<Record<string, (object: EventioObject) => object>> = {
  ADCSamples: (object) => ({ samples: ADC_SAMPLES.read(object).samples }),
  ADCSums: (object) => ({ samples: ADC_SUMS.read(object).sums }),
  AtmosphericProfile: (object) => ATMOSPHERIC_PROFILE.read(object),
  CameraMonitoring: (object) => {
    const { pedestal, ...rest } = CAMERA_MONITORING.read(object);
    return { ...rest, ...pedestal };
  },
  CameraOrganization: (object) => CAMERA_ORGANIZATION.read(object),
  CameraSettings: (object) => CAMERA_SETTINGS.read(object),
  DisabledPixels: (object) => DISABLED_PIXELS.read(object),
  Histograms: (object) => {
    const histograms = HISTOGRAMS.read(object);
    return {
      id: histograms.map(({ id }) => id),
      entries: histograms.map(({ entries }) => entries),
      lower: histograms.map(({ x }) => x.lower),
      upper: histograms.map(({ x }) => x.upper),
      data: histograms.flatMap(({ data }) => [...data]),
    };
  },
  HistoryCommandLine: (object) => HISTORY_COMMAND_LINE.read(object),
  HistoryConfig: (object) => HISTORY_CONFIG.read(object),
  HistoryMeta: (object) => {
    const meta = HISTORY_META.read(object);
    return { keys: [...meta.keys()].join('').length, values: [...meta.values()].join('').length };
  },
  LaserCalibration: (object) => LASER_CALIBRATION.read(object),
  MCEvent: (object) => MC_EVENT.read(object),
  MCPhotoelectronSum: (object) => PHOTOELECTRON_SUM.read(object),
  MCRunHeader: (object) => MC_RUN_HEADER.read(object),
  MCShower: (object) => MC_SHOWER.read(object),
  PhotoElectrons: (object) => PHOTOELECTRONS.read(object),
  PixelList: (object) => PIXEL_LIST.read(object),
  PixelSettings: (object) => PIXEL_SETTINGS.read(object),
  RunHeader: (object) => RUN_HEADER.read(object),
  TelescopeEventHeader: (object) => TELESCOPE_EVENT_HEADER.read(object),
  TrackingPosition: readTrackingPosition,
  TriggerInformation: (object) => TRIGGER_INFORMATION.read(object),
};

/** Fields that eventio does not read, names differently or nests. */
const NOT_COMPARED = new Set([
  'CameraSettings.effectiveFocalLength',
  'LaserCalibration.nPixels',
  'LaserCalibration.nGains',
  'LaserCalibration.tmCalib',
  'LaserCalibration.flatFielding',
  'PhotoElectrons.arrayId',
  'PhotoElectrons.telescopeIndex',
  'PhotoElectrons.photons',
  'PixelSettings.nRefShape',
  'PixelSettings.lRefShape',
  'MCShower.profiles',
  'TriggerInformation.teltrgTimeByType',
  'TriggerInformation.planeWavefrontCompensation',
  'TelescopeEventHeader.listTrgsect',
  'TelescopeEventHeader.timeTrgsect',
  'TelescopeEventHeader.physAddr',
  'TelescopeEventHeader.readoutTime',
  'TelescopeEventHeader.relativeTriggerTime',
  'TelescopeEventHeader.startReadout',
  'TrackingPosition.azimuthCor',
  'TrackingPosition.altitudeCor',
  'RunHeader.reverseFlag',
]);

/** A sum with a weight per position, as in make_eventio_reference.py. */
function weighted(value: unknown): number {
  if (value === undefined) return 0;
  if (typeof value === 'number') return Number.isNaN(value) ? 0 : value;
  if (typeof value === 'string') return new TextEncoder().encode(value).length;
  if (typeof value === 'object' && value !== null && 'seconds' in value && 'nanoseconds' in value) {
    return Number(value.seconds) + 2 * Number(value.nanoseconds);
  }
  let sum = 0;
  const array = value as ArrayLike<number>;
  for (let i = 0; i < array.length; i++) if (!Number.isNaN(array[i])) sum += array[i] * (1 + (i % 97));
  return sum;
}

/** The sums over the objects of a file by object name. */
async function sumsOf(path: string): Promise<Record<string, ObjectReference>> {
  const sums: Record<string, { count: number; versions: number[]; fields: Record<string, number> }> = {};
  const add = (object: EventioObject) => {
    const name = objectName(object.type) ?? '';
    const read = READERS[name];
    if (read !== undefined) {
      const entry = (sums[name] ??= { count: 0, versions: [], fields: {} });
      entry.count += 1;
      if (!entry.versions.includes(object.version)) entry.versions = [...entry.versions, object.version].sort();
      for (const [key, value] of Object.entries(read(object))) {
        if (key === 'telescopeId' && object.id === 0) continue;
        if (value instanceof Map || key === 'profiles' || key === 'planeWavefrontCompensation') continue;
        entry.fields[key] = (entry.fields[key] ?? 0) + weighted(value);
      }
    } else if (object.header.onlySubobjects) {
      for (const child of object.subobjects()) add(child);
    }
  };
  const context = new ReadingContext(path, objectName);
  for await (const object of eventioObjects(decompressed(await openFile(path)), context)) add(object);
  return sums;
}

/** Compares the objects of a file with the sums of make_eventio_reference.py. */
export async function expectSums(path: string, reference: Readonly<Record<string, ObjectReference>>): Promise<void> {
  const sums = await sumsOf(path);
  expect(Object.keys(sums).sort()).to.deep.equal(Object.keys(reference).sort());
  for (const [name, { count, versions, fields }] of Object.entries(sums)) {
    const expected = reference[name];
    expect(count, name).to.equal(expected?.count);
    expect(versions, name).to.deep.equal(expected?.versions);
    for (const [key, sum] of Object.entries(fields)) {
      const value = expected?.fields[key];
      if (value === undefined && NOT_COMPARED.has(`${name}.${key}`)) continue;
      // Integers must be equal; numpy sums floats in another order, and positions nearly cancel.
      const tolerance = Number.isInteger(value) ? 0 : 1e-9 * Math.max(1, Math.abs(value ?? 0));
      expect(sum, `${name}.${key}`).to.be.closeTo(value ?? NaN, tolerance);
    }
  }
}
