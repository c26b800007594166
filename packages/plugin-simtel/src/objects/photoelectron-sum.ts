import { defineObject } from './define-object.js';

/** Light of a simulated event per telescope, in the order of the run header. */
export interface PhotoelectronSum {
  readonly event: number;
  readonly showerNum: number;
  readonly nTel: number;
  /** Number of photoelectrons. */
  readonly nPe: Int32Array;
  /** Photons of all bunches; undefined before version 1. */
  readonly photons: Float32Array | undefined;
  /** Photons after atmospheric transmission; undefined before version 1. */
  readonly photonsAtm: Float32Array | undefined;
  /** Photons after atmospheric transmission between 300 and 600 nm; undefined before version 1. */
  readonly photonsAtm_3_6: Float32Array | undefined;
  /** Photons after atmospheric transmission, mirror reflectivity and quantum efficiency; undefined before version 1. */
  readonly photonsAtmQe: Float32Array | undefined;
  /** Photons after atmospheric transmission between 350 and 450 nm; undefined before version 2. */
  readonly photonsAtm_400: Float32Array | undefined;
}

/** Object 2026: photoelectron sums. The object id is the event id. Written by `write_hess_mc_pe_sum` in `io_hess.c`. */
export const PHOTOELECTRON_SUM = defineObject<PhotoelectronSum>({
  type: 2026,
  name: 'MCPhotoelectronSum',
  versions: [0, 1, 2],
  read(reader, object) {
    const { version, id } = object;
    const showerNum = reader.int32();
    const nTel = reader.count('int32');
    const nPe = reader.int32s(nTel);
    if (reader.int32s(nTel).some((nPixels) => nPixels !== 0)) {
      const sentence = `${object.toString()} contains values per pixel, which are not supported.`;
      throw object.context.error('SIMTEL_UNSUPPORTED', object.offset, object.type, sentence);
    }
    return {
      event: id,
      showerNum,
      nTel,
      nPe,
      photons: version >= 1 ? reader.float32s(nTel) : undefined,
      photonsAtm: version >= 1 ? reader.float32s(nTel) : undefined,
      photonsAtm_3_6: version >= 1 ? reader.float32s(nTel) : undefined,
      photonsAtmQe: version >= 1 ? reader.float32s(nTel) : undefined,
      photonsAtm_400: version >= 2 ? reader.float32s(nTel) : undefined,
    };
  },
  writeVersion: 2,
  idOf: ({ event }) => event,
  write(writer, { showerNum, nTel, nPe, photons, photonsAtm, photonsAtm_3_6, photonsAtmQe, photonsAtm_400 }) {
    writer.int32s([showerNum, nTel]);
    writer.int32s(nPe);
    writer.zeros(4 * nTel); // number of pixels with values, per telescope
    for (const values of [photons, photonsAtm, photonsAtm_3_6, photonsAtmQe, photonsAtm_400]) {
      if (values === undefined) writer.zeros(4 * nTel);
      else writer.float32s(values);
    }
  },
});
