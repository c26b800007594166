import { dataModel, type RunDescription, type RunOutcome, type SubarrayDescription } from '@cherenkit/core';
import { fillPlaceholders } from '@cherenkit/tables';
import type { Hdf5Writer } from '../format/index.js';
import { writeTable } from '../tables/write-table.js';
import type { ContainerTables } from './container-tables.js';

/** Writes the array layout, optics and cameras. Source: ctapipe 0.32 `SubarrayDescription.to_hdf`. */
export function writeSubarray(file: Hdf5Writer, subarray: SubarrayDescription): void {
  const { LAYOUT, OPTICS, GEOMETRY, READOUT } = dataModel;
  writeTable(file, LAYOUT.path, dataModel.layoutTable(subarray));
  writeTable(file, OPTICS.path, dataModel.opticsTable(subarray));
  subarray.cameraTypes.forEach(({ geometry, readout }, camera) => {
    writeTable(file, fillPlaceholders(GEOMETRY.path, { camera }), dataModel.geometryTable(geometry));
    writeTable(file, fillPlaceholders(READOUT.path, { camera }), dataModel.readoutTable(readout));
  });
}

/** Writes scheduling blocks, observation blocks and, for simulations, the atmospheric profile. */
export function writeObservation(file: Hdf5Writer, tables: ContainerTables, run: RunDescription): void {
  for (const block of run.schedulingBlocks.values()) tables.write(dataModel.SCHEDULING_BLOCK, [block]);
  for (const block of run.observationBlocks.values()) tables.write(dataModel.OBSERVATION_BLOCK, [block]);
  const { isSimulation, atmosphereDensityProfile } = run;
  if (!isSimulation || !atmosphereDensityProfile) return;
  writeTable(file, dataModel.ATMOSPHERE.path, dataModel.atmosphereTable(atmosphereDensityProfile));
}

/** Writes the simulation configuration. Written at the end, since generating sources know the number of showers only then. */
export function writeSimulationConfig(tables: ContainerTables, configs: RunOutcome['simulationConfig']): void {
  for (const [obsId, config] of configs) {
    tables.write(dataModel.SIMULATION_RUN, [new dataModel.ExtraSimInfo({ obsId }), config]);
  }
}

/** Writes the distributions of simulated showers, which some inputs store at their end. */
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
