import type { ZfitsArray } from '../container/zfits-column.js';
import { ZfitsError, type ZfitsPlace } from '../container/zfits-error.js';

/** Largest number of samples of a pixel that is accepted: the cells of a pixel of an LST, of which the longest read-outs are a small part. */
const MAX_SAMPLES = 4096;

/** Where the values of the read-out pixels belong in the camera. */
export class PixelMap {
  /**
   * @param ids - pixel of the camera for each read-out pixel
   * @param nPixels - number of pixels of the camera
   * @throws ZfitsError ZFITS_MESSAGE (65) for ids that are missing, repeated or not in the camera
   */
  constructor(
    readonly ids: Uint16Array,
    readonly nPixels: number,
    private readonly place: ZfitsPlace,
  ) {
    if (ids.length === 0)
      throw this.mistake('the configuration names no pixels, expected the ids of those that are read out');
    const isNamed = new Uint8Array(nPixels);
    for (const id of ids) {
      if (id >= nPixels) {
        throw this.mistake(`the configuration names pixel ${id}, but the camera has the pixels 0 to ${nPixels - 1}`);
      }
      if (isNamed[id]++ > 0) throw this.mistake(`the configuration names pixel ${id} twice, expected each pixel once`);
    }
  }

  /** Reads the map of a camera configuration. */
  static of(ids: ZfitsArray | undefined, nPixels: number, place: ZfitsPlace): PixelMap {
    if (ids instanceof Uint16Array) return new PixelMap(ids, nPixels, place);
    throw new ZfitsError(
      'ZFITS_MESSAGE',
      place,
      0,
      'expected the ids of the read-out pixels (uint16) in the configuration',
    );
  }

  /** Flags of the read-out pixels in the order of the camera; 0 for pixels that are not read out. */
  placeFlags(flags: Uint8Array): Uint8Array {
    const placed = new Uint8Array(this.nPixels);
    for (let i = 0; i < flags.length; i++) placed[this.ids[i]] = flags[i];
    return placed;
  }

  /** Ids of the read-out pixels that are stored. */
  stored(isStored: (readoutPixel: number) => boolean): Uint16Array {
    return this.ids.filter((_, i) => isStored(i));
  }

  /**
   * An array of a message. Of length 0, it may be missing.
   *
   * @throws ZfitsError ZFITS_MESSAGE (65) unless the array is of the type and has the length
   */
  require<A extends ZfitsArray>(
    values: ZfitsArray | undefined,
    type: { readonly name: string; new (length: number): A },
    length: number,
    name: string,
    eventId: bigint,
  ): A {
    if (values instanceof type && values.length === length) return values;
    if (values === undefined && length === 0) return new type(0);
    const found = values === undefined ? 'none' : `${values.length} of type ${values.constructor.name}`;
    throw this.mistake(`event ${eventId} has ${found} values of ${name}, expected ${length} of type ${type.name}`);
  }

  /**
   * Checks the shape of the waveforms of an event, before memory is taken for them.
   *
   * @throws ZfitsError ZFITS_MESSAGE (65) unless an event has one gain channel or both, and a number of samples that a camera reads out
   */
  requireShape(
    { nChannels, nSamples }: { readonly nChannels: number; readonly nSamples: number },
    eventId: bigint,
  ): void {
    if (nChannels !== 1 && nChannels !== 2) {
      throw this.mistake(`event ${eventId} has ${nChannels} gain channels, expected 1 or 2`);
    }
    if (nSamples < 1 || nSamples > MAX_SAMPLES) {
      throw this.mistake(`event ${eventId} has ${nSamples} samples of each pixel, expected 1 to ${MAX_SAMPLES}`);
    }
  }

  mistake(sentence: string): ZfitsError {
    return new ZfitsError('ZFITS_MESSAGE', this.place, 0, sentence);
  }
}
