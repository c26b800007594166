import type { Waveforms } from '@cherenkit/core';
import { calibrateHighGain, decodeDifferentialRows } from '@cherenkit/kernels';
import type { EventioObject } from '../eventio/eventio-object.js';
import type { EventioWriter } from '../eventio/eventio-writer.js';
import type { PayloadReader } from '../eventio/payload-reader.js';
import { MAX_PIXELS } from './camera-settings.js';
import { defineObject } from './define-object.js';

/**
 * Upper limit of the samples of a camera, and of all cameras of an event: the samples are kept in memory as long as the
 * event, calibrated ones with 4 bytes each. An event of a hundred cameras with two gain channels has fewer.
 */
export const MAX_SAMPLES = 3 * 2 ** 23;

/** Fields encoded in the id of an object with ADC samples or sums. */
export interface AdcObjectId {
  readonly telescopeId: number;
  /** 0 none; otherwise the format of the pixel selection. */
  readonly zeroSuppression: number;
  /** 0 none. */
  readonly dataReduction: number;
  /** Whether the pixel list was stored in an earlier object. */
  readonly usesStoredPixelList: boolean;
}

/** Decodes the id of an object with ADC samples or sums, version 2 and later. */
export function decodeAdcId(id: number): AdcObjectId {
  return {
    telescopeId: (id >> 12) & 0xffff,
    zeroSuppression: id & 0x1f,
    dataReduction: (id >> 5) & 0x1f,
    usesStoredPixelList: ((id >> 10) & 1) === 1,
  };
}

/** Encodes the id of an object with the ADC samples or sums of all pixels of a telescope. */
export function encodeAdcId(telescopeId: number): number {
  return telescopeId << 12;
}

/**
 * ADC samples of a camera, decoded on demand and per gain channel.
 *
 * The high-gain channel is stored first, and events without bright pixels need no other. Zero-suppressed pixels have
 * samples of 0.
 */
export class LazyAdcSamples implements Waveforms<Uint16Array> {
  readonly #object: EventioObject;
  /** Ranges [first, end) of stored pixels; undefined if all pixels are stored. */
  readonly #ranges: readonly (readonly [number, number])[] | undefined;
  /** Positions in the payload of the channels located so far. */
  readonly #channelPositions: number[];
  readonly #channels: Uint16Array[] = [];
  #samples: Uint16Array | undefined;

  /**
   * Samples of all channels, nChannels x nPixels x nSamples.
   *
   * @throws SimtelError SIMTEL_CORRUPT (65) if the payload has fewer samples than declared
   */
  declare readonly samples: Uint16Array;

