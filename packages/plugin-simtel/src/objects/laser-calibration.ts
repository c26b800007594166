import { objectKind } from './object-kind.js';

/** Calibration of a camera by flashes of light; its telescope's id is the object's. */
export interface LaserCalibration {
  readonly nPixels: number;
  readonly nGains: number;
  readonly lascalId: number;
  /** nGains x nPixels: p.e. per ADC count, flat-fielding included. */
  readonly calib: Float32Array;
  /** nGains x nPixels, ns, to be subtracted from peak times; from version 2 on. */
  readonly tmCalib: Float32Array | undefined;
  /** nGains x nPixels; from version 3 on. */
  readonly flatFielding: Float32Array | undefined;
}

/** Object 2023: conversion of ADC counts to p.e. Written by `write_hess_laser_calib`. */
export const LASER_CALIBRATION = objectKind<LaserCalibration>(
  2023,
  'LaserCalibration',
  [0, 1, 2, 3],
  (reader, { version }) => {
    const nPixels = reader.uint16();
    const nGains = reader.count('int16');
    const lascalId = reader.int32();
    const calib = reader.float32s(nGains * nPixels);
    if (version >= 1) reader.skip(4 * 2 * nGains); // fractions of the largest amplitude and time
    return {
      nPixels,
      nGains,
      lascalId,
      calib,
      tmCalib: version >= 2 ? reader.float32s(nGains * nPixels) : undefined,
      flatFielding: version >= 3 ? reader.float32s(nGains * nPixels) : undefined,
    };
  },
  {
    version: 3,
    write(writer, { nPixels, nGains, lascalId, calib, tmCalib, flatFielding }) {
      writer.uint16(nPixels);
      writer.int16(nGains);
      writer.int32(lascalId);
      writer.float32s(calib);
      writer.zeros(4 * 2 * nGains); // fractions of the largest amplitude and time
      writer.float32s(tmCalib ?? new Float32Array(calib.length));
      writer.float32s(flatFielding ?? new Float32Array(calib.length).fill(1));
    },
  },
);
