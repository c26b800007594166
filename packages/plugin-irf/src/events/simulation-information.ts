import { CherenkitError, nameSome, type Logger } from '@cherenkit/core';
import type { EnergyHistogram, SimulatedShowers } from '@cherenkit/kernels';
import type { TableLoader } from '@cherenkit/plugin-hdf5';
import type { Table } from '@cherenkit/tables';
import { unsupportedDl2 } from '../irf-error.js';

/** Settings that must be equal in all runs: their column, unit in memory, and name in `SimulatedShowers`. */
const SETTINGS = [
  ['spectral_index', undefined, 'spectralIndex'],
  ['energy_range_min', 'TeV', 'energyMin'],
  ['energy_range_max', 'TeV', 'energyMax'],
  ['max_scatter_range', 'm', 'maxImpact'],
  ['max_viewcone_radius', 'rad', 'viewconeMax'],
  ['min_viewcone_radius', 'rad', 'viewconeMin'],
] as const;

/**
 * What was simulated, from the settings of all runs. Source: ctapipe 0.32 `DL2EventLoader.get_simulation_information`, but in double
 * precision.
 *
 * @throws CherenkitError DL2_UNSUPPORTED (65) for files without simulation, and runs with different settings
 */
export async function simulationInformation(
  loader: TableLoader,
  file: string,
  logger: Logger,
  usesHistograms: boolean,
): Promise<SimulatedShowers> {
  const runs = await ifPresent(loader.readSimulationConfiguration());
  if (runs === undefined || runs.nRows === 0) {
    throw unsupportedDl2(`${file}: there are no settings of a simulation. Give a file of simulated events.`);
  }
  const settings = SETTINGS.map(([column, unit, name]) => {
    const values = runs.numbers(column, unit);
    const different = values.find((value) => value !== values[0]);
    if (different !== undefined) {
      const [first, other] = [values[0], different].map((value) => `${value}${unit === undefined ? '' : ` ${unit}`}`);
      throw unsupportedDl2(
        `${file}: ${column} differs between runs: ${first} and ${other}. Make files of runs with equal settings.`,
      );
    }
    return [name, values[0]] as const;
  });
  const [perRun, reuse] = [runs.numbers('n_showers'), runs.numbers('shower_reuse')];
  const declared = perRun.reduce((sum, n, i) => sum + n * reuse[i], 0);
  const histograms = await ifPresent(loader.readShowerDistribution());
  const counted = histograms?.numbers('n_entries').reduce((sum, n) => sum + n, 0) ?? 0;
  if (counted === 0) {
    logger.warning(
      `${file} has no histograms of simulated showers; their number, ${declared}, is that of the settings.`,
    );
  } else if (counted !== declared) {
    // Writers of raw data write the settings before the showers are simulated.
    throw unsupportedDl2(
      perRun.includes(0)
        ? `${file}: the settings of the simulation have 0 showers for ${nameRuns(runs, perRun)}, the histograms ${counted} in total; expected the same number. Simulate with a number of showers that is known from the beginning: cherenkit simulate --showers N instead of --events N.`
        : `${file}: the histograms have ${counted} simulated showers, but the settings ${declared}. Merge complete runs, each once.`,
    );
  }
  const showers = Object.fromEntries(settings) as Record<(typeof SETTINGS)[number][2], number>;
  const energies = usesHistograms ? energyHistogram(histograms, file) : undefined;
  return { ...showers, nShowers: counted || declared, energies };
}

/** The runs whose settings have no showers, by their observation ids. */
function nameRuns(runs: Table, perRun: ArrayLike<number>): string {
  const withoutShowers = runs.numbers('obs_id').filter((_, i) => perRun[i] === 0);
  return `obs_id ${nameSome(Array.from(withoutShowers, String))}`;
}

/** Sum of the histograms of all runs over the distance from the array. @throws CherenkitError DL2_UNSUPPORTED (65) */
function energyHistogram(histograms: Table | undefined, file: string): EnergyHistogram {
  if (histograms === undefined || histograms.nRows === 0) {
    throw unsupportedDl2(
      `${file}: there are no histograms of simulated showers. Set DL2EventLoader.simulated_energies to power_law.`,
    );
  }
  const nEdges = histograms.column('bins_energy').count;
  const all = histograms.numbers('bins_energy', 'TeV');
  const edges = all.slice(0, nEdges);
  if (!all.every((edge, i) => edge === edges[i % nEdges])) {
    throw unsupportedDl2(
      `${file}: the histograms of simulated showers have different bins of energy in different runs.`,
    );
  }
  const [values, nBins] = [histograms.numbers('histogram'), nEdges - 1];
  const nDistances = histograms.column('histogram').count / nBins;
  const counts = new Float64Array(nBins);
  for (let i = 0; i < values.length; i++) counts[Math.floor(i / nDistances) % nBins] += values[i];
  return { edges, counts };
}

/** Undefined for a table that the file does not have. */
async function ifPresent<T>(table: Promise<T>): Promise<T | undefined> {
  try {
    return await table;
  } catch (error) {
    if (CherenkitError.is(error) && error.code === 'TABLE_UNKNOWN') return undefined;
    throw error;
  }
}
