import { objectKind } from './object-kind.js';

/** Pixels of a camera that are switched off; its telescope's id is the object's. */
export interface DisabledPixels {
  /** Indices of the pixels that do not trigger. */
  readonly triggerDisabled: Int32Array;
  /** Indices of the pixels without high voltage. */
  readonly hvDisabled: Int32Array;
}

/** Object 2005: disabled pixels. Written by `write_hess_pixeldis`. */
export const DISABLED_PIXELS = objectKind<DisabledPixels>(
  2005,
  'DisabledPixels',
  [0],
  (reader) => ({
    triggerDisabled: reader.int32s(reader.count('int32')),
    hvDisabled: reader.int32s(reader.count('int32')),
  }),
  {
    version: 0,
    write(writer, { triggerDisabled, hvDisabled }) {
      for (const pixels of [triggerDisabled, hvDisabled]) {
        writer.int32(pixels.length);
        writer.int32s(pixels);
      }
    },
  },
);
