import { objectKind } from './object-kind.js';

/** No camera has more pixels; where a count is not backed by as many bytes, it is checked against this. */
export const MAX_PIXELS = 2 ** 20;

/** `pixelShape` before version 4, which did not store it. */
const UNKNOWN_PIXEL_SHAPE = -1;

/** The camera and the optics of one telescope; its id is the object's. */
export interface CameraSettings {
  readonly nPixels: number;
  /** Equivalent focal length, m. */
  readonly focalLength: number;
  /** From version 5 on, m. */
  readonly effectiveFocalLength: number | undefined;
  /** m. */
  readonly pixelX: Float32Array;
  /** m. */
  readonly pixelY: Float32Array;
  /** Out of the focal plane, m; zeros for a plane camera. */
  readonly pixelZ: Float32Array;
  /** 0 circle, 1 hexagon, 2 square, 3 hexagon turned by 30 degrees; -1 unknown. */
  readonly pixelShape: Int32Array;
  /** m2. */
  readonly pixelArea: Float32Array;
  /** Flat to flat, m. */
  readonly pixelSize: Float32Array;
  /** Mirror tiles. */
  readonly nMirrors: number;
  /** m2. */
  readonly mirrorArea: number;
  /** Rotation of the camera, rad. */
  readonly camRot: number;
}

/** Object 2002: camera and optics of a telescope. Written by `write_hess_camsettings`. */
export const CAMERA_SETTINGS = objectKind<CameraSettings>(
  2002,
  'CameraSettings',
  [0, 1, 2, 3, 4, 5, 6],
  (reader, { version }) => {
    const nPixels = reader.count('int32');
    const focalLength = reader.float32();
    const effectiveFocalLength = version >= 5 ? reader.float32() : undefined;
    if (version >= 6) reader.skip(4 * 4); // the effective focal length in x and y and its variation
    const pixelX = reader.float32s(nPixels);
    const pixelY = reader.float32s(nPixels);
    let pixelZ: Float32Array = new Float32Array(nPixels);
    let pixelShape: Int32Array = new Int32Array(nPixels).fill(UNKNOWN_PIXEL_SHAPE);
    let pixelArea: Float32Array;
    let pixelSize: Float32Array = new Float32Array(nPixels);
    if (version >= 4) {
      const isCurved = reader.varint() !== 0;
      const areParallel = reader.varint() !== 0;
      if (isCurved) pixelZ = reader.float32s(nPixels);
      if (!areParallel) reader.skip(2 * 4 * nPixels); // the pixels' normals
      const isShapeCommon = reader.varint() !== 0;
      if (isShapeCommon) {
        pixelShape.fill(reader.varint());
        pixelArea = new Float32Array(nPixels).fill(reader.float32());
        pixelSize.fill(reader.float32());
      } else {
        pixelShape = reader.varints(nPixels);
        pixelArea = reader.float32s(nPixels);
        pixelSize = reader.float32s(nPixels);
      }
    } else {
      pixelArea = reader.float32s(nPixels);
      if (version >= 1) pixelSize = reader.float32s(nPixels);
    }
    return {
      nPixels,
      focalLength,
      effectiveFocalLength,
      pixelX,
      pixelY,
      pixelZ,
      pixelShape,
      pixelArea,
      pixelSize,
      nMirrors: version >= 2 ? reader.int32() : 0,
      mirrorArea: version >= 2 ? reader.float32() : 0,
      camRot: version >= 3 ? reader.float32() : 0,
    };
  },
  {
    version: 5,
    write(writer, settings) {
      const { pixelShape, pixelArea, pixelSize, pixelZ } = settings;
      writer.int32(settings.nPixels);
      writer.float32(settings.focalLength);
      writer.float32(settings.effectiveFocalLength ?? 0);
      writer.float32s(settings.pixelX);
      writer.float32s(settings.pixelY);
      const isCurved = pixelZ.some((z) => z !== 0);
      writer.varint(Number(isCurved));
      writer.varint(1); // the pixels' normals are parallel
      if (isCurved) writer.float32s(pixelZ);
      const isShapeCommon = [pixelShape, pixelArea, pixelSize].every(hasOneValue);
      writer.varint(Number(isShapeCommon));
      writer.varints(isShapeCommon ? pixelShape.subarray(0, 1) : pixelShape);
      writer.float32s(isShapeCommon ? pixelArea.subarray(0, 1) : pixelArea);
      writer.float32s(isShapeCommon ? pixelSize.subarray(0, 1) : pixelSize);
      writer.int32(settings.nMirrors);
      writer.float32(settings.mirrorArea);
      writer.float32(settings.camRot);
    },
  },
);

function hasOneValue(values: Float32Array | Int32Array): boolean {
  return values.length > 0 && values.every((value) => value === values[0]);
}
