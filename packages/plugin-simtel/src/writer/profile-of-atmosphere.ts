import type { AtmosphereDensityProfile, AtmosphereTable } from '@cherenkit/core';
import type { AtmosphericLayer } from '@cherenkit/kernels';
import type { AtmosphericProfile } from '../objects/atmospheric-profile.js';

const METRES_PER_KM = 1000;
const CM_PER_METRE = 100;
/** Lower heights of CORSIKA's layers, m; the last one ends the atmosphere. */
const LAYERS = [0, 4_000, 10_000, 40_000, 100_000];
const TOP = 112_800;

/** The object of the file with an atmosphere: as a table, and as CORSIKA's layers: its own, or five made from the table. */
export function profileOfAtmosphere({ table, layers, metadata }: AtmosphereDensityProfile): AtmosphericProfile {
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
    fiveLayerAtmosphere: layers === undefined ? fiveLayersOf(table) : parametersOf(layers),
  };
}

function parametersOf(layers: readonly AtmosphericLayer[]): Float64Array {
  return Float64Array.from(
    layers.flatMap(({ height, a, b, c }) => {
      return [height * CM_PER_METRE, a, b, c * CM_PER_METRE, 1 / (c * CM_PER_METRE)];
    }),
  );
}

/**
 * Lower height, a, b, c and 1 / c of each layer: a + b exp(-h / c), in the last one a - b h / c. Each layer has the
 * thickness of the table at its ends; the last one none at its upper end.
 */
function fiveLayersOf(table: AtmosphereTable): Float64Array {
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

/** Between heights of the table by its logarithm, beyond its ends as there. */
function thicknessAt({ height, columnDensity }: AtmosphereTable, at: number): number {
  const above = Math.max(
    1,
    height.findIndex((one) => one >= at),
  );
  const last = at > (height.at(-1) ?? 0) ? height.length - 1 : Math.min(above, height.length - 1);
  const [low, high] = [height[last - 1], height[last]];
  const [lower, upper] = [columnDensity[last - 1], columnDensity[last]].map((value) =>
    Math.log(Math.max(value, 1e-12)),
  );
  return Math.exp(lower + ((upper - lower) * (at - low)) / (high - low));
}
