import { CherenkitError, type Logger } from '@cherenkit/core';
import type { SimulatedShowers } from '@cherenkit/kernels';
import type { TableLoader } from '@cherenkit/plugin-hdf5';
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
    throw unsupportedDl2(
      `${file}: the histograms have ${counted} simulated showers, but the settings ${declared}. Merge complete runs, each once.`,
    );
  }
  return { ...(Object.fromEntries(settings) as Omit<SimulatedShowers, 'nShowers'>), nShowers: counted || declared };
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
