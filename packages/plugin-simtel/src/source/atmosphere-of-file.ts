import { AtmosphereDensityProfile, type AtmosphereMetadata } from '@cherenkit/core';
import type { AtmosphericProfile } from '../objects/atmospheric-profile.js';

/** Which description of the atmosphere to use; AUTO takes the table, or the layers where there is none. */
export const ATMOSPHERE_CHOICES = ['AUTO', 'TABLE', 'FIVELAYER', 'NONE'] as const;
export type AtmosphereChoice = (typeof ATMOSPHERE_CHOICES)[number];

const METRES_PER_KM = 1000;
const CM_PER_METRE = 100;
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

function metadataOf({ id, name, obslevel, htoa }: AtmosphericProfile): AtmosphereMetadata {
  return {
    observation_level: obslevel,
    atmosphere_id: id,
    atmosphere_name: name,
    ...(htoa === undefined ? {} : { atmosphere_height: htoa }),
  };
}

function tableOf(profile: AtmosphericProfile): AtmosphereDensityProfile {
  const table = {
    height: profile.altitudeKm.map((altitude) => altitude * METRES_PER_KM),
    density: profile.rho,
    columnDensity: profile.thickness,
  };
  return new AtmosphereDensityProfile(table, metadataOf(profile));
}

/** The layers, with a table in steps of a kilometre. */
function layersOf(profile: AtmosphericProfile): AtmosphereDensityProfile | undefined {
  const { fiveLayerAtmosphere: parameters, htoa } = profile;
  if (parameters === undefined || htoa === undefined) return undefined;
  const layers = Array.from({ length: parameters.length / N_PARAMETERS }, (_, i) => {
    const [height, a, b, c] = parameters.subarray(i * N_PARAMETERS, (i + 1) * N_PARAMETERS);
    return { height: height / CM_PER_METRE, a, b, c: c / CM_PER_METRE };
  });
  const nHeights = Math.floor(htoa / CM_PER_METRE / METRES_PER_KM) + 1;
  const heights = Float64Array.from({ length: nHeights }, (_, i) => i * METRES_PER_KM);
  return AtmosphereDensityProfile.ofLayers(layers, heights, metadataOf(profile));
}
