import { defineObject } from './define-object.js';

/** Disabled pixels of a camera. The object id is the telescope id. */
export interface DisabledPixels {
  /** Indices of pixels excluded from the trigger. */
  readonly triggerDisabled: Int32Array;
  /** Indices of pixels without high voltage. */
  readonly hvDisabled: Int32Array;
}

/** Object 2005: disabled pixels. Written by `write_hess_pixeldis` in `io_hess.c`. */
export const DISABLED_PIXELS = defineObject<DisabledPixels>({
  type: 2005,
  name: 'DisabledPixels',
  versions: [0],
  read: (reader) => ({
    triggerDisabled: reader.int32s(reader.count('int32')),
    hvDisabled: reader.int32s(reader.count('int32')),
  }),
  writeVersion: 0,
  write(writer, { triggerDisabled, hvDisabled }) {
    for (const pixels of [triggerDisabled, hvDisabled]) {
      writer.int32(pixels.length);
      writer.int32s(pixels);
    }
  },
});
