import { waveformsOf } from '@cherenkit/core';
import {
  ADC_SAMPLES,
  ADC_SUMS,
  ATMOSPHERIC_PROFILE,
  CAMERA_MONITORING,
  CAMERA_ORGANIZATION,
  CAMERA_SETTINGS,
  CAMERA_SOFTWARE_SETTINGS,
  DISABLED_PIXELS,
  DRIVE_SETTINGS,
  HISTOGRAMS,
  HISTORY,
  HISTORY_META,
  LASER_CALIBRATION,
  MC_EVENT,
  MC_RUN_HEADER,
  MC_SHOWER,
  PHOTOELECTRON_SUM,
  PHOTOELECTRONS,
  PIXEL_LIST,
  PIXEL_SETTINGS,
  POINTING_CORRECTION,
  readTrackingPosition,
  RUN_HEADER,
  TELESCOPE_EVENT_HEADER,
  TRIGGER_INFORMATION,
  writeAdcSamples,
  writeTrackingPosition,
  type EventioObject,
  type EventioWriter,
  type HistogramAxis,
  type ObjectCodec,
} from '@cherenkit/plugin-simtel/eventio';
import fc from 'fast-check';

/** Object type with random values, its encoder and its decoder. */
export interface RandomObject {
  readonly name: string;
  readonly value: fc.Arbitrary<unknown>;
  /** Writes the object as a sub-object. */
  readonly write: (writer: EventioWriter, value: unknown) => void;
  readonly read: (object: EventioObject) => unknown;
}

const limit = 2 ** 20;
const real = fc.float({ min: -limit, max: limit, noNaN: true }).map((value) => value + 0);
const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const int16 = fc.integer({ min: -(2 ** 15), max: 2 ** 15 - 1 });
const size = fc.integer({ min: 1, max: 40 });
const text = fc.string({ maxLength: 60 });
const time = fc.record({ seconds: fc.nat(), nanoseconds: fc.nat(999_999_999) });
const telId = fc.integer({ min: 1, max: 999 });
const int32s = (length: number, one: fc.Arbitrary<number> = int32) =>
  fc.array(one, { minLength: length, maxLength: length }).map((values) => Int32Array.from(values));
const float32s = (length: number) =>
  fc.array(real, { minLength: length, maxLength: length }).map((values) => Float32Array.from(values));
const float64s = (length: number) => float32s(length).map((values) => Float64Array.from(values, (value) => value / 3));
/** Numbers that half precision represents exactly. */
const halves = (length: number) =>
  fc
    .array(fc.integer({ min: -2048, max: 2047 }), { minLength: length, maxLength: length })
    .map((values) => Float64Array.from(values, (value) => value / 1024));
/** Distinct pixels of a camera in ascending order. */
const pixelsOf = (nPixels: number) => fc.subarray([...Array(nPixels).keys()]).map((list) => Int32Array.from(list));

const cameraSettings = fc.record({ nPixels: size, isCommon: fc.boolean(), isCurved: fc.boolean() }).chain((camera) => {
  const { nPixels, isCommon, isCurved } = camera;
  const shape = fc.integer({ min: -1, max: 3 });
  const all = (one: fc.Arbitrary<number>) => one.map((value) => Array<number>(nPixels).fill(value));
  return fc.record({
    nPixels: fc.constant(nPixels),
    focalLength: real,
    effectiveFocalLength: real,
    pixelX: float32s(nPixels),
    pixelY: float32s(nPixels),
    pixelZ: isCurved ? float32s(nPixels) : fc.constant(new Float32Array(nPixels)),
    pixelShape: isCommon ? all(shape).map((shapes) => Int32Array.from(shapes)) : int32s(nPixels, shape),
    pixelArea: isCommon ? all(real).map((areas) => Float32Array.from(areas)) : float32s(nPixels),
    pixelSize: isCommon ? all(real).map((sizes) => Float32Array.from(sizes)) : float32s(nPixels),
    nMirrors: int32,
    mirrorArea: real,
    camRot: real,
  });
});

const histogram = fc
  .record({ nX: size, nY: fc.nat(5), type: fc.constantFrom('F', 'D'), id: int32, title: text, isEmpty: fc.boolean() })
  .chain(({ nX, nY, type, id, title, isEmpty }) => {
    const axis = (nBins: number): fc.Arbitrary<HistogramAxis> =>
      fc.record({ nBins: fc.constant(nBins), lower: real, upper: real, underflow: int32, overflow: int32 });
    const nBins = nX * Math.max(1, nY);
    const data = float32s(nBins).map((values) => Float64Array.from(values));
    return fc.record({
      id: fc.constant(id),
      title: fc.constant(title),
      type: fc.constant(type),
      entries: isEmpty ? fc.constant(0) : fc.nat(),
      x: axis(nX),
      y: nY > 0 ? axis(nY) : fc.constant(undefined),
      data: isEmpty ? fc.constant(new Float64Array(nBins)) : data,
    });
  });

