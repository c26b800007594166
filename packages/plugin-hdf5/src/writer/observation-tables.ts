import { Container, field, type RunDescription, type RunOutcome } from '@cherenkit/core';
import type { AttributeValue, Hdf5Writer } from '../hdf5/index.js';
import { writeColumns } from './column-table.js';
import type { ContainerTables } from './container-tables.js';

const METRES_PER_KILOMETRE = 1000;

/** Begins the rows of the table of runs, as ctapipe's container of the same name. */
class ExtraSimInfo extends Container.withFields('', {
  obsId: field.int32('Observation block'),
}) {}

/** Writes what was observed, and the air in which it was simulated. */
export function writeObservation(file: Hdf5Writer, tables: ContainerTables, run: RunDescription): void {
  for (const block of run.schedulingBlocks.values()) {
    tables.write('/configuration/observation/scheduling_block', [block]);
  }
  for (const block of run.observationBlocks.values()) {
    tables.write('/configuration/observation/observation_block', [block]);
  }
  if (run.isSimulation) writeAtmosphere(file, run);
}

/** Writes how the showers were simulated; a source that makes them itself knows only at its end how many there were. */
export function writeSimulationConfig(tables: ContainerTables, configs: RunOutcome['simulationConfig']): void {
  for (const [obsId, config] of configs) {
    tables.write('/configuration/simulation/run', [new ExtraSimInfo({ obsId }), config]);
  }
}

function writeAtmosphere(file: Hdf5Writer, { atmosphereDensityProfile: profile }: RunDescription): void {
  if (!profile) return;
  const { height, density, columnDensity } = profile.table;
  // Readers interpolate the logarithms, so ctapipe keeps only rows that have one.
  const kept = [...height.keys()].filter((i) => height[i] >= 0 && density[i] > 0 && columnDensity[i] > 0);
  const attributes: Record<string, AttributeValue> = {
    TAB_TYPE: 'ctapipe.atmosphere.TableAtmosphereDensityProfile',
    TAB_VER: { type: 'int64', value: 1 },
  };
  for (const [name, value] of Object.entries(profile.metadata)) {
    const isId = name === 'atmosphere_id' && typeof value === 'number';
    attributes[name] = isId ? { type: 'int64', value } : value;
  }
  writeColumns(
    file,
    '/simulation/service/atmosphere_density_profile',
    [
      { name: 'height', type: 'float64', values: kept.map((i) => height[i] / METRES_PER_KILOMETRE), unit: 'km' },
      { name: 'density', type: 'float64', values: kept.map((i) => density[i]), unit: 'g.cm**-3' },
      { name: 'column_density', type: 'float64', values: kept.map((i) => columnDensity[i]), unit: 'g.cm**-2' },
    ],
    attributes,
  );
}

/** Writes how many showers were simulated, which some inputs tell at their end. */
export function writeShowerDistributions(
  tables: ContainerTables,
  distributions: RunOutcome['simulatedShowerDistributions'],
): void {
  for (const distribution of distributions.values()) {
    const lastDimension = (distribution.binsCoreDist?.length ?? 1) - 1;
    // sim_telarray stores float32; of a histogram without entries it stores nothing, and ctapipe's zeros are float64.
    const type = distribution.histogram?.some((count) => count !== 0) ? 'float32' : 'float64';
    const layout = { columns: { histogram: { type, lastDimension } } } as const;
    tables.write('/simulation/service/shower_distribution', [distribution], layout);
  }
}
