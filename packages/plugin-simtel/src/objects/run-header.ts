import { defineObject } from './define-object.js';

/** `trackingMode` of runs whose `direction` is (azimuth, altitude). */
export const TRACKING_ALTAZ = 0;

/** Run header: telescope positions and pointing. */
export interface RunHeader {
  readonly run: number;
  /** Start of the run, Unix time, s. */
  readonly time: number;
  /** -1 for simulations. */
  readonly runType: number;
  /** 0 if `direction` is (azimuth, altitude), 1 if (right ascension, declination). */
  readonly trackingMode: number;
  /** Undefined before version 2. */
  readonly reverseFlag: number | undefined;
  /** Pointing direction, see `trackingMode`, rad. */
  readonly direction: Float32Array;
  /** Offset of the pointing direction in the field of view, rad. */
  readonly offsetFov: Float32Array;
  /** Atmospheric depth of the convergence point of the telescope axes, g/cm2; 0 for parallel pointing. */
  readonly convDepth: number;
  /** Reference position of convergent pointing, m; undefined before version 1. */
  readonly convRefPos: Float32Array | undefined;
  readonly nTelescopes: number;
  /** Telescope ids. */
  readonly telId: Int16Array;
  /** Telescope positions, nTelescopes x 3: x towards north, y towards west, z up, m. */
  readonly telPos: Float32Array;
  /** Minimum number of triggered telescopes. */
  readonly minTelTrig: number;
  /** Nominal duration of the run, s. */
  readonly duration: number;
  readonly target: string;
  readonly observer: string;
}

/** Limit of the number of telescopes: of larger ids there are no objects with events. */
const MAX_TELESCOPES = 10_000;

/** Object 2000: run header. The object id is the run number. Written by `write_hess_runheader` in `io_hess.c`. */
export const RUN_HEADER = defineObject<RunHeader>({
  type: 2000,
  name: 'RunHeader',
  versions: [0, 1, 2],
  read(reader, { version }) {
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
    if (nTelescopes > MAX_TELESCOPES) {
      throw reader.object.corrupt(
        `declares ${nTelescopes} telescopes, expected at most ${MAX_TELESCOPES}`,
        reader.position,
      );
    }
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
  writeVersion: 2,
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
});
