import type { EventioObject } from '../eventio/eventio-object.js';
import { MAX_PIXELS } from './camera-settings.js';
import { defineObject } from './define-object.js';

const HAS_AMPLITUDES = 0x1;
const HAS_PHOTONS = 0x4;
/** Factor of the array number in the object id. */
export const TELESCOPES_PER_ARRAY = 1000;

/** True image: photoelectrons of a camera. */
export interface Photoelectrons {
  readonly arrayId: number;
  /** Index of the telescope in the run header. */
  readonly telescopeIndex: number;
  /** Number of photoelectrons in the camera. */
  readonly nPe: number;
  readonly nPixels: number;
  /** Photoelectrons per pixel. */
  readonly photoelectrons: Int32Array;
  /** Photons per pixel; undefined if not stored. */
  readonly photons: Int32Array | undefined;
}

/**
 * Object 1208: photoelectrons. The object id is 1000 * array + telescope index. Written by `write_photo_electrons` of the
 * IACT library (`io_simtel.c`). Times and amplitudes of photoelectrons are not read.
 */
export const PHOTOELECTRONS = defineObject<Photoelectrons>({
  type: 1208,
  name: 'PhotoElectrons',
  versions: [1, 2, 3],
  read(reader, object) {
    const { version, id } = object;
    const nPe = reader.count('int32');
    const nPixels = reader.count('int32');
    const flags = version > 1 ? reader.int16() : 0;
    const nNonEmpty = reader.count('int32');
    const hasAmplitudes = (flags & HAS_AMPLITUDES) !== 0;
    if (nPixels > MAX_PIXELS) throw object.corrupt(`declares ${nPixels} pixels, expected at most ${MAX_PIXELS}`);
    const photoelectrons = new Int32Array(nPixels);
    for (let i = 0; i < nNonEmpty; i++) {
      const pixel = checkPixel(object, version > 2 ? reader.varint() : reader.int16(), nPixels);
      const count = reader.count('int32');
      photoelectrons[pixel] = count;
      reader.skip((hasAmplitudes ? 8 : 4) * count);
    }
    let photons: Int32Array | undefined;
    if ((flags & HAS_PHOTONS) !== 0) {
      photons = new Int32Array(nPixels);
      const count = reader.count('int32');
      for (let i = 0; i < count; i++) {
        const pixel = checkPixel(object, reader.int16(), nPixels);
        photons[pixel] = reader.int32();
      }
    }
    return {
      arrayId: Math.floor(id / TELESCOPES_PER_ARRAY),
      telescopeIndex: id % TELESCOPES_PER_ARRAY,
      nPe,
      nPixels,
      photoelectrons,
      photons,
    };
  },
  writeVersion: 3,
  idOf: ({ arrayId, telescopeIndex }) => arrayId * TELESCOPES_PER_ARRAY + telescopeIndex,
  write(writer, { nPe, nPixels, photoelectrons, photons }) {
    writer.int32s([nPe, nPixels]);
    writer.int16(photons === undefined ? 0 : HAS_PHOTONS);
    writer.int32(countNonZero(photoelectrons));
    photoelectrons.forEach((count, pixel) => {
      if (count === 0) return;
      writer.varint(pixel);
      writer.int32(count);
      writer.zeros(4 * count); // arrival times
    });
    if (photons === undefined) return;
    writer.int32(countNonZero(photons));
    photons.forEach((count, pixel) => {
      if (count === 0) return;
      writer.int16(pixel);
      writer.int32(count);
    });
  },
});

/** Number of values other than 0. */
function countNonZero(values: Int32Array): number {
  return values.reduce((sum, value) => sum + Number(value !== 0), 0);
}

function checkPixel(object: EventioObject, pixel: number, nPixels: number): number {
  if (pixel < 0 || pixel >= nPixels) throw object.corrupt(`contains pixel ${pixel}, expected 0 to ${nPixels - 1}`);
  return pixel;
}
