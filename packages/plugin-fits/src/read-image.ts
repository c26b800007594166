import type { ByteSource } from '@cherenkit/io';
import { unsupportedFits } from './fits-error.js';
import type { FitsHdu } from './fits-hdu.js';

/** Values of an image. */
export type ImageValues = Uint8Array | Int16Array | Int32Array | Float32Array | Float64Array;

/** An image: an array of any number of axes. */
export interface FitsImage {
  /** Lengths of the axes, the fastest one last. */
  readonly shape: readonly number[];
  readonly values: ImageValues;
}

/** Limit of the number of values. */
const MAX_VALUES = 2 ** 28;

/** Size of reads, bytes. An image of a camera can have tens of megabytes, which are in memory once. */
const PART = 2 ** 18;

/** Type of the values by BITPIX. */
const TYPES: Readonly<Record<number, (new (buffer: ArrayBuffer) => ImageValues) | undefined>> = {
  8: Uint8Array,
  16: Int16Array,
  32: Int32Array,
  [-32]: Float32Array,
  [-64]: Float64Array,
};

/** Reads an image. Its size was compared with that of the file when it was opened. */
export async function readImage(source: ByteSource, hdu: FitsHdu): Promise<FitsImage> {
  const { header, dataOffset, dataBytes } = hdu;
  const bits = header.number('BITPIX') ?? 0;
  const type = TYPES[bits];
  const size = Math.abs(bits) / 8;
  const nValues = dataBytes / size;
  if (type === undefined || nValues > MAX_VALUES) {
    const found =
      type === undefined ? `BITPIX is ${bits}` : `the image has ${nValues} values, at most ${MAX_VALUES} can be read`;
    throw unsupportedFits(hdu.placeIn(source.name), hdu.headerOffset, found);
  }
  const bytes = new Uint8Array(dataBytes);
  for (let at = 0; at < dataBytes; at += PART) {
    bytes.set(await source.read(dataOffset + at, Math.min(PART, dataBytes - at)), at);
  }
  swapBytes(bytes, size);
  const stored = new type(bytes.buffer);
  const nAxes = header.number('NAXIS') ?? 0;
  const shape = Array.from({ length: nAxes }, (_, i) => header.number(`NAXIS${nAxes - i}`) ?? 0);
  const [zero, scale] = [header.number('BZERO') ?? 0, header.number('BSCALE') ?? 1];
  if (zero === 0 && scale === 1) return { shape, values: stored };
  return { shape, values: Float64Array.from(stored as ArrayLike<number>, (value) => zero + scale * value) };
}

/** Converts values from big-endian to little-endian byte order, in place. */
function swapBytes(bytes: Uint8Array, size: number): void {
  for (let at = 0; at < bytes.length; at += size) {
    for (let low = at, high = at + size - 1; low < high; low++, high--) {
      const byte = bytes[low];
      bytes[low] = bytes[high];
      bytes[high] = byte;
    }
  }
}
