import { waveformsOf, type Waveforms } from '@cherenkit/core';
import { decodeDifferentialRows } from '@cherenkit/kernels';
import type { PayloadReader } from '../eventio/payload-reader.js';
import { decodeAdcId, encodeAdcId } from './adc-samples.js';
import { MAX_PIXELS } from './camera-settings.js';
import { defineObject } from './define-object.js';

const HIGH = 0;
const LOW = 1;
/** Number of pixels per bit mask. */
const GROUP_SIZE = 16;

// Bits of an entry of the pixel list.
const PIXEL_BITS = 0x1fff;
const NO_LOW_GAIN = 0x2000;
const ONE_BYTE_SUM = 0x4000;

/** Sums over the samples of each pixel of a camera. */
export interface AdcSums {
  readonly telescopeId: number;
  readonly nPixels: number;
  readonly nChannels: number;
  /** nChannels x nPixels, ADC counts; 0 for zero-suppressed pixels. */
  readonly sums: Uint32Array;
}

/** Object 2012: ADC sums of a camera. Written by `write_hess_teladc_sums` in `io_hess.c`. */
export const ADC_SUMS = defineObject<AdcSums>({
  type: 2012,
  name: 'ADCSums',
  versions: [3],
  read(reader, object) {
    const { telescopeId, zeroSuppression, dataReduction } = decodeAdcId(object.id);
    const nPixels = reader.count('int32');
    const nChannels = reader.count('int16');
    const isTooMany = nPixels > MAX_PIXELS || (zeroSuppression === 0 && nPixels * nChannels > reader.remaining);
    if (isTooMany || nChannels > 2) {
      throw object.corrupt(`declares ${nChannels} x ${nPixels} sums, but only ${reader.remaining} bytes remain`);
    }
    const sums = new Uint32Array(nChannels * nPixels);
    if (dataReduction === 0 && zeroSuppression === 0) sums.set(decodeRows(reader, nPixels, nChannels));
    else if (dataReduction === 0 && zeroSuppression === 1) readGroups(reader, nPixels, nChannels, sums);
    else if (dataReduction === 0 && zeroSuppression === 2) readPixelList(reader, nPixels, nChannels, sums);
    else {
      const sentence = `${object.toString()} uses zero suppression ${zeroSuppression} and data reduction ${dataReduction}, which is not supported.`;
      throw object.context.error('SIMTEL_UNSUPPORTED', object.offset, object.type, sentence);
    }
    return { telescopeId, nPixels, nChannels, sums };
  },
  writeVersion: 3,
  idOf: ({ telescopeId }) => encodeAdcId(telescopeId),
  write(writer, { nPixels, nChannels, sums }) {
    writer.int32(nPixels);
    writer.int16(nChannels);
    writer.differentialRows(sums, nPixels);
  },
});

/** Presents the sums as waveforms of one sample. */
export function sumsAsWaveforms({ sums, nChannels, nPixels }: AdcSums): Waveforms<Uint32Array> {
  return waveformsOf(sums, nChannels, nPixels, 1);
}

function decodeRows(reader: PayloadReader, nPerRow: number, nRows: number): Uint32Array {
  const rows = new Uint32Array(nPerRow * nRows);
  const { object, position } = reader;
  const end = decodeDifferentialRows(object.payload, position, nPerRow, rows);
  if (end < 0) throw object.corrupt('ends within the sums', position);
  reader.skip(end - position);
  return rows;
}

/** Reads zero suppression 1: per 16 pixels a bit mask of the stored ones, then their sums, low gain first. */
function readGroups(reader: PayloadReader, nPixels: number, nChannels: number, sums: Uint32Array): void {
  for (let begin = 0; begin < nPixels; begin += GROUP_SIZE) {
    const bits = reader.uint16();
    const pixels: number[] = [];
    for (let i = 0; i < GROUP_SIZE && begin + i < nPixels; i++) if ((bits & (1 << i)) !== 0) pixels.push(begin + i);
    if (nChannels === 2) scatter(decodeRows(reader, pixels.length, 1), pixels, LOW * nPixels, sums);
    scatter(decodeRows(reader, pixels.length, 1), pixels, HIGH, sums);
  }
}

/** Reads zero suppression 2: a pixel list, then the low-gain sums, the high-gain sums, and the high-gain sums of one byte. */
function readPixelList(reader: PayloadReader, nPixels: number, nChannels: number, sums: Uint32Array): void {
  const list = [...reader.uint16s(reader.count('int16'))];
  const pixelsWhere = (isIncluded: (entry: number) => boolean) =>
    list.filter(isIncluded).map((entry) => entry & PIXEL_BITS);
  if (list.some((entry) => (entry & PIXEL_BITS) >= nPixels))
    throw reader.object.corrupt(`lists a pixel index of at least ${nPixels}, the number of pixels`);
  const narrow = pixelsWhere((entry) => (entry & ONE_BYTE_SUM) !== 0);
  const wide = pixelsWhere((entry) => (entry & ONE_BYTE_SUM) === 0);
  const low = pixelsWhere((entry) => (entry & (ONE_BYTE_SUM | NO_LOW_GAIN)) === 0);
  if (nChannels >= 2) scatter(decodeRows(reader, low.length, 1), low, LOW * nPixels, sums);
  scatter(decodeRows(reader, wide.length, 1), wide, HIGH, sums);
  scatter(reader.bytes(narrow.length), narrow, HIGH, sums);
}

function scatter(values: ArrayLike<number>, pixels: readonly number[], offset: number, sums: Uint32Array): void {
  pixels.forEach((pixel, i) => (sums[offset + pixel] = values[i]));
}
