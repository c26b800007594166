import { AtmosphereDensityProfile, type AtmosphereMetadata } from '@cherenkit/core';
import type { AtmosphericProfile } from '../objects/atmospheric-profile.js';

/** Representations of the atmosphere to choose from. AUTO selects the table if stored, otherwise the five layers. */
export const ATMOSPHERE_CHOICES = ['AUTO', 'TABLE', 'FIVELAYER', 'NONE'] as const;
export type AtmosphereChoice = (typeof ATMOSPHERE_CHOICES)[number];

const METRES_PER_KM = 1000;
const CM_PER_METRE = 100;
/** Parameters per CORSIKA layer: lower height (cm), a, b (g/cm2), c (cm), 1/c. */
const N_PARAMETERS = 5;

/**
 * Builds the density profile from the first atmospheric profile of a file; undefined if the chosen representation is not
 * stored. Source: ctapipe 0.32 `read_atmosphere_profile_from_simtel`.
 */
export function buildAtmosphereProfile(
  profiles: readonly AtmosphericProfile[],
  choice: AtmosphereChoice,
): AtmosphereDensityProfile | undefined {
  const [profile] = profiles;
  if (profile === undefined || choice === 'NONE') return undefined;
  if (choice !== 'FIVELAYER' && profile.altitudeKm.length > 0) return fromTable(profile);
  return choice === 'TABLE' ? undefined : fromLayers(profile);
}

function toMetadata({ id, name, obslevel, htoa }: AtmosphericProfile): AtmosphereMetadata {
  return {
    observation_level: obslevel,
    atmosphere_id: id,
    atmosphere_name: name,
    ...(htoa === undefined ? {} : { atmosphere_height: htoa }),
  };
}

function fromTable(profile: AtmosphericProfile): AtmosphereDensityProfile {
  const table = {
    height: profile.altitudeKm.map((altitude) => altitude * METRES_PER_KM),
    density: profile.rho,
    columnDensity: profile.thickness,
  };
  return new AtmosphereDensityProfile(table, toMetadata(profile));
}

/** Profile from the five layers, with a table of one row per kilometre. */
function fromLayers(profile: AtmosphericProfile): AtmosphereDensityProfile | undefined {
  const { fiveLayerAtmosphere: parameters, htoa } = profile;
  if (parameters === undefined || htoa === undefined) return undefined;
  const layers = Array.from({ length: parameters.length / N_PARAMETERS }, (_, i) => {
    const [height, a, b, c] = parameters.subarray(i * N_PARAMETERS, (i + 1) * N_PARAMETERS);
    return { height: height / CM_PER_METRE, a, b, c: c / CM_PER_METRE };
  });
  const nHeights = Math.floor(htoa / CM_PER_METRE / METRES_PER_KM) + 1;
  const heights = Float64Array.from({ length: nHeights }, (_, i) => i * METRES_PER_KM);
  return AtmosphereDensityProfile.ofLayers(layers, heights, toMetadata(profile));
}
