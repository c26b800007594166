import { defineObject } from './define-object.js';

/** Drive settings of a telescope. Values are (azimuth, altitude) pairs, angles in rad. The object id is the telescope id. */
export interface DriveSettings {
  readonly driveType: Int16Array;
  readonly zeropoint: Float32Array;
  readonly sign: Float32Array;
  readonly resolution: Float32Array;
  readonly rangeLow: Float32Array;
  readonly rangeHigh: Float32Array;
  readonly parkPos: Float32Array;
}

/** Settings of an altitude-azimuth mount that covers the whole sky. */
export const DEFAULT_DRIVE_SETTINGS: DriveSettings = {
  driveType: new Int16Array(2),
  zeropoint: new Float32Array(2),
  sign: Float32Array.of(1, 1),
  resolution: new Float32Array(2),
  rangeLow: new Float32Array(2),
  rangeHigh: Float32Array.of(2 * Math.PI, Math.PI / 2),
  parkPos: new Float32Array(2),
};

/** Object 2008: drive settings. Written by `write_hess_trackset` in `io_hess.c`. */
export const DRIVE_SETTINGS = defineObject<DriveSettings>({
  type: 2008,
  name: 'DriveSettings',
  versions: [0],
  read: (reader) => ({
    driveType: reader.int16s(2),
    zeropoint: reader.float32s(2),
    sign: reader.float32s(2),
    resolution: reader.float32s(2),
    rangeLow: reader.float32s(2),
    rangeHigh: reader.float32s(2),
    parkPos: reader.float32s(2),
  }),
  writeVersion: 0,
  write(writer, { driveType, zeropoint, sign, resolution, rangeLow, rangeHigh, parkPos }) {
    writer.int16s(driveType);
    for (const pair of [zeropoint, sign, resolution, rangeLow, rangeHigh, parkPos]) writer.float32s(pair);
  },
});
