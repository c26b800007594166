import { objectKind } from './object-kind.js';

/** How to correct where a telescope points; its telescope's id is the object's. */
export interface PointingCorrection {
  readonly functionType: number;
  readonly pointingParam: Float32Array;
}

/** There is nothing to correct. */
export const NO_POINTING_CORRECTION: PointingCorrection = { functionType: 0, pointingParam: new Float32Array(0) };

/** Object 2007: the pointing correction of a telescope. Written by `write_hess_pointingcor`. */
export const POINTING_CORRECTION = objectKind<PointingCorrection>(
  2007,
  'PointingCorrection',
  [0],
  (reader) => ({ functionType: reader.int32(), pointingParam: reader.float32s(reader.count('int32')) }),
  {
    version: 0,
    write(writer, { functionType, pointingParam }) {
      writer.int32s([functionType, pointingParam.length]);
      writer.float32s(pointingParam);
    },
  },
);
