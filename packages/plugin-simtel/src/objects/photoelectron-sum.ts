import { objectKind } from './object-kind.js';

/** Light of a simulated event in each telescope, in the order of the run header. */
export interface PhotoelectronSum {
  readonly event: number;
  readonly showerNum: number;
  readonly nTel: number;
  /** Photo-electrons. */
  readonly nPe: Int32Array;
  /** Cherenkov photons on the ground; from version 1 on. */
  readonly photons: Float32Array | undefined;
  /** Of these, after absorption in the atmosphere. */
  readonly photonsAtm: Float32Array | undefined;
  /** Of these, between 300 and 600 nm. */
  readonly photonsAtm_3_6: Float32Array | undefined;
  /** Of these, after the quantum efficiency. */
  readonly photonsAtmQe: Float32Array | undefined;
  /** From version 2 on. */
  readonly photonsAtm_400: Float32Array | undefined;
}

/** Object 2026: light per telescope; its id is the event's. Written by `write_hess_mc_pe_sum`. */
export const PHOTOELECTRON_SUM = objectKind<PhotoelectronSum>(
  2026,
  'MCPhotoelectronSum',
  [0, 1, 2],
  (reader, object) => {
    const { version, id } = object;
    const showerNum = reader.int32();
    const nTel = reader.count('int32');
    const nPe = reader.int32s(nTel);
    if (reader.int32s(nTel).some((nPixels) => nPixels !== 0)) {
      const sentence = `${object.toString()} holds values of single pixels, which no program is known to write.`;
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
  {
    version: 2,
    idOf: ({ event }) => event,
    write(writer, { showerNum, nTel, nPe, photons, photonsAtm, photonsAtm_3_6, photonsAtmQe, photonsAtm_400 }) {
      writer.int32s([showerNum, nTel]);
      writer.int32s(nPe);
      writer.zeros(4 * nTel); // values of single pixels
      for (const values of [photons, photonsAtm, photonsAtm_3_6, photonsAtmQe, photonsAtm_400]) {
        if (values === undefined) writer.zeros(4 * nTel);
        else writer.float32s(values);
      }
    },
  },
);