const triggerInformation = fc.uniqueArray(telId, { maxLength: 8 }).chain((telIds) =>
  fc.array(fc.integer({ min: 0, max: 15 }), { minLength: telIds.length, maxLength: telIds.length }).chain((masks) =>
    fc.record({
      cpuTime: time,
      gpsTime: time,
      triggerPattern: int32,
      dataPattern: int32,
      triggeredTelescopes: fc.constant(Int16Array.from(telIds)),
      triggerTimes: float32s(telIds.length),
      telescopesWithData: fc.subarray(telIds).map((some) => Int16Array.from(some)),
      teltrgTypeMask: fc.constantFrom(0, 0x100, 0x200, 0x400).map((bits) => Uint32Array.from(masks, (m) => m | bits)),
      teltrgTimeByType: float32s(4).map((times) => {
        const byTelescope = new Map<number, Map<number, number>>();
        telIds.forEach((id, i) => {
          const bits = [0, 1, 2, 3].filter((bit) => (masks[i] & (1 << bit)) !== 0);
          if (bits.length > 1) byTelescope.set(id, new Map(bits.map((bit) => [bit, times[bit]])));
        });
        return byTelescope;
      }),
      planeWavefrontCompensation: fc.record({ az: real, alt: real, speedOfLight: real }),
    }),
  ),
);

const dimensions = fc.record({ nPixels: size, nGains: fc.constantFrom(1, 2) });

function randomObject<T>(codec: ObjectCodec<T>, value: fc.Arbitrary<T>): RandomObject {
  return { name: codec.name, value, write: (writer, one) => codec.write(writer, one as T, 5), read: codec.read };
}

