import { defineObject } from './define-object.js';

/** Laser (flat-field) calibration of a camera. The object id is the telescope id. */
export interface LaserCalibration {
  readonly nPixels: number;
  readonly nGains: number;
  readonly lascalId: number;
  /** Calibration coefficients including flat-fielding, p.e. per ADC count, nGains x nPixels. */
  readonly calib: Float32Array;
  /** Time offsets to subtract from peak times, ns, nGains x nPixels; undefined before version 2. */
  readonly tmCalib: Float32Array | undefined;
  /** Flat-field coefficients, nGains x nPixels; undefined before version 3. */
  readonly flatFielding: Float32Array | undefined;
}

/** Object 2023: laser calibration. Written by `write_hess_laser_calib` in `io_hess.c`. */
export const LASER_CALIBRATION = defineObject<LaserCalibration>({
  type: 2023,
  name: 'LaserCalibration',
  versions: [0, 1, 2, 3],
  read(reader, { version }) {
    const nPixels = reader.uint16();
    const nGains = reader.count('int16');
    const lascalId = reader.int32();
    const calib = reader.float32s(nGains * nPixels);
    if (version >= 1) reader.skip(4 * 2 * nGains); // max_int_frac and max_pixtm_frac per gain
    return {
      nPixels,
      nGains,
      lascalId,
      calib,
      tmCalib: version >= 2 ? reader.float32s(nGains * nPixels) : undefined,
      flatFielding: version >= 3 ? reader.float32s(nGains * nPixels) : undefined,
    };
  },
  writeVersion: 3,
  write(writer, { nPixels, nGains, lascalId, calib, tmCalib, flatFielding }) {
    writer.uint16(nPixels);
    writer.int16(nGains);
    writer.int32(lascalId);
    writer.float32s(calib);
    writer.zeros(4 * 2 * nGains); // max_int_frac and max_pixtm_frac per gain
    writer.float32s(tmCalib ?? new Float32Array(calib.length));
    writer.float32s(flatFielding ?? new Float32Array(calib.length).fill(1));
  },
});
