import type { PayloadReader } from '../eventio/payload-reader.js';
import { objectKind } from './object-kind.js';

/** Number of particles or photons along the shower's axis. */
export interface ShowerProfile {
  readonly id: number;
  readonly nSteps: number;
  /** Depth of the first and of the last step, g/cm2. */
  readonly start: number;
  readonly end: number;
  readonly content: Float32Array;
}

/** A simulated shower; events may share it. */
export interface McShower {
  /** Its number. */
  readonly shower: number;
  /** 0 gamma, 1 electron, 101 proton, as CORSIKA's IACT part numbers them. */
  readonly primaryId: number;
  /** TeV. */
  readonly energy: number;
  /** rad. */
  readonly azimuth: number;
  /** rad. */
  readonly altitude: number;
  /** Depth where the primary started, g/cm2; from version 1 on. */
  readonly depthStart: number | undefined;
  /** Height of the first interaction above sea level, m. */
  readonly hFirstInt: number;
  /** Depth of the maximum of all particles, g/cm2. */
  readonly xmax: number;
  /** Height of that maximum, m; 0 before version 1. */
  readonly hmax: number;
  /** Depth of the maximum of electrons, g/cm2; 0 before version 1. */
  readonly emax: number;
  /** Depth of the maximum of Cherenkov emission, g/cm2; 0 before version 1. */
  readonly cmax: number;
  readonly profiles: readonly ShowerProfile[];
}

/** Object 2020: a simulated shower. Written by `write_hess_mc_shower`. Version 2 appends an object 1215, not read. */
export const MC_SHOWER = objectKind<McShower>(
  2020,
  'MCShower',
  [0, 1, 2],
  (reader, { version, id }) => ({
    shower: id,
    primaryId: reader.int32(),
    energy: reader.float32(),
    azimuth: reader.float32(),
    altitude: reader.float32(),
    depthStart: version >= 1 ? reader.float32() : undefined,
    hFirstInt: reader.float32(),
    xmax: reader.float32(),
    hmax: version >= 1 ? reader.float32() : 0,
    emax: version >= 1 ? reader.float32() : 0,
    cmax: version >= 1 ? reader.float32() : 0,
    profiles: Array.from({ length: reader.count('int16') }, () => readProfile(reader)),
  }),
  {
    version: 1,
    idOf: ({ shower }) => shower,
    write(
      writer,
      { primaryId, energy, azimuth, altitude, depthStart = 0, hFirstInt, xmax, hmax, emax, cmax, profiles },
    ) {
      writer.int32(primaryId);
      writer.float32s([energy, azimuth, altitude, depthStart, hFirstInt, xmax, hmax, emax, cmax]);
      writer.int16(profiles.length);
      for (const { id, nSteps, start, end, content } of profiles) {
        writer.int32s([id, nSteps]);
        writer.float32s([start, end]);
        writer.float32s(content);
      }
    },
  },
);

function readProfile(reader: PayloadReader): ShowerProfile {
  const id = reader.int32();
  const nSteps = reader.count('int32');
  return { id, nSteps, start: reader.float32(), end: reader.float32(), content: reader.float32s(nSteps) };
}