/** All object types that can be written. */
export const RANDOM_OBJECTS: readonly RandomObject[] = [
  randomObject(HISTORY, fc.array(fc.record({ timestamp: int32, text }), { maxLength: 5 })),
  randomObject(
    HISTORY_META,
    fc.dictionary(text, text).map((entries) => new Map(Object.entries(entries))),
  ),
  randomObject(
    RUN_HEADER,
    size.chain((nTelescopes) =>
      fc.record({
        run: int32,
        time: int32,
        runType: int32,
        trackingMode: int32,
        reverseFlag: int32,
        direction: float32s(2),
        offsetFov: float32s(2),
        convDepth: real,
        convRefPos: float32s(2),
        nTelescopes: fc.constant(nTelescopes),
        telId: int32s(nTelescopes, int16).map((ids) => Int16Array.from(ids)),
        telPos: float32s(3 * nTelescopes),
        minTelTrig: int32,
        duration: int32,
        target: text,
        observer: text,
      }),
    ),
  ),
  randomObject(
    MC_RUN_HEADER,
    fc.record({
      showerProgId: int32,
      showerProgVers: int32,
      showerProgStart: int32,
      detectorProgId: int32,
      detectorProgVers: int32,
      detectorProgStart: int32,
      obsheight: real,
      nShowers: int32,
      nUse: int32,
      corePosMode: int32,
      coreRange: float32s(2),
      altRange: float32s(2),
      azRange: float32s(2),
      diffuse: int32,
      viewcone: float32s(2),
      eRange: float32s(2),
      spectralIndex: real,
      bTotal: real,
      bInclination: real,
      bDeclination: real,
      injectionHeight: real,
      atmosphere: int32,
      corsikaIactOptions: int32,
      corsikaLowEModel: int32,
      corsikaHighEModel: int32,
      corsikaBunchsize: real,
      corsikaWlenMin: real,
      corsikaWlenMax: real,
      corsikaLowEDetail: int32,
      corsikaHighEDetail: int32,
    }),
  ),
  randomObject(
    ATMOSPHERIC_PROFILE,
    fc.record({ nLevels: fc.nat(10), hasLayers: fc.boolean() }).chain(({ nLevels, hasLayers }) =>
      fc.record({
        id: int32,
        name: text,
        obslevel: real,
        altitudeKm: float64s(nLevels),
        rho: float64s(nLevels),
        thickness: float64s(nLevels),
        refractiveIndexMinus_1: float64s(nLevels),
        htoa: hasLayers ? fc.double({ min: 0, max: 1e8, noNaN: true }) : fc.constant(undefined),
        fiveLayerAtmosphere: hasLayers ? float64s(25) : fc.constant(undefined),
      }),
    ),
  ),
  randomObject(CAMERA_SETTINGS, cameraSettings),
  randomObject(
    CAMERA_ORGANIZATION,
    dimensions.chain(({ nPixels, nGains }) =>
      fc.record({
        nPixels: fc.constant(nPixels),
        nDrawers: fc.nat(30),
        nGains: fc.constant(nGains),
        nSectors: fc.nat(30),
        drawer: int32s(nPixels, fc.nat(1000)),
      }),
    ),
  ),
  randomObject(
    PIXEL_SETTINGS,
    fc.record({ nPixels: size, nRefShape: fc.nat(2), lRefShape: size }).chain(({ nPixels, nRefShape, lRefShape }) =>
      fc.record({
        setupId: int32,
        triggerMode: int32,
        minPixelMult: int32,
        nPixels: fc.constant(nPixels),
        nDrawers: fc.nat(30),
        timeSlice: real,
        sumBins: fc.nat(),
        nRefShape: fc.constant(nRefShape),
        lRefShape: fc.constant(lRefShape),
        refStep: real,
        refShape: halves(nRefShape * lRefShape),
        sumOffset: int32,
      }),
    ),
  ),
  randomObject(
    DISABLED_PIXELS,
    size.chain((nPixels) => fc.record({ triggerDisabled: pixelsOf(nPixels), hvDisabled: pixelsOf(nPixels) })),
  ),
  randomObject(
    CAMERA_SOFTWARE_SETTINGS,
    fc.record({
      dynTrigMode: int32,
      dynTrigThreshold: int32,
      dynHvMode: int32,
      dynHvThreshold: int32,
      dataRedMode: int32,
      zeroSupMode: int32,
      zeroSupThresholds: fc.nat(5).chain((n) => int32s(n)),
      unbiasedScale: int32,
      dynPedMode: int32,
      dynPedEvents: int32,
      dynPedPeriod: int32,
      monitorCurPeriod: int32,
      reportCurPeriod: int32,
      monitorHvPeriod: int32,
      reportHvPeriod: int32,
    }),
  ),
  randomObject(
    DRIVE_SETTINGS,
    fc.record({
      driveType: int32s(2, int16).map((types) => Int16Array.from(types)),
      zeropoint: float32s(2),
      sign: float32s(2),
      resolution: float32s(2),
      rangeLow: float32s(2),
      rangeHigh: float32s(2),
      parkPos: float32s(2),
    }),
  ),
  randomObject(
    POINTING_CORRECTION,
    fc.record({ functionType: int32, pointingParam: fc.nat(5).chain((count) => float32s(count)) }),
  ),
  randomObject(
    CAMERA_MONITORING,
    dimensions.chain(({ nPixels, nGains }) =>
      fc.record({
        telescopeId: telId,
        nPixels: fc.constant(nPixels),
        nGains: fc.constant(nGains),
        nDrawers: fc.nat(30),
        nSectors: fc.nat(30),
        pedestal: fc.option(
          fc.record({
            nPedSlices: int16,
            pedestal: float32s(nGains * nPixels),
            noise: float32s(nGains * nPixels),
          }),
          { nil: undefined },
        ),
      }),
    ),
  ),
  randomObject(
    LASER_CALIBRATION,
    dimensions.chain(({ nPixels, nGains }) =>
      fc.record({
        nPixels: fc.constant(nPixels),
        nGains: fc.constant(nGains),
        lascalId: int32,
        calib: float32s(nGains * nPixels),
        tmCalib: float32s(nGains * nPixels),
        flatFielding: float32s(nGains * nPixels),
      }),
    ),
  ),
  randomObject(
    MC_SHOWER,
    fc.record({
      shower: int32,
      primaryId: int32,
      energy: real,
      azimuth: real,
      altitude: real,
      depthStart: real,
      hFirstInt: real,
      xmax: real,
      hmax: real,
      emax: real,
      cmax: real,
      profiles: fc.array(
        fc.nat(20).chain((nSteps) =>
          fc.record({
            id: int32,
            nSteps: fc.constant(nSteps),
            start: real,
            end: real,
            content: float32s(nSteps),
          }),
        ),
        { maxLength: 3 },
      ),
    }),
  ),
  randomObject(MC_EVENT, fc.record({ eventId: int32, showerNum: int32, xcore: real, ycore: real, aweight: real })),
  randomObject(
    PHOTOELECTRON_SUM,
    size.chain((nTel) =>
      fc.record({
        event: int32,
        showerNum: int32,
        nTel: fc.constant(nTel),
        nPe: int32s(nTel),
        photons: float32s(nTel),
        photonsAtm: float32s(nTel),
        photonsAtm_3_6: float32s(nTel),
        photonsAtmQe: float32s(nTel),
        photonsAtm_400: float32s(nTel),
      }),
    ),
  ),
  randomObject(
    PHOTOELECTRONS,
    size.chain((nPixels) =>
      fc
        .record({
          arrayId: fc.nat(9),
          telescopeIndex: fc.nat(999),
          photoelectrons: int32s(nPixels, fc.nat(9)),
          photons: fc.option(int32s(nPixels, fc.nat(99)), { nil: undefined }),
        })
        .map((image) => ({ ...image, nPixels, nPe: image.photoelectrons.reduce((sum, count) => sum + count, 0) })),
    ),
  ),
  randomObject(TRIGGER_INFORMATION, triggerInformation),
  randomObject(
    TELESCOPE_EVENT_HEADER,
    fc.record({ nSectors: fc.nat(5), hasTimes: fc.boolean(), nAddresses: fc.nat(5) }).chain((counts) =>
      fc.record({
        locCount: int32,
        globCount: int32,
        cpuTime: time,
        gpsTime: time,
        trgSource: fc.nat(255),
        listTrgsect: counts.nSectors > 0 ? int32s(counts.nSectors) : fc.constant(new Int16Array(0)),
        timeTrgsect: counts.hasTimes && counts.nSectors > 0 ? float32s(counts.nSectors) : fc.constant(undefined),
        physAddr: counts.nAddresses > 0 ? int32s(counts.nAddresses) : fc.constant(new Int16Array(0)),
        readoutTime: real,
        relativeTriggerTime: real,
        startReadout: int32,
      }),
    ),
  ),
  randomObject(
    ADC_SUMS,
    fc.record({ nPixels: size, nChannels: fc.constantFrom(1, 2) }).chain(({ nPixels, nChannels }) =>
      fc.record({
        telescopeId: telId,
        nPixels: fc.constant(nPixels),
        nChannels: fc.constant(nChannels),
        sums: int32s(nPixels * nChannels, fc.nat()).map((sums) => Uint32Array.from(sums)),
      }),
    ),
  ),
  {
    name: ADC_SAMPLES.name,
    value: fc
      .record({ nPixels: size, nChannels: fc.constantFrom(1, 2), nSamples: size })
      .chain(({ nPixels, nChannels, nSamples }) =>
        fc.record({
          telescopeId: telId,
          nPixels: fc.constant(nPixels),
          nChannels: fc.constant(nChannels),
          nSamples: fc.constant(nSamples),
          samples: int32s(nPixels * nChannels * nSamples, fc.oneof(fc.nat(2 ** 16 - 1), fc.nat(99))).map((samples) =>
            Uint16Array.from(samples),
          ),
        }),
      ),
    write(writer, value) {
      const { telescopeId, nChannels, nPixels, nSamples, samples } = value as Samples;
      writeAdcSamples(writer, telescopeId, waveformsOf(samples, nChannels, nPixels, nSamples));
    },
    read(object) {
      const { telescopeId, nChannels, nPixels, nSamples, samples } = ADC_SAMPLES.read(object);
      return { telescopeId, nChannels, nPixels, nSamples, samples };
    },
  },
  randomObject(
    PIXEL_LIST,
    fc.record({ telescopeId: telId, code: fc.nat(1), pixelList: size.chain((nPixels) => pixelsOf(nPixels)) }),
  ),
  {
    name: 'TrackingPosition',
    value: fc.record({ telescopeId: telId, hasRaw: fc.boolean(), a: real, b: real, c: real, d: real }).map((one) => ({
      telescopeId: one.telescopeId,
      azimuthRaw: one.hasRaw ? one.a : NaN,
      altitudeRaw: one.hasRaw ? one.b : NaN,
      azimuthCor: one.hasRaw ? NaN : one.c,
      altitudeCor: one.hasRaw ? NaN : one.d,
    })),
    write: (writer, value) => writeTrackingPosition(writer, value as ReturnType<typeof readTrackingPosition>),
    read: readTrackingPosition,
  },
  randomObject(HISTOGRAMS, fc.array(histogram, { minLength: 1, maxLength: 3 })),
];

interface Samples {
  readonly telescopeId: number;
  readonly nChannels: number;
  readonly nPixels: number;
  readonly nSamples: number;
  readonly samples: Uint16Array;
}
