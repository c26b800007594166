import { defineObject } from './define-object.js';

/** Readout electronics of a camera. The object id is the telescope id. */
export interface CameraOrganization {
  readonly nPixels: number;
  readonly nDrawers: number;
  readonly nGains: number;
  readonly nSectors: number;
  /** Drawer number per pixel. */
  readonly drawer: Int16Array | Int32Array;
}

/**
 * Object 2003: camera organization. Written by `write_hess_camorgan` in `io_hess.c`.
 *
 * Cards, chips, channels and trigger sectors are not read.
 */
export const CAMERA_ORGANIZATION = defineObject<CameraOrganization>({
  type: 2003,
  name: 'CameraOrganization',
  versions: [1, 2],
  read(reader, { version }) {
    const nPixels = reader.count('int32');
    const nDrawers = reader.count('int32');
    const nGains = reader.count('int32');
    const nSectors = reader.count('int32');
    const drawer = version === 1 ? reader.int16s(nPixels) : reader.varints(nPixels);
    return { nPixels, nDrawers, nGains, nSectors, drawer };
  },
  writeVersion: 2,
  write(writer, { nPixels, nDrawers, nGains, nSectors, drawer }) {
    writer.int32s([nPixels, nDrawers, nGains, nSectors]);
    writer.varints(drawer);
    writer.zeros(3 * nPixels * nGains); // card, chip and channel per pixel and gain
    writer.zeros(nPixels); // number of trigger sectors per pixel
    writer.zeros(9 * nSectors); // type and two thresholds per sector
  },
});
