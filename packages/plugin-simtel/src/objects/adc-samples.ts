import type { Waveforms } from '@cherenkit/core';
import { decodeDifferentialRows } from '@cherenkit/kernels';
import type { EventioObject } from '../eventio/eventio-object.js';
import type { EventioWriter } from '../eventio/eventio-writer.js';
import type { PayloadReader } from '../eventio/payload-reader.js';
import { MAX_PIXELS } from './camera-settings.js';
import { objectKind } from './object-kind.js';

/** No readout has more: where a count is not backed by as many bytes, it is checked against this. */
const MAX_SAMPLES = 2 ** 27;

/** The flags in the ids of objects with samples or sums. */
export interface AdcFlags {
  readonly telescopeId: number;
  readonly zeroSuppression: number;
  readonly dataReduction: number;
  readonly isListKnown: boolean;
}

/** The flags from version 2 on. */
export function adcFlags(id: number): AdcFlags {
  return {
    telescopeId: (id >> 12) & 0xffff,
    zeroSuppression: id & 0x1f,
    dataReduction: (id >> 5) & 0x1f,
    isListKnown: ((id >> 10) & 1) === 1,
  };
}

/** The id of an object with all samples or sums of a telescope. */
export function adcId(telescopeId: number): number {
  return telescopeId << 12;
}

/**
 * Samples of a camera, decoded channel by channel when they are asked for.
 *
 * The high gain comes first and is often all that is needed. Pixels left out by zero suppression have zeros.
 */
export class StoredSamples implements Waveforms<Uint16Array> {
  readonly #object: EventioObject;
  /** First and behind the last pixel of each range that is stored; undefined where all are. */
  readonly #ranges: readonly (readonly [number, number])[] | undefined;
  /** Where each channel begins in the content, as far as it is known. */
  readonly #begins: number[];
  readonly #channels: Uint16Array[] = [];
  #samples: Uint16Array | undefined;

  constructor(
    reader: PayloadReader,
    readonly telescopeId: number,
    readonly nPixels: number,
    readonly nChannels: number,
    readonly nSamples: number,
    ranges: readonly (readonly [number, number])[] | undefined,
  ) {
    this.#object = reader.object;
    this.#ranges = ranges;
    this.#begins = [reader.position];
  }

  /** @throws SimtelError SIMTEL_CORRUPT when the samples are not there */
  get samples(): Uint16Array {
    if (this.#samples === undefined) {
      const size = this.nPixels * this.nSamples;
      const samples = new Uint16Array(this.nChannels * size);
      for (let i = 0; i < this.nChannels; i++) this.decodeChannel(i, samples.subarray(i * size, (i + 1) * size));
      this.#samples = samples;
    }
    return this.#samples;
  }

  /** @throws SimtelError SIMTEL_CORRUPT when the samples are not there */
  channel(index: number): Uint16Array {
    if (index < 0 || index >= this.nChannels) throw new RangeError(`Channel ${index} of ${this.nChannels}.`);
    const size = this.nPixels * this.nSamples;
    if (this.#samples !== undefined) return this.#samples.subarray(index * size, (index + 1) * size);
    return (this.#channels[index] ??= this.decodeChannel(index, new Uint16Array(size)));
  }

  /**
   * Decodes a channel into an array of the caller and returns that.
   *
   * @throws SimtelError SIMTEL_CORRUPT when the samples are not there
   */
  decodeChannel(index: number, out: Uint16Array): Uint16Array {
    const { payload } = this.#object;
    const nStored = this.#ranges?.reduce((sum, [first, end]) => sum + end - first, 0) ?? this.nPixels;
    const stored = this.#ranges === undefined ? out : new Uint16Array(nStored * this.nSamples);
    // Where a channel begins is known when the one before has been decoded.
    for (let i = Math.min(index, this.#begins.length - 1); i <= index; i++) {
      const end = decodeDifferentialRows(payload, this.#begins[i], this.nSamples, stored);
      if (end < 0) throw this.#object.corrupt(`holds fewer samples than declared in channel ${i}`, this.#begins[i]);
      this.#begins[i + 1] = end;
    }
    if (this.#ranges !== undefined) this.#spread(stored, this.#ranges, out);
    return out;
  }

  #spread(stored: Uint16Array, ranges: readonly (readonly [number, number])[], out: Uint16Array): void {
    out.fill(0);
    let at = 0;
    for (const [first, end] of ranges) {
      const size = (end - first) * this.nSamples;
      out.set(stored.subarray(at, at + size), first * this.nSamples);
      at += size;
    }
  }
}

/** Object 2013: samples of a camera. Written by `write_hess_teladc_samples`. */
export const ADC_SAMPLES = objectKind<StoredSamples>(2013, 'ADCSamples', [3], (reader, object) => {
  const { telescopeId, zeroSuppression, dataReduction, isListKnown } = adcFlags(object.id);
  if (dataReduction !== 0 || isListKnown) {
    const sentence = `${object.toString()} uses data reduction ${dataReduction} with a pixel list known before.`;
    throw object.context.error('SIMTEL_UNSUPPORTED', object.offset, object.type, sentence);
  }
  const nPixels = reader.count('int32');
  const nGains = reader.count('int16');
  const nSamples = reader.count('int16');
  const total = nGains * nPixels * nSamples;
  if (nPixels > MAX_PIXELS || total > MAX_SAMPLES || (zeroSuppression === 0 && total > reader.remaining)) {
    throw object.corrupt(`declares ${nGains} x ${nPixels} x ${nSamples} samples in ${reader.remaining} bytes`);
  }
  const ranges = zeroSuppression === 0 ? undefined : readRanges(reader, nPixels);
  return new StoredSamples(reader, telescopeId, nPixels, nGains, nSamples, ranges);
});

/** Writes such an object, within another one, with the samples of all pixels. */
export function writeAdcSamples(writer: EventioWriter, telescopeId: number, waveforms: Waveforms<Uint16Array>): void {
  const { nPixels, nChannels, nSamples } = waveforms;
  writer.object({ type: ADC_SAMPLES.type, version: 3, id: adcId(telescopeId) }, () => {
    writer.int32(nPixels);
    writer.int16(nChannels);
    writer.int16(nSamples);
    for (let channel = 0; channel < nChannels; channel++) writer.differentialRows(waveforms.channel(channel), nSamples);
  });
}

/** A negative number is a range of one pixel, -1 - number. */
function readRanges(reader: PayloadReader, nPixels: number): [number, number][] {
  const ranges: [number, number][] = [];
  const count = reader.count('varint');
  let previousEnd = 0;
  for (let i = 0; i < count; i++) {
    const number = reader.varint();
    const first = number < 0 ? -number - 1 : number;
    const end = number < 0 ? first + 1 : reader.varint() + 1;
    if (first < previousEnd || end < first || end > nPixels) {
      throw reader.object.corrupt(`lists the pixels ${first} to ${end - 1} of ${nPixels}`, reader.position);
    }
    ranges.push([first, end]);
    previousEnd = end;
  }
  return ranges;
}
