import type { PayloadReader } from '../eventio/payload-reader.js';
import { decodeHalfFloat, encodeHalfFloat } from '../eventio/half-float.js';
import { defineObject } from './define-object.js';

/** Trigger and readout settings of a camera. The object id is the telescope id. */
export interface PixelSettings {
  readonly setupId: number;
  readonly triggerMode: number;
  /** Minimum pixel multiplicity of the trigger. */
  readonly minPixelMult: number;
  readonly nPixels: number;
  readonly nDrawers: number;
  /** Sample width, ns; undefined before version 1. */
  readonly timeSlice: number | undefined;
  /** Number of samples per pixel; undefined before version 1. */
  readonly sumBins: number | undefined;
  /** Number of reference pulse shapes, one or one per gain; 0 before version 2. */
  readonly nRefShape: number;
  /** Number of samples per reference pulse; 0 before version 2. */
  readonly lRefShape: number;
  /** Sample width of the reference pulses, ns; NaN before version 2. */
  readonly refStep: number;
  /** Reference pulses, nRefShape x lRefShape. */
  readonly refShape: Float64Array;
  /** Start of the summation window, samples; undefined before version 3. */
  readonly sumOffset: number | undefined;
}

/** Limit of the number of reference pulses; there is one per gain channel. */
const MAX_PULSES = 16;

/** Object 2004: pixel settings. Written by `write_hess_pixelset` in `io_hess.c`. */
export const PIXEL_SETTINGS = defineObject<PixelSettings>({
  type: 2004,
  name: 'PixelSettings',
  versions: [0, 1, 2, 3],
  read(reader, { version }) {
    const setupId = reader.int32();
    const triggerMode = reader.int32();
    const minPixelMult = reader.int32();
    const nPixels = reader.count('int32');
    reader.skip(4 * nPixels); // HV DAC per pixel
    const nDrawers = reader.count('int32');
    reader.skip(4 * nDrawers); // threshold DAC per drawer
    reader.skip(4 + 2 * 2 * nDrawers); // number of drawers repeated, ADC start and count per drawer
    const timeSlice = version >= 1 ? reader.float32() : undefined;
    const sumBins = version >= 1 ? reader.count('int32') : undefined;
    const nRefShape = version >= 2 ? reader.count('varint') : 0;
    const lRefShape = version >= 2 ? reader.count('varint') : 0;
    if (nRefShape > MAX_PULSES) {
      throw reader.object.corrupt(
        `declares ${nRefShape} reference pulses, expected at most ${MAX_PULSES}`,
        reader.position,
      );
    }
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
  writeVersion: 3,
  write(writer, settings) {
    const { setupId, triggerMode, minPixelMult, nPixels, nDrawers } = settings;
    writer.int32s([setupId, triggerMode, minPixelMult, nPixels]);
    writer.zeros(4 * nPixels); // HV DAC per pixel
    writer.int32(nDrawers);
    writer.zeros(4 * nDrawers); // threshold DAC per drawer
    writer.int32(nDrawers);
    writer.zeros(2 * 2 * nDrawers); // ADC start and count per drawer
    writer.float32(settings.timeSlice ?? 0);
    writer.int32(settings.sumBins ?? 0);
    writer.varint(settings.nRefShape);
    writer.varint(settings.lRefShape);
    writer.float32(settings.refStep);
    writer.uint16s(Uint16Array.from(settings.refShape, encodeHalfFloat));
    writer.int32(settings.sumOffset ?? 0);
  },
});

function readHalfFloats(reader: PayloadReader, count: number): Float64Array {
  return Float64Array.from(reader.uint16s(count), decodeHalfFloat);
}
