import { objectKind } from './object-kind.js';

/** How the pixels of a camera are read out and grouped; its telescope's id is the object's. */
export interface CameraOrganization {
  readonly nPixels: number;
  readonly nDrawers: number;
  readonly nGains: number;
  readonly nSectors: number;
  /** Drawer of each pixel. */
  readonly drawer: Int16Array | Int32Array;
}

/**
 * Object 2003: electronics of a camera. Written by `write_hess_camorgan`.
 *
 * Cards, chips, channels and trigger sectors follow in the object; nothing here needs them.
 */
export const CAMERA_ORGANIZATION = objectKind<CameraOrganization>(
  2003,
  'CameraOrganization',
  [1, 2],
  (reader, { version }) => {
    const nPixels = reader.count('int32');
    const nDrawers = reader.count('int32');
    const nGains = reader.count('int32');
    const nSectors = reader.count('int32');
    const drawer = version === 1 ? reader.int16s(nPixels) : reader.varints(nPixels);
    return { nPixels, nDrawers, nGains, nSectors, drawer };
  },
  {
    version: 2,
    write(writer, { nPixels, nDrawers, nGains, nSectors, drawer }) {
      writer.int32s([nPixels, nDrawers, nGains, nSectors]);
      writer.varints(drawer);
      writer.zeros(3 * nPixels * nGains); // card, chip and channel of each
      writer.zeros(nPixels); // each pixel is in no trigger sector
      writer.zeros(9 * nSectors); // kind and two thresholds of each
    },
  },
);