  /** A property of each object, not of the class, so that `structuredClone` copies the samples. */
  static readonly #SAMPLES: PropertyDescriptor & ThisType<LazyAdcSamples> = {
    enumerable: true,
    get() {
      return this.#allSamples();
    },
  };

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
    this.#channelPositions = [reader.position];
    Object.defineProperty(this, 'samples', LazyAdcSamples.#SAMPLES);
  }

  #allSamples(): Uint16Array {
    if (this.#samples === undefined) {
      const size = this.nPixels * this.nSamples;
      const samples = new Uint16Array(this.nChannels * size);
      for (let i = 0; i < this.nChannels; i++) this.decodeChannel(i, samples.subarray(i * size, (i + 1) * size));
      this.#samples = samples;
    }
    return this.#samples;
  }

  /**
   * Samples of one channel, nPixels x nSamples. Decoded once.
   *
   * @throws SimtelError SIMTEL_CORRUPT (65) if the payload has fewer samples than declared
   */
  channel(index: number): Uint16Array {
    if (index < 0 || index >= this.nChannels)
      throw new RangeError(`Channel ${index} does not exist, expected 0 to ${this.nChannels - 1}.`);
    const size = this.nPixels * this.nSamples;
    if (this.#samples !== undefined) return this.#samples.subarray(index * size, (index + 1) * size);
    return (this.#channels[index] ??= this.decodeChannel(index, new Uint16Array(size)));
  }

  /**
   * Decodes one channel into `out`, nPixels x nSamples, and returns `out`.
   *
   * @throws SimtelError SIMTEL_CORRUPT (65) if the payload has fewer samples than declared
   */
  decodeChannel(index: number, out: Uint16Array): Uint16Array {
    const { payload } = this.#object;
    const nStored = this.#ranges?.reduce((sum, [first, end]) => sum + end - first, 0) ?? this.nPixels;
    const stored = out.subarray(0, nStored * this.nSamples);
    // Samples have variable length: a channel is located by decoding the preceding ones.
    for (let i = Math.min(index, this.#channelPositions.length - 1); i <= index; i++) {
      const end = decodeDifferentialRows(payload, this.#channelPositions[i], this.nSamples, stored);
      if (end < 0) throw this.#object.corrupt(`ends within the samples of channel ${i}`, this.#channelPositions[i]);
      this.#channelPositions[i + 1] = end;
    }
    if (this.#ranges !== undefined) this.#expandRanges(this.#ranges, nStored, out);
    return out;
  }

  /**
   * Decodes, selects and calibrates in one pass; see the kernel of this name.
   *
   * @returns gain channel of each pixel; undefined if this is not possible, and `waveforms` has no meaning
   */
  calibrateHighGain(
    threshold: number,
    pedestal: Float32Array,
    factor: Float32Array,
    shift: number,
    waveforms: Float32Array,
  ): Int8Array | undefined {
    if (this.#ranges !== undefined || this.nSamples === 0) return undefined;
    const { payload } = this.#object;
    const [begin] = this.#channelPositions;
    const { nSamples } = this;
    const selected = new Int8Array(this.nPixels);
    const end = calibrateHighGain(payload, begin, nSamples, threshold, pedestal, factor, shift, selected, waveforms);
    if (end < 0) return undefined;
    this.#channelPositions[1] = end;
    return selected;
  }

  /** Moves the samples of the stored pixels, which are first in `out`, to their pixels: the last first, since none moves down. */
  #expandRanges(ranges: readonly (readonly [number, number])[], nStored: number, out: Uint16Array): void {
    let [stored, next] = [nStored, this.nPixels];
    for (let i = ranges.length - 1; i >= 0; i--) {
      const [first, end] = ranges[i];
      stored -= end - first;
      out.copyWithin(first * this.nSamples, stored * this.nSamples, (stored + end - first) * this.nSamples);
      out.fill(0, end * this.nSamples, next * this.nSamples);
      next = first;
    }
    out.fill(0, 0, next * this.nSamples);
  }
}

/** Object 2013: ADC samples of a camera. Written by `write_hess_teladc_samples` in `io_hess.c`. */
export const ADC_SAMPLES = defineObject<LazyAdcSamples>({
  type: 2013,
  name: 'ADCSamples',
  versions: [3],
  read(reader, object) {
    const { telescopeId, zeroSuppression, dataReduction, usesStoredPixelList } = decodeAdcId(object.id);
    if (dataReduction !== 0 || usesStoredPixelList) {
      const sentence = `${object.toString()} uses data reduction ${dataReduction}${usesStoredPixelList ? ' with a stored pixel list' : ''}, which is not supported.`;
      throw object.context.error('SIMTEL_UNSUPPORTED', object.offset, object.type, sentence);
    }
    const nPixels = reader.count('int32');
    const nGains = reader.count('int16');
    const nSamples = reader.count('int16');
    const total = nGains * nPixels * nSamples;
    if (nPixels > MAX_PIXELS || (zeroSuppression === 0 && total > reader.remaining)) {
      throw object.corrupt(
        `declares ${nGains} x ${nPixels} x ${nSamples} samples, but only ${reader.remaining} bytes remain`,
      );
    }
    if (total > MAX_SAMPLES) {
      throw object.tooLarge(`declares ${nGains} x ${nPixels} x ${nSamples} samples, expected at most ${MAX_SAMPLES}`);
    }
    const ranges = zeroSuppression === 0 ? undefined : readRanges(reader, nPixels);
    return new LazyAdcSamples(reader, telescopeId, nPixels, nGains, nSamples, ranges);
  },
});

/** Writes an object 2013 with the samples of all pixels, within another object. */
export function writeAdcSamples(writer: EventioWriter, telescopeId: number, waveforms: Waveforms<Uint16Array>): void {
  const { nPixels, nChannels, nSamples } = waveforms;
  writer.object({ type: ADC_SAMPLES.type, version: 3, id: encodeAdcId(telescopeId) }, () => {
    writer.int32(nPixels);
    writer.int16(nChannels);
    writer.int16(nSamples);
    for (let channel = 0; channel < nChannels; channel++) writer.differentialRows(waveforms.channel(channel), nSamples);
  });
}

/** Reads the ranges [first, end) of stored pixels. A negative entry n is the single pixel -1 - n. */
function readRanges(reader: PayloadReader, nPixels: number): [number, number][] {
  const ranges: [number, number][] = [];
  const count = reader.count('varint');
  let previousEnd = 0;
  for (let i = 0; i < count; i++) {
    const entry = reader.varint();
    const first = entry < 0 ? -entry - 1 : entry;
    const end = entry < 0 ? first + 1 : reader.varint() + 1;
    if (first < previousEnd || end <= first || end > nPixels) {
      throw reader.object.corrupt(
        `lists the pixel range ${first} to ${end - 1}, expected ascending ranges below ${nPixels}`,
        reader.position,
      );
    }
    ranges.push([first, end]);
    previousEnd = end;
  }
  return ranges;
}
