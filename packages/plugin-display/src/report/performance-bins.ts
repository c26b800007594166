import { resolutionBins } from '@cherenkit/display';
import type { Table } from '@cherenkit/tables';

/** Bins per decade of the true energy. */
const PER_DECADE = 4;

/** Bias and resolution of the results in a bin of the true energy; NaN where they are not known. */
export interface PerformanceBin {
  /** Edges, TeV. */
  readonly from: number;
  readonly to: number;
  readonly nEvents: number;
  /** Angle from the true direction that contains 68 % of the events, deg. */
  readonly angularResolution: number;
  /** Median of the differences to the true direction along the azimuth and the altitude, deg. */
  readonly biasLon: number;
  readonly biasLat: number;
  /** Median of the relative errors of the energy. */
  readonly energyBias: number;
  /** Relative error of the energy that contains 68 % of the events. */
  readonly energyResolution: number;
  /** Distance from the true core that contains 68 % of the events, m. */
  readonly coreResolution: number;
}

/** Bias and resolution per bin of the true energy, in the order of energies; empty without true energies. */
export function performanceBins(table: Table): PerformanceBin[] {
  if (!table.has('true_energy')) return [];
  const energy = table.numbers('true_energy');
  const none = new Float64Array(table.nRows).fill(NaN);
  const values = (name: string): Float64Array => (table.has(name) ? table.numbers(name) : none);
  const byEnergy = (errors: Float64Array): ReturnType<typeof binsByEdge> => binsByEdge(energy, errors);
  const all = byEnergy(new Float64Array(table.nRows));
  const found = {
    theta: byEnergy(values('theta')),
    lon: byEnergy(values('delta_lon')),
    lat: byEnergy(values('delta_lat')),
    energy: byEnergy(values('energy').map((each, row) => each / energy[row] - 1)),
    core: byEnergy(values('core_error')),
  };
  return [...all.values()].map(({ from, to, nEvents }) => ({
    from,
    to,
    nEvents,
    angularResolution: found.theta.get(from)?.resolution ?? NaN,
    biasLon: found.lon.get(from)?.bias ?? NaN,
    biasLat: found.lat.get(from)?.bias ?? NaN,
    energyBias: found.energy.get(from)?.bias ?? NaN,
    energyResolution: found.energy.get(from)?.resolution ?? NaN,
    coreResolution: found.core.get(from)?.resolution ?? NaN,
  }));
}

function binsByEdge(
  energy: Float64Array,
  errors: Float64Array,
): Map<number, ReturnType<typeof resolutionBins>[number]> {
  return new Map(resolutionBins(energy, errors, { perDecade: PER_DECADE }).map((bin) => [bin.from, bin]));
}
