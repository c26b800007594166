import { defineObject } from './define-object.js';

const N_LAYERS = 5;
const N_LAYER_PARAMETERS = 5;

/** Limit of the height of the top of the atmosphere, cm; CORSIKA's is 112.8 km. */
const MAX_HEIGHT = 1e8;

/** Atmospheric profile used by the shower simulation. */
export interface AtmosphericProfile {
  readonly id: number;
  readonly name: string;
  /** Height of the observation level, cm. */
  readonly obslevel: number;
  /** Altitudes of the table, km. */
  readonly altitudeKm: Float64Array;
  /** Density, g/cm3. */
  readonly rho: Float64Array;
  /** Vertical thickness of the atmosphere above, g/cm2. */
  readonly thickness: Float64Array;
  /** Refractive index minus 1. */
  readonly refractiveIndexMinus_1: Float64Array;
  /** Height of the top of the atmosphere, cm; undefined without layers. */
  readonly htoa: number | undefined;
  /** Parameters of CORSIKA's five layers, 5 x 5: lower height (cm), a, b (g/cm2), c (cm), 1/c; undefined if not stored. */
  readonly fiveLayerAtmosphere: Float64Array | undefined;
}

/** Object 1216: atmospheric profile. Written by `write_atmprof` of the IACT library (`io_simtel.c`). */
export const ATMOSPHERIC_PROFILE = defineObject<AtmosphericProfile>({
  type: 1216,
  name: 'AtmosphericProfile',
  versions: [0, 1],
  read(reader, { id }) {
    const name = reader.varString();
    const obslevel = reader.float64();
    const nLevels = reader.count('unsignedVarint');
    const table = reader.float64s(nLevels * 4);
    const column = (index: number) => table.filter((_, i) => i % 4 === index);
    const hasLayers = reader.count('unsignedVarint') === N_LAYERS;
    const htoa = hasLayers ? reader.float64() : undefined;
    if (htoa !== undefined && !(htoa >= 0 && htoa <= MAX_HEIGHT)) {
      throw reader.object.corrupt(`has its top at ${htoa} cm, expected 0 to ${MAX_HEIGHT}`, reader.position);
    }
    return {
      id,
      name,
      obslevel,
      altitudeKm: column(0),
      rho: column(1),
      thickness: column(2),
      refractiveIndexMinus_1: column(3),
      htoa,
      fiveLayerAtmosphere: hasLayers ? reader.float64s(N_LAYERS * N_LAYER_PARAMETERS) : undefined,
    };
  },
  writeVersion: 1,
  idOf: ({ id }) => id,
  write(writer, profile) {
    const { altitudeKm, rho, thickness, refractiveIndexMinus_1, htoa, fiveLayerAtmosphere } = profile;
    writer.varString(profile.name);
    writer.float64(profile.obslevel);
    writer.unsignedVarint(altitudeKm.length);
    altitudeKm.forEach((altitude, i) => {
      writer.float64s([altitude, rho[i], thickness[i], refractiveIndexMinus_1[i]]);
    });
    const hasLayers = htoa !== undefined && fiveLayerAtmosphere !== undefined;
    writer.unsignedVarint(hasLayers ? N_LAYERS : 0);
    if (hasLayers) writer.float64s([htoa, ...fiveLayerAtmosphere]);
  },
});
