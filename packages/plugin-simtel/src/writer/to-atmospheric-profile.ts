import type { AtmosphereDensityProfile, AtmosphereTable } from '@cherenkit/core';
import type { AtmosphericLayer } from '@cherenkit/kernels';
import type { AtmosphericProfile } from '../objects/atmospheric-profile.js';

const METRES_PER_KM = 1000;
const CM_PER_METRE = 100;
/** Lower heights of CORSIKA's five layers, m. */
const LAYERS = [0, 4_000, 10_000, 40_000, 100_000];
/** Top of the atmosphere, m. */
const TOP = 112_800;

/**
 * Converts an atmosphere to the object of a sim_telarray file, which contains a table and CORSIKA's five layers. The layers
 * are fitted to the table if the atmosphere has none.
 */
export function toAtmosphericProfile({ table, layers, metadata }: AtmosphereDensityProfile): AtmosphericProfile {
  const { height, density, columnDensity } = table;
  const { atmosphere_id: id, atmosphere_name: name, observation_level: obslevel, atmosphere_height: top } = metadata;
  return {
    id: Number(id ?? 0),
    name: String(name ?? ''),
    obslevel: Number(obslevel ?? 0),
    altitudeKm: height.map((metres) => metres / METRES_PER_KM),
    rho: density,
    thickness: columnDensity,
    refractiveIndexMinus_1: new Float64Array(height.length),
    htoa: Number(top ?? TOP * CM_PER_METRE),
    fiveLayerAtmosphere: layers === undefined ? fitFiveLayers(table) : layerParameters(layers),
  };
}

function layerParameters(layers: readonly AtmosphericLayer[]): Float64Array {
  return Float64Array.from(
    layers.flatMap(({ height, a, b, c }) => {
      return [height * CM_PER_METRE, a, b, c * CM_PER_METRE, 1 / (c * CM_PER_METRE)];
    }),
  );
}

/**
 * Parameters lower height (cm), a, b (g/cm2), c (cm), 1/c of each layer. The thickness at height h is a + b exp(-h / c), in
 * the last layer a - b h / c. It equals that of the table at both ends of each layer and 0 at the top of the atmosphere.
 */
function fitFiveLayers(table: AtmosphereTable): Float64Array {
  return Float64Array.from(
    LAYERS.flatMap((lower, i) => {
      const below = thicknessAt(table, lower);
      const upper = LAYERS[i + 1];
      if (upper === undefined) {
        const a = (below * TOP) / (TOP - lower);
        const c = TOP * CM_PER_METRE;
        return [lower * CM_PER_METRE, a, a, c, 1 / c];
      }
      const c = ((upper - lower) / Math.log(below / thicknessAt(table, upper))) * CM_PER_METRE;
      return [lower * CM_PER_METRE, 0, below * Math.exp((lower * CM_PER_METRE) / c), c, 1 / c];
    }),
  );
}

/** Thickness at a height, g/cm2: interpolates and extrapolates the logarithm of the table linearly. */
function thicknessAt({ height, columnDensity }: AtmosphereTable, at: number): number {
  const above = Math.max(
    1,
    height.findIndex((entry) => entry >= at),
  );
  const last = at > (height.at(-1) ?? 0) ? height.length - 1 : Math.min(above, height.length - 1);
  const [low, high] = [height[last - 1], height[last]];
  const [lower, upper] = [columnDensity[last - 1], columnDensity[last]].map((value) =>
    Math.log(Math.max(value, 1e-12)),
  );
  return Math.exp(lower + ((upper - lower) * (at - low)) / (high - low));
}
