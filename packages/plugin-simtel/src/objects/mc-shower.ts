import type { PayloadReader } from '../eventio/payload-reader.js';
import { defineObject } from './define-object.js';

/** Longitudinal profile of a shower: number of particles or photons as a function of depth or altitude. */
export interface ShowerProfile {
  /** 1000 * binning + particle type. Binning: 0 slant depth, 1 vertical depth, 2 altitude. */
  readonly id: number;
  readonly nSteps: number;
  /** Lower edge, g/cm2 or m. */
  readonly start: number;
  /** Upper edge, g/cm2 or m. */
  readonly end: number;
  /** Value per step. */
  readonly content: Float32Array;
}

/** Simulated shower. Several events may use the same shower. */
export interface McShower {
  /** Shower number. */
  readonly shower: number;
  /** Primary particle: 0 gamma, 1 electron, 101 proton, as in the CORSIKA IACT extension. */
  readonly primaryId: number;
  /** Energy of the primary particle, TeV. */
  readonly energy: number;
  /** Azimuth of the direction of origin, rad. */
  readonly azimuth: number;
  /** Altitude of the direction of origin, rad. */
  readonly altitude: number;
  /** Starting depth of the primary particle, g/cm2; undefined before version 1. */
  readonly depthStart: number | undefined;
  /** Height of the first interaction above sea level, m. */
  readonly hFirstInt: number;
  /** Depth of the shower maximum, all particles, g/cm2. */
  readonly xmax: number;
  /** Height of the shower maximum, all particles, m; 0 before version 1. */
  readonly hmax: number;
  /** Depth of the shower maximum, electrons and positrons, g/cm2; 0 before version 1. */
  readonly emax: number;
  /** Depth of the maximum of the Cherenkov emission, g/cm2; 0 before version 1. */
  readonly cmax: number;
  readonly profiles: readonly ShowerProfile[];
}

/**
 * Object 2020: simulated shower. The object id is the shower number. Written by `write_hess_mc_shower` in `io_hess.c`.
 *
 * The object 1215 that version 2 appends is not read.
 */
export const MC_SHOWER = defineObject<McShower>({
  type: 2020,
  name: 'MCShower',
  versions: [0, 1, 2],
  read: (reader, { version, id }) => ({
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
  writeVersion: 1,
  idOf: ({ shower }) => shower,
  write(writer, { primaryId, energy, azimuth, altitude, depthStart = 0, hFirstInt, xmax, hmax, emax, cmax, profiles }) {
    writer.int32(primaryId);
    writer.float32s([energy, azimuth, altitude, depthStart, hFirstInt, xmax, hmax, emax, cmax]);
    writer.int16(profiles.length);
    for (const { id, nSteps, start, end, content } of profiles) {
      writer.int32s([id, nSteps]);
      writer.float32s([start, end]);
      writer.float32s(content);
    }
  },
});

function readProfile(reader: PayloadReader): ShowerProfile {
  const id = reader.int32();
  const nSteps = reader.count('int32');
  return { id, nSteps, start: reader.float32(), end: reader.float32(), content: reader.float32s(nSteps) };
}
