import type { AtmosphereDensityProfile } from '@cherenkit/core';
import type { AtmosphericProfile } from '../objects/atmospheric-profile.js';

/** Which description of the atmosphere to use; AUTO takes the table, or the layers where there is none. */
export const ATMOSPHERE_CHOICES = ['AUTO', 'TABLE', 'FIVELAYER', 'NONE'] as const;
export type AtmosphereChoice = (typeof ATMOSPHERE_CHOICES)[number];

const METRES_PER_KM = 1000;
const CM_PER_KM = 1e5;
/** Of CORSIKA's layers, per row: lower height in cm, then a and b in g/cm2, c in cm and its inverse. */
const N_PARAMETERS = 5;

/** The atmosphere of a file; undefined where it has none of the chosen kind. The first one counts. */
export function atmosphereOfFile(
  profiles: readonly AtmosphericProfile[],
  choice: AtmosphereChoice,
): AtmosphereDensityProfile | undefined {
  const [profile] = profiles;
  if (profile === undefined || choice === 'NONE') return undefined;
  if (choice !== 'FIVELAYER' && profile.altitudeKm.length > 0) return tableOf(profile);
  return choice === 'TABLE' ? undefined : layersOf(profile);
}

function metadataOf({ id, name, obslevel, htoa }: AtmosphericProfile): AtmosphereDensityProfile['metadata'] {
  return {
    observation_level: obslevel,
    atmosphere_id: id,
    atmosphere_name: name,
    ...(htoa === undefined ? {} : { atmosphere_height: htoa }),
  };
}

function tableOf(profile: AtmosphericProfile): AtmosphereDensityProfile {
  return {
    height: profile.altitudeKm.map((altitude) => altitude * METRES_PER_KM),
    density: profile.rho,
    columnDensity: profile.thickness,
    metadata: metadataOf(profile),
  };
}

/** The layers, each a + b exp(-h / c) and the last one a - b h / c, as a table in steps of a kilometre. */
function layersOf(profile: AtmosphericProfile): AtmosphereDensityProfile | undefined {
  const { fiveLayerAtmosphere: layers, htoa } = profile;
  if (layers === undefined || htoa === undefined) return undefined;
  const nLayers = layers.length / N_PARAMETERS;
  const heights = Float64Array.from({ length: Math.floor(htoa / CM_PER_KM) + 1 }, (_, i) => i * CM_PER_KM);
  const layerAt = (height: number) => {
    let layer = 0;
    while (layer + 1 < nLayers && height >= layers[(layer + 1) * N_PARAMETERS]) layer++;
    const [, a, b, c] = layers.subarray(layer * N_PARAMETERS, (layer + 1) * N_PARAMETERS);
    return { a, b, c, isLast: layer === nLayers - 1 };
  };
  return {
    height: heights.map((height) => (height / CM_PER_KM) * METRES_PER_KM),
    density: heights.map((height) => {
      const { b, c, isLast } = layerAt(height);
      return isLast ? b / c : (b / c) * Math.exp(-height / c);
    }),
    columnDensity: heights.map((height) => {
      const { a, b, c, isLast } = layerAt(height);
      return isLast ? Math.max(0, a - (b * height) / c) : a + b * Math.exp(-height / c);
    }),
    metadata: metadataOf(profile),
  };
}
