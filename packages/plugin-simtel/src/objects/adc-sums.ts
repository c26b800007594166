import { waveformsOf, type Waveforms } from '@cherenkit/core';
import { decodeDifferentialRows } from '@cherenkit/kernels';
import type { PayloadReader } from '../eventio/payload-reader.js';
import { adcFlags, adcId } from './adc-samples.js';
import { MAX_PIXELS } from './camera-settings.js';
import { objectKind } from './object-kind.js';

const HIGH = 0;
const LOW = 1;
/** Pixels whose presence the bits of one word tell. */
const GROUP = 16;
const WITHOUT_LOW_GAIN = 0x2000;
const REDUCED_WIDTH = 0x4000;
const PIXEL = 0x1fff;

/** Sums over the samples of each pixel, as waveforms of one sample. */
export interface AdcSums {
  readonly telescopeId: number;
  readonly nPixels: number;
  readonly nChannels: number;
  /** nChannels x nPixels, ADC counts; pixels left out by zero suppression have zeros. */
  readonly sums: Uint32Array;
}

/** Object 2012: sums of a camera. Written by `write_hess_teladc_sums`. */
export const ADC_SUMS = objectKind<AdcSums>(
  2012,
  'ADCSums',
  [3],
  (reader, object) => {
    const { telescopeId, zeroSuppression, dataReduction } = adcFlags(object.id);
    const nPixels = reader.count('int32');
    const nChannels = reader.count('int16');
    const isTooMany = nPixels > MAX_PIXELS || (zeroSuppression === 0 && nPixels * nChannels > reader.remaining);
    if (isTooMany || nChannels > 2) {
      throw object.corrupt(`declares ${nChannels} x ${nPixels} sums in ${reader.remaining} bytes`);
    }
    const sums = new Uint32Array(nChannels * nPixels);
    if (dataReduction === 0 && zeroSuppression === 0) sums.set(decode(reader, nPixels, nChannels));
    else if (dataReduction === 0 && zeroSuppression === 1) readGroups(reader, nPixels, nChannels, sums);
    else if (dataReduction === 0 && zeroSuppression === 2) readListed(reader, nPixels, nChannels, sums);
    else {
      const sentence = `${object.toString()} uses zero suppression ${zeroSuppression} and data reduction ${dataReduction}.`;
      throw object.context.error('SIMTEL_UNSUPPORTED', object.offset, object.type, sentence);
    }
    return { telescopeId, nPixels, nChannels, sums };
  },
  {
    version: 3,
    idOf: ({ telescopeId }) => adcId(telescopeId),
    write(writer, { nPixels, nChannels, sums }) {
      writer.int32(nPixels);
      writer.int16(nChannels);
      writer.differentialRows(sums, nPixels);
    },
  },
);

/** The sums as waveforms of one sample each. */
export function waveformsOfSums({ sums, nChannels, nPixels }: AdcSums): Waveforms<Uint32Array> {
  return waveformsOf(sums, nChannels, nPixels, 1);
}

function decode(reader: PayloadReader, nPerRow: number, nRows: number): Uint32Array {
  const rows = new Uint32Array(nPerRow * nRows);
  const { object, position } = reader;
  const end = decodeDifferentialRows(object.payload, position, nPerRow, rows);
  if (end < 0) throw object.corrupt('holds fewer sums than declared', position);
  reader.skip(end - position);
  return rows;
}

/** Groups of 16 pixels: a word of bits, then the sums of those that are there, the low gain first. */
function readGroups(reader: PayloadReader, nPixels: number, nChannels: number, sums: Uint32Array): void {
  for (let begin = 0; begin < nPixels; begin += GROUP) {
    const bits = reader.uint16();
    const pixels: number[] = [];
    for (let i = 0; i < GROUP && begin + i < nPixels; i++) if ((bits & (1 << i)) !== 0) pixels.push(begin + i);
    if (nChannels === 2) place(decode(reader, pixels.length, 1), pixels, LOW * nPixels, sums);
    place(decode(reader, pixels.length, 1), pixels, HIGH, sums);
  }
}

/** A list of pixels, then all sums of the low gain, those of the high gain, and those of it that fit into a byte. */
function readListed(reader: PayloadReader, nPixels: number, nChannels: number, sums: Uint32Array): void {
  const list = [...reader.uint16s(reader.count('int16'))];
  const pixelsWhere = (isIn: (entry: number) => boolean) => list.filter(isIn).map((entry) => entry & PIXEL);
  if (list.some((entry) => (entry & PIXEL) >= nPixels)) throw reader.object.corrupt(`lists pixels beyond ${nPixels}`);
  const narrow = pixelsWhere((entry) => (entry & REDUCED_WIDTH) !== 0);
  const wide = pixelsWhere((entry) => (entry & REDUCED_WIDTH) === 0);
  const low = pixelsWhere((entry) => (entry & (REDUCED_WIDTH | WITHOUT_LOW_GAIN)) === 0);
  if (nChannels >= 2) place(decode(reader, low.length, 1), low, LOW * nPixels, sums);
  place(decode(reader, wide.length, 1), wide, HIGH, sums);
  place(reader.bytes(narrow.length), narrow, HIGH, sums);
}

function place(values: ArrayLike<number>, pixels: readonly number[], offset: number, sums: Uint32Array): void {
  pixels.forEach((pixel, i) => (sums[offset + pixel] = values[i]));
}
