import type { PayloadReader } from '../eventio/payload-reader.js';
import { halfToNumber, numberToHalf } from '../eventio/half-float.js';
import { objectKind } from './object-kind.js';

/** Settings of trigger and readout of a camera; its telescope's id is the object's. */
export interface PixelSettings {
  readonly setupId: number;
  readonly triggerMode: number;
  readonly minPixelMult: number;
  readonly nPixels: number;
  readonly nDrawers: number;
  /** Length of a sample, ns; from version 1 on. */
  readonly timeSlice: number | undefined;
  /** Samples per pixel; from version 1 on. */
  readonly sumBins: number | undefined;
  /** Number of reference pulses; 0 before version 2. */
  readonly nRefShape: number;
  /** Samples of a reference pulse. */
  readonly lRefShape: number;
  /** Length of a sample of the reference pulses, ns. */
  readonly refStep: number;
  /** nRefShape x lRefShape. */
  readonly refShape: Float64Array;
  /** From version 3 on. */
  readonly sumOffset: number | undefined;
}

/** Object 2004: settings of the pixels. Written by `write_hess_pixelset`. */
export const PIXEL_SETTINGS = objectKind<PixelSettings>(
  2004,
  'PixelSettings',
  [0, 1, 2, 3],
  (reader, { version }) => {
    const setupId = reader.int32();
    const triggerMode = reader.int32();
    const minPixelMult = reader.int32();
    const nPixels = reader.count('int32');
    reader.skip(4 * nPixels); // HV DAC
    const nDrawers = reader.count('int32');
    reader.skip(4 * nDrawers); // threshold DAC
    reader.skip(4 + 2 * 2 * nDrawers); // the number again, ADC start and count
    const timeSlice = version >= 1 ? reader.float32() : undefined;
    const sumBins = version >= 1 ? reader.count('int32') : undefined;
    const nRefShape = version >= 2 ? reader.count('varint') : 0;
    const lRefShape = version >= 2 ? reader.count('varint') : 0;
    const refStep = version >= 2 ? reader.float32() : NaN;
    const refShape = readHalfFloats(reader, nRefShape * lRefShape);
    const sumOffset = version >= 3 ? reader.int32() : undefined;
    return {
      setupId,
      triggerMode,
      minPixelMult,
      nPixels,
      nDrawers,
      timeSlice,
      sumBins,
      nRefShape,
      lRefShape,
      refStep,
      refShape,
      sumOffset,
    };
  },
  {
    version: 3,
    write(writer, settings) {
      const { setupId, triggerMode, minPixelMult, nPixels, nDrawers } = settings;
      writer.int32s([setupId, triggerMode, minPixelMult, nPixels]);
      writer.zeros(4 * nPixels); // HV DAC
      writer.int32(nDrawers);
      writer.zeros(4 * nDrawers); // threshold DAC
      writer.int32(nDrawers);
      writer.zeros(2 * 2 * nDrawers); // ADC start and count
      writer.float32(settings.timeSlice ?? 0);
      writer.int32(settings.sumBins ?? 0);
      writer.varint(settings.nRefShape);
      writer.varint(settings.lRefShape);
      writer.float32(settings.refStep);
      writer.uint16s(Uint16Array.from(settings.refShape, numberToHalf));
      writer.int32(settings.sumOffset ?? 0);
    },
  },
);

function readHalfFloats(reader: PayloadReader, count: number): Float64Array {
  return Float64Array.from(reader.uint16s(count), halfToNumber);
}
