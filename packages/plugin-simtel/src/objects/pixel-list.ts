import { defineObject } from './define-object.js';

/** `code` of a list of triggered pixels. */
export const TRIGGERED_PIXELS = 0;

const CODE_FACTOR = 1_000_000;

/** List of pixels of a camera. */
export interface PixelList {
  readonly telescopeId: number;
  /** 0 triggered, 1 selected. */
  readonly code: number;
  /** Pixel indices. */
  readonly pixelList: Int32Array;
}

/** Object 2027: pixel list. The object id is telescope id + 1000000 * code. Written by `write_hess_pixel_list` in `io_hess.c`. */
export const PIXEL_LIST = defineObject<PixelList>({
  type: 2027,
  name: 'PixelList',
  versions: [0, 1],
  read: (reader, { version, id }) => ({
    telescopeId: id % CODE_FACTOR,
    code: Math.floor(id / CODE_FACTOR),
    pixelList:
      version === 0 ? Int32Array.from(reader.int16s(reader.count('int16'))) : reader.varints(reader.count('varint')),
  }),
  writeVersion: 1,
  idOf: ({ telescopeId, code }) => telescopeId + CODE_FACTOR * code,
  write(writer, { pixelList }) {
    writer.varint(pixelList.length);
    writer.varints(pixelList);
  },
});
