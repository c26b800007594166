import type { EventioObject } from '../eventio/eventio-object.js';
import { MAX_PIXELS } from './camera-settings.js';
import { objectKind } from './object-kind.js';

const HAS_AMPLITUDES = 0x1;
const HAS_PHOTONS = 0x4;
const TELESCOPES = 1000;

/** Photo-electrons of the shower in one camera. */
export interface Photoelectrons {
  readonly arrayId: number;
  /** Place of the telescope in the run header, from 0 on. */
  readonly telescopeIndex: number;
  readonly nPe: number;
  readonly nPixels: number;
  /** Per pixel. */
  readonly photoelectrons: Int32Array;
  /** Photons per pixel; undefined where they are not stored. */
  readonly photons: Int32Array | undefined;
}

/**
 * Object 1208: photo-electrons of a telescope; its id is 1000 * array + index of the telescope. Written by
 * `write_tel_photons` of the IACT library. Their times and amplitudes are passed over.
 */
export const PHOTOELECTRONS = objectKind<Photoelectrons>(
  1208,
  'PhotoElectrons',
  [1, 2, 3],
  (reader, object) => {
    const { version, id } = object;
    const nPe = reader.count('int32');
    const nPixels = reader.count('int32');
    const flags = version > 1 ? reader.int16() : 0;
    const nonEmpty = reader.count('int32');
    const hasAmplitudes = (flags & HAS_AMPLITUDES) !== 0;
    if (nPixels > MAX_PIXELS) throw object.corrupt(`declares ${nPixels} pixels, more than ${MAX_PIXELS}`);
    const photoelectrons = new Int32Array(nPixels);
    for (let i = 0; i < nonEmpty; i++) {
      const pixel = checkedPixel(object, version > 2 ? reader.varint() : reader.int16(), nPixels);
      const count = reader.count('int32');
      photoelectrons[pixel] = count;
      reader.skip((hasAmplitudes ? 8 : 4) * count);
    }
    let photons: Int32Array | undefined;
    if ((flags & HAS_PHOTONS) !== 0) {
      photons = new Int32Array(nPixels);
      const count = reader.count('int32');
      for (let i = 0; i < count; i++) {
        const pixel = checkedPixel(object, reader.int16(), nPixels);
        photons[pixel] = reader.int32();
      }
    }
    return {
      arrayId: Math.floor(id / TELESCOPES),
      telescopeIndex: id % TELESCOPES,
      nPe,
      nPixels,
      photoelectrons,
      photons,
    };
  },
  {
    version: 3,
    idOf: ({ arrayId, telescopeIndex }) => arrayId * TELESCOPES + telescopeIndex,
    write(writer, { nPe, nPixels, photoelectrons, photons }) {
      writer.int32s([nPe, nPixels]);
      writer.int16(photons === undefined ? 0 : HAS_PHOTONS);
      writer.int32(countOf(photoelectrons));
      photoelectrons.forEach((count, pixel) => {
        if (count === 0) return;
        writer.varint(pixel);
        writer.int32(count);
        writer.zeros(4 * count); // when they came
      });
      if (photons === undefined) return;
      writer.int32(countOf(photons));
      photons.forEach((count, pixel) => {
        if (count === 0) return;
        writer.int16(pixel);
        writer.int32(count);
      });
    },
  },
);

/** How many pixels have some. */
function countOf(values: Int32Array): number {
  return values.reduce((sum, value) => sum + Number(value !== 0), 0);
}

function checkedPixel(object: EventioObject, pixel: number, nPixels: number): number {
  if (pixel < 0 || pixel >= nPixels) throw object.corrupt(`names pixel ${pixel} of ${nPixels}`);
  return pixel;
}
