import { objectKind } from './object-kind.js';

/** `code` of the pixels that triggered. */
export const TRIGGERED_PIXELS = 0;

const TELESCOPES = 1_000_000;

/** Pixels with something in common. */
export interface PixelList {
  readonly telescopeId: number;
  /** 0 triggered, 1 selected. */
  readonly code: number;
  /** Indices. */
  readonly pixelList: Int32Array;
}

/** Object 2027: a list of pixels; its id is telescope + 1000000 * code. Written by `write_hess_pixel_list`. */
export const PIXEL_LIST = objectKind<PixelList>(
  2027,
  'PixelList',
  [0, 1],
  (reader, { version, id }) => ({
    telescopeId: id % TELESCOPES,
    code: Math.floor(id / TELESCOPES),
    pixelList:
      version === 0 ? Int32Array.from(reader.int16s(reader.count('int16'))) : reader.varints(reader.count('varint')),
  }),
  {
    version: 1,
    idOf: ({ telescopeId, code }) => telescopeId + TELESCOPES * code,
    write(writer, { pixelList }) {
      writer.varint(pixelList.length);
      writer.varints(pixelList);
    },
  },
);
