import {
  AtmosphereDensityProfile,
  dataModel,
  memoryUnitsPer,
  type AtmosphereMetadata,
  type Container,
  type ObservationBlockContainer,
  type RunDescription,
  type SchedulingBlockContainer,
  type SimulatedShowerDistribution,
  type SimulationConfigContainer,
} from '@cherenkit/core';
import type { Hdf5File } from '../engine/index.js';
import { openTable, readTable } from '../tables/read-table.js';
import { ContainerReader } from './container-reader.js';
import type { EventFile } from './event-files.js';

/** Data of whole observation blocks. */
export type Observations = Pick<
  RunDescription,
  'schedulingBlocks' | 'observationBlocks' | 'simulationConfig' | 'atmosphereDensityProfile'
> & {
  readonly showerDistributions: ReadonlyMap<number, SimulatedShowerDistribution>;
};

/** Reads scheduling and observation blocks, and the configuration, shower distribution and atmosphere of simulations. */
export async function readObservations(file: Hdf5File, description: EventFile): Promise<Observations> {
  const rows = (spec: dataModel.ContainerTableSpec): Promise<(readonly Container[])[]> =>
    readContainers(file, description, spec);
  const schedulingBlocks = (await rows(dataModel.SCHEDULING_BLOCK)).map(([block]) => block as SchedulingBlockContainer);
  const observationBlocks = (await rows(dataModel.OBSERVATION_BLOCK)).map(
    ([block]) => block as ObservationBlockContainer,
  );
  const configs = (await rows(dataModel.SIMULATION_RUN)) as [dataModel.ExtraSimInfo, SimulationConfigContainer][];
  const distributions = (await rows(dataModel.SHOWER_DISTRIBUTION)).map(([row]) => row as SimulatedShowerDistribution);
  return {
    schedulingBlocks: new Map(schedulingBlocks.map((block) => [block.sbId, block])),
    observationBlocks: new Map(observationBlocks.map((block) => [block.obsId, block])),
    simulationConfig: new Map(configs.map(([{ obsId }, config]) => [obsId, config])),
    showerDistributions: new Map(distributions.map((distribution) => [distribution.obsId, distribution])),
    atmosphereDensityProfile: await readAtmosphere(file),
  };
}

/** All rows of a table, which must be short; none if the file has no such table. */
async function readContainers(
  file: Hdf5File,
  { version }: EventFile,
  spec: dataModel.ContainerTableSpec,
): Promise<(readonly Container[])[]> {
  if (!(await file.has(spec.path))) return [];
  const table = await openTable(file, spec.path);
  const { columns, nRows } = table;
  const place = `${file.name}: ${spec.path}`;
  const reader = new ContainerReader(spec.parts, { place, columns, placeholders: {}, version, telIds: [] });
  const containers = reader.open(await table.read(0, nRows));
  return Array.from({ length: nRows }, (_, row) => containers(row));
}

async function readAtmosphere(file: Hdf5File): Promise<AtmosphereDensityProfile | undefined> {
  const { path } = dataModel.ATMOSPHERE;
  if (!(await file.has(path))) return undefined;
  const table = await readTable(file, path);
  const metadata: Record<string, AtmosphereMetadata[string]> = {};
  for (const [name, value] of Object.entries(table.meta)) {
    if (name === 'TAB_TYPE' || name === 'TAB_VER' || typeof value === 'boolean') continue;
    metadata[name] = typeof value === 'bigint' ? Number(value) : value;
  }
  const height = table.numbers('height', 'km').map((kilometres) => kilometres * memoryUnitsPer('km'));
  const density = table.numbers('density', 'g.cm**-3');
  return new AtmosphereDensityProfile(
    { height, density, columnDensity: table.numbers('column_density', 'g.cm**-2') },
    metadata,
  );
}
