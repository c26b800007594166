import { dataModel, type RunDescription, type RunOutcome, type SubarrayDescription } from '@cherenkit/core';
import { fillPlaceholders } from '@cherenkit/tables';
import type { Hdf5Writer } from '../format/index.js';
import { writeTable } from '../tables/write-table.js';
import type { ContainerTables } from './container-tables.js';

/** Writes the layout of the array and what its telescopes are. Source: ctapipe 0.32 `SubarrayDescription.to_hdf`. */
export function writeSubarray(file: Hdf5Writer, subarray: SubarrayDescription): void {
  const { LAYOUT, OPTICS, GEOMETRY, READOUT } = dataModel;
  writeTable(file, LAYOUT.path, dataModel.layoutTable(subarray));
  writeTable(file, OPTICS.path, dataModel.opticsTable(subarray));
  subarray.cameraTypes.forEach(({ geometry, readout }, camera) => {
    writeTable(file, fillPlaceholders(GEOMETRY.path, { camera }), dataModel.geometryTable(geometry));
    writeTable(file, fillPlaceholders(READOUT.path, { camera }), dataModel.readoutTable(readout));
  });
}

/** Writes what was observed, and the air in which it was simulated. */
export function writeObservation(file: Hdf5Writer, tables: ContainerTables, run: RunDescription): void {
  for (const block of run.schedulingBlocks.values()) tables.write(dataModel.SCHEDULING_BLOCK, [block]);
  for (const block of run.observationBlocks.values()) tables.write(dataModel.OBSERVATION_BLOCK, [block]);
  const { isSimulation, atmosphereDensityProfile } = run;
  if (!isSimulation || !atmosphereDensityProfile) return;
  writeTable(file, dataModel.ATMOSPHERE.path, dataModel.atmosphereTable(atmosphereDensityProfile));
}

/** Writes how the showers were simulated; a source that makes them itself knows only at its end how many there were. */
export function writeSimulationConfig(tables: ContainerTables, configs: RunOutcome['simulationConfig']): void {
  for (const [obsId, config] of configs) {
    tables.write(dataModel.SIMULATION_RUN, [new dataModel.ExtraSimInfo({ obsId }), config]);
  }
}

/** Writes how many showers were simulated, which some inputs tell at their end. */
export function writeShowerDistributions(
  tables: ContainerTables,
  distributions: RunOutcome['simulatedShowerDistributions'],
): void {
  for (const distribution of distributions.values()) {
    const { binsCoreDist, histogram } = distribution;
    const isFilled = histogram?.some((count) => count !== 0);
    tables.write(dataModel.SHOWER_DISTRIBUTION, [distribution], {
      dimensions: { n_distances: (binsCoreDist?.length ?? 1) - 1 },
      types: { histogram: isFilled ? 'float32' : 'float64' },
    });
  }
}
