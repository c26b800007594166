import { defineObject } from './define-object.js';

/** Upper limit of pixels per camera, checked before allocating memory for zero-suppressed data. */
export const MAX_PIXELS = 2 ** 16;

/** `pixelShape` in versions 0 to 3, which do not store it. */
const UNKNOWN_PIXEL_SHAPE = -1;

/** Camera geometry and optics of a telescope. The object id is the telescope id. */
export interface CameraSettings {
  readonly nPixels: number;
  /** Equivalent focal length, m. */
  readonly focalLength: number;
  /** Effective focal length, m; undefined before version 5. */
  readonly effectiveFocalLength: number | undefined;
  /** Pixel positions along x, camera frame, m. */
  readonly pixelX: Float32Array;
  /** Pixel positions along y, camera frame, m. */
  readonly pixelY: Float32Array;
  /** Pixel positions along the optical axis, m; 0 for a flat camera. */
  readonly pixelZ: Float32Array;
  /** Per pixel: 0 circle, 1 hexagon, 2 square, 3 hexagon rotated by 30 degrees, -1 unknown. */
  readonly pixelShape: Int32Array;
  /** Pixel areas, m2. */
  readonly pixelArea: Float32Array;
  /** Flat-to-flat pixel diameters, m; 0 in version 0. */
  readonly pixelSize: Float32Array;
  /** Number of mirror tiles; 0 before version 2. */
  readonly nMirrors: number;
  /** Mirror area, m2; 0 before version 2. */
  readonly mirrorArea: number;
  /** Camera rotation, rad; 0 before version 3. */
  readonly camRot: number;
}

/** Object 2002: camera settings. Written by `write_hess_camsettings` in `io_hess.c`. */
export const CAMERA_SETTINGS = defineObject<CameraSettings>({
  type: 2002,
  name: 'CameraSettings',
  versions: [0, 1, 2, 3, 4, 5, 6],
  read(reader, { version }) {
    const nPixels = reader.count('int32');
    const focalLength = reader.float32();
    const effectiveFocalLength = version >= 5 ? reader.float32() : undefined;
    if (version >= 6) reader.skip(4 * 4); // effective focal length along x and y, and its variations
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
      if (!areParallel) reader.skip(2 * 4 * nPixels); // pixel normals
      const isShapeUniform = reader.varint() !== 0;
      if (isShapeUniform) {
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
  writeVersion: 5,
  write(writer, settings) {
    const { pixelShape, pixelArea, pixelSize, pixelZ } = settings;
    writer.int32(settings.nPixels);
    writer.float32(settings.focalLength);
    writer.float32(settings.effectiveFocalLength ?? 0);
    writer.float32s(settings.pixelX);
    writer.float32s(settings.pixelY);
    const isCurved = pixelZ.some((z) => z !== 0);
    writer.varint(Number(isCurved));
    writer.varint(1); // pixel normals are parallel
    if (isCurved) writer.float32s(pixelZ);
    const isShapeUniform = [pixelShape, pixelArea, pixelSize].every(isUniform);
    writer.varint(Number(isShapeUniform));
    writer.varints(isShapeUniform ? pixelShape.subarray(0, 1) : pixelShape);
    writer.float32s(isShapeUniform ? pixelArea.subarray(0, 1) : pixelArea);
    writer.float32s(isShapeUniform ? pixelSize.subarray(0, 1) : pixelSize);
    writer.int32(settings.nMirrors);
    writer.float32(settings.mirrorArea);
    writer.float32(settings.camRot);
  },
});

function isUniform(values: Float32Array | Int32Array): boolean {
  return values.length > 0 && values.every((value) => value === values[0]);
}
