import {
  dataModel,
  type Container,
  type RunDescription,
  type RunOutcome,
  type SubarrayDescription,
} from '@cherenkit/core';
import { fillPlaceholders, type DataModelVersion } from '@cherenkit/tables';
import type { Hdf5Writer } from '../format/index.js';
import { writeTable } from '../tables/write-table.js';
import type { ContainerTables } from './container-tables.js';

/**
 * Writes the array layout, optics and cameras. Source: ctapipe 0.32 `SubarrayDescription.to_hdf`.
 *
 * @param version - version of the data model
 */
export function writeSubarray(file: Hdf5Writer, subarray: SubarrayDescription, version: DataModelVersion): void {
  const { LAYOUT, OPTICS, GEOMETRY, READOUT } = dataModel;
  writeTable(file, LAYOUT.path, dataModel.layoutTable(subarray));
  writeTable(file, OPTICS.path, dataModel.opticsTable(subarray));
  subarray.cameraTypes.forEach(({ geometry, readout }, camera) => {
    writeTable(file, fillPlaceholders(GEOMETRY.path, { camera }), dataModel.geometryTable(geometry, version));
    writeTable(file, fillPlaceholders(READOUT.path, { camera }), dataModel.readoutTable(readout));
  });
}

/** Writes scheduling and observation blocks; those of further runs are known only after the last event. */
export class ObservationRows {
  readonly #tables: ContainerTables;
  readonly #written = new Set<Container>();

  constructor(tables: ContainerTables) {
    this.#tables = tables;
  }

  /** Writes the blocks that have not been written yet. */
  write({ schedulingBlocks, observationBlocks }: RunDescription): void {
    for (const block of schedulingBlocks.values()) this.#writeOnce(dataModel.SCHEDULING_BLOCK, block);
    for (const block of observationBlocks.values()) this.#writeOnce(dataModel.OBSERVATION_BLOCK, block);
  }

  #writeOnce(spec: dataModel.ContainerTableSpec, block: Container): void {
    if (this.#written.has(block)) return;
    this.#written.add(block);
    this.#tables.write(spec, [block]);
  }
}

/** Writes the atmosphere of the simulation. */
export function writeAtmosphere(file: Hdf5Writer, { isSimulation, atmosphereDensityProfile }: RunDescription): void {
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
  const all = [...distributions.values()];
  const isFilled = all.some(({ histogram }) => histogram?.some((count) => count !== 0));
  for (const distribution of all) {
    const { binsCoreDist } = distribution;
    tables.write(dataModel.SHOWER_DISTRIBUTION, [distribution], {
      dimensions: { n_distances: (binsCoreDist?.length ?? 1) - 1 },
      types: { histogram: isFilled ? 'float32' : 'float64' },
    });
  }
}
