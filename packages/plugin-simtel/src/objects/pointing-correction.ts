import { defineObject } from './define-object.js';

/** Pointing correction of a telescope. The object id is the telescope id. */
export interface PointingCorrection {
  readonly functionType: number;
  readonly pointingParam: Float32Array;
}

/** Pointing correction without effect. */
export const NO_POINTING_CORRECTION: PointingCorrection = { functionType: 0, pointingParam: new Float32Array(0) };

/** Object 2007: pointing correction. Written by `write_hess_pointingcor` in `io_hess.c`. */
export const POINTING_CORRECTION = defineObject<PointingCorrection>({
  type: 2007,
  name: 'PointingCorrection',
  versions: [0],
  read: (reader) => ({ functionType: reader.int32(), pointingParam: reader.float32s(reader.count('int32')) }),
  writeVersion: 0,
  write(writer, { functionType, pointingParam }) {
    writer.int32s([functionType, pointingParam.length]);
    writer.float32s(pointingParam);
  },
});
