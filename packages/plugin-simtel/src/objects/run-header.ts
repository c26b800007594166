import { objectKind } from './object-kind.js';

/** `trackingMode` of a run whose direction is azimuth and altitude; else it is right ascension and declination. */
export const TRACKING_ALTAZ = 0;

/** What holds for the whole run: where the telescopes stand and where they look. */
export interface RunHeader {
  readonly run: number;
  /** Start of the run, unix time, s. */
  readonly time: number;
  readonly runType: number;
  readonly trackingMode: number;
  /** Only from version 2 on. */
  readonly reverseFlag: number | undefined;
  /** Azimuth and altitude or right ascension and declination, rad. */
  readonly direction: Float32Array;
  /** rad. */
  readonly offsetFov: Float32Array;
  /** Depth at which the telescopes' axes meet, g/cm2; 0 for parallel ones. */
  readonly convDepth: number;
  /** From version 1 on, m. */
  readonly convRefPos: Float32Array | undefined;
  readonly nTelescopes: number;
  readonly telId: Int16Array;
  /** nTelescopes x 3, x to north, y to west, z up, m. */
  readonly telPos: Float32Array;
  readonly minTelTrig: number;
  /** s. */
  readonly duration: number;
  readonly target: string;
  readonly observer: string;
}

/** Object 2000: the header of the run. Written by `write_hess_runheader`. */
export const RUN_HEADER = objectKind<RunHeader>(
  2000,
  'RunHeader',
  [0, 1, 2],
  (reader, { version }) => {
    const run = reader.int32();
    const time = reader.int32();
    const runType = reader.int32();
    const trackingMode = reader.int32();
    const reverseFlag = version >= 2 ? reader.int32() : undefined;
    const direction = reader.float32s(2);
    const offsetFov = reader.float32s(2);
    const convDepth = reader.float32();
    const convRefPos = version >= 1 ? reader.float32s(2) : undefined;
    const nTelescopes = reader.count('int32');
    return {
      run,
      time,
      runType,
      trackingMode,
      reverseFlag,
      direction,
      offsetFov,
      convDepth,
      convRefPos,
      nTelescopes,
      telId: reader.int16s(nTelescopes),
      telPos: reader.float32s(nTelescopes * 3),
      minTelTrig: reader.int32(),
      duration: reader.int32(),
      target: reader.string(),
      observer: reader.string(),
    };
  },
  {
    version: 2,
    idOf: ({ run }) => run,
    write(writer, header) {
      const { run, time, runType, trackingMode, reverseFlag = 0 } = header;
      writer.int32s([run, time, runType, trackingMode, reverseFlag]);
      writer.float32s(header.direction);
      writer.float32s(header.offsetFov);
      writer.float32(header.convDepth);
      writer.float32s(header.convRefPos ?? [0, 0]);
      writer.int32(header.nTelescopes);
      writer.int16s(header.telId);
      writer.float32s(header.telPos);
      writer.int32(header.minTelTrig);
      writer.int32(header.duration);
      writer.string(header.target);
      writer.string(header.observer);
    },
  },
);
