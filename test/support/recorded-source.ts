import {
  ArrayEvent,
  DL1CameraContainer,
  EventIndexContainer,
  EventSource,
  ImageParametersContainer,
  ObservationBlockContainer,
  ReconstructedGeometryContainer,
  SchedulingBlockContainer,
  SimulatedCameraContainer,
  SimulatedEventContainer,
  SimulatedShowerContainer,
  SimulatedShowerDistribution,
  SimulationConfigContainer,
  TelEventIndexContainer,
  TelescopeImpactParameterContainer,
  TelescopeMonitoringContainer,
  TelescopePointingContainer,
  TelescopeReconstructedContainer,
  TelescopeTriggerContainer,
  TriggerContainer,
  TrueIntensityStatisticsContainer,
  AtmosphereDensityProfile,
  type ComponentContext,
  type Container,
  type ContainerClass,
  type QualityStatistics,
  type RunDescription,
  type SourceOutcome,
  type SubarrayDescription,
} from '@cherenkit/core';
import { Hdf5File } from '@cherenkit/plugin-hdf5';
import { recordedArray } from './recorded-array.js';
import { containerAt, numberAt, readRows, type Rows } from './recorded-rows.js';

const ALGORITHM = 'HillasReconstructor';

/** The events from which ctapipe wrote a file, restored from its tables. Writing them must give the same tables. */
export class RecordedSource extends EventSource {
  readonly #observationBlocks = new Map<number, ObservationBlockContainer>();
  readonly #schedulingBlocks = new Map<number, SchedulingBlockContainer>();
  readonly #simulationConfig = new Map<number, SimulationConfigContainer>();
  readonly #distributions = new Map<number, SimulatedShowerDistribution>();

  private constructor(
    private readonly array: SubarrayDescription,
    private readonly tables: ReadonlyMap<string, Rows>,
  ) {
    super({ path: 'RecordedSource', traits: {} } as ComponentContext);
    this.#read('/configuration/observation/scheduling_block', SchedulingBlockContainer, (block) =>
      this.#schedulingBlocks.set(block.sbId, block),
    );
    this.#read('/configuration/observation/observation_block', ObservationBlockContainer, (block) =>
      this.#observationBlocks.set(block.obsId, block),
    );
    this.#read('/configuration/simulation/run', SimulationConfigContainer, (config, rows, row) =>
      this.#simulationConfig.set(numberAt(rows, 'obs_id', row), config),
    );
    this.#read('/simulation/service/shower_distribution', SimulatedShowerDistribution, (distribution) =>
      this.#distributions.set(distribution.obsId, distribution),
    );
  }

  static async of(path: string): Promise<RecordedSource> {
    await using file = await Hdf5File.open(path);
    const tables = new Map<string, Rows>();
    for (const name of await file.paths()) tables.set(name, await readRows(await file.table(name)));
    return new RecordedSource(await recordedArray(file), tables);
  }

  override get run(): RunDescription {
    return {
      subarray: this.array,
      isSimulation: true,
      dataLevels: ['DL1_IMAGES', 'DL1_PARAMETERS', 'DL2'],
      observationBlocks: this.#observationBlocks,
      schedulingBlocks: this.#schedulingBlocks,
      simulationConfig: this.#simulationConfig,
      atmosphereDensityProfile: this.#atmosphereDensityProfile,
    };
  }

  override get outcome(): SourceOutcome {
    return { ...super.outcome, simulatedShowerDistributions: this.#distributions };
  }

  get #atmosphereDensityProfile(): AtmosphereDensityProfile | undefined {
    const rows = this.tables.get('/simulation/service/atmosphere_density_profile');
    if (!rows) return undefined;
    const column = (name: string, factor = 1) => (rows.columns[name] as Float64Array).map((value) => value * factor);
    const metadata: Record<string, number | string> = {};
    for (const [name, value] of rows.attributes) {
      if (/^(atmosphere_|observation_)/.test(name))
        metadata[name] = typeof value === 'bigint' ? Number(value) : (value as number | string);
    }
    const table = {
      height: column('height', 1000),
      density: column('density'),
      columnDensity: column('column_density'),
    };
    return new AtmosphereDensityProfile(table, metadata);
  }

  /** The quality statistics of images or of the reconstructor. */
  statistics(of: 'images' | 'reconstructor'): QualityStatistics | undefined {
    const rows = this.tables.get(
      of === 'images' ? '/dl1/service/image_statistics' : `/dl2/service/tel_event_statistics/${ALGORITHM}`,
    );
    if (!rows) return undefined;
    return {
      criteria: rows.columns['criteria'] as string[],
      expressions: rows.columns['func'] as string[],
      counts: Array.from(rows.columns['counts'] as BigInt64Array, Number),
      cumulativeCounts: Array.from(rows.columns['cumulative_counts'] as BigInt64Array, Number),
    };
  }

  override open(): Promise<void> {
    return Promise.resolve();
  }

  override [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve();
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- the contract is asynchronous, this data is in memory
  override async *[Symbol.asyncIterator](): AsyncGenerator<ArrayEvent> {
    const rows = new EventRows(this.tables, this.array.telIds);
    const count = this.tables.get('/dl1/event/subarray/trigger')?.count ?? 0;
    for (let i = 0; i < count; i++) yield rows.nextEvent();
  }

  #read<C extends Container>(
    path: string,
    type: ContainerClass<C>,
    take: (container: C, rows: Rows, row: number) => void,
  ): void {
    const rows = this.tables.get(path);
    for (let row = 0; rows && row < rows.count; row++)
      take(containerAt(type, rows, row, '', this.array.telIds), rows, row);
  }
}

/** Reads the rows of all tables event by event; the rows of each telescope are in the order of the events. */
class EventRows {
  readonly #next = new Map<string, number>();

  constructor(
    private readonly tables: ReadonlyMap<string, Rows>,
    private readonly telIds: readonly number[],
  ) {}

  nextEvent(): ArrayEvent {
    const index = this.#peek('/dl1/event/subarray/trigger', EventIndexContainer, '');
    const event = new ArrayEvent({ index, trigger: this.#take('/dl1/event/subarray/trigger', TriggerContainer, '') });
    for (const telId of this.telIds) this.#telescopeTrigger(event, telId);
    this.#truth(event);
    for (const telId of this.#telescopes('/dl1/event/telescope/images', event)) this.#camera(event, telId);
    this.#reconstruction(event);
    return event;
  }

  #telescopeTrigger({ index, trigger }: ArrayEvent, telId: number): void {
    const path = '/dl1/event/telescope/trigger';
    const next = this.#peek(path, TelEventIndexContainer, '');
    if (next.eventId === index.eventId && next.telId === telId) {
      trigger.tel.set(telId, this.#take(path, TelescopeTriggerContainer, ''));
    }
  }

  #truth(event: ArrayEvent): void {
    const shower = this.#take('/simulation/event/subarray/shower', SimulatedShowerContainer, 'true');
    event.simulation = new SimulatedEventContainer({ shower });
    for (const telId of this.#telescopes('/simulation/event/telescope/impact', event)) {
      const path = telescopePath('/simulation/event/telescope/impact', telId);
      const impact = this.#take(path, TelescopeImpactParameterContainer, 'true_impact');
      event.simulation.tel.set(telId, new SimulatedCameraContainer({ impact }));
    }
  }

  #camera({ monitoring, dl1, simulation }: ArrayEvent, telId: number): void {
    const at = (group: string) => telescopePath(group, telId);
    const pointing = this.#peek(
      at('/configuration/telescope/pointing'),
      TelescopePointingContainer,
      'telescope_pointing',
    );
    monitoring.tel.set(telId, new TelescopeMonitoringContainer({ pointing }));
    const camera = this.#take(at('/dl1/event/telescope/images'), DL1CameraContainer, '');
    camera.parameters = this.#parameters(at('/dl1/event/telescope/parameters'), '');
    dl1.tel.set(telId, camera);
    const truth = simulation?.tel.get(telId);
    if (!truth) return;
    const image = this.#take(at('/simulation/event/telescope/images'), SimulatedCameraContainer, '');
    truth.trueImageSum = image.trueImageSum;
    truth.trueImage = image.trueImage;
    if (truth.trueImage) truth.trueParameters = this.#parameters(at('/simulation/event/telescope/parameters'), 'true_');
  }

  #reconstruction(event: ArrayEvent): void {
    const path = `/dl2/event/subarray/geometry/${ALGORITHM}`;
    if (this.tables.has(path)) {
      event.dl2.stereo.geometry.set(ALGORITHM, this.#take(path, ReconstructedGeometryContainer, ALGORITHM));
    }
    const group = `/dl2/event/telescope/impact/${ALGORITHM}`;
    for (const telId of this.#telescopes(group, event)) {
      const telescope = new TelescopeReconstructedContainer();
      const prefix = `${ALGORITHM}_tel_impact`;
      telescope.impact.set(
        ALGORITHM,
        this.#take(telescopePath(group, telId), TelescopeImpactParameterContainer, prefix),
      );
      event.dl2.tel.set(telId, telescope);
    }
  }

  #parameters(path: string, before: string): ImageParametersContainer {
    const parameters = new ImageParametersContainer();
    if (before !== '') parameters.intensityStatistics = new TrueIntensityStatisticsContainer();
    const parts = parameters as unknown as Record<string, Container>;
    for (const name of Object.keys(parameters.fields)) {
      const type = parts[name].constructor as unknown as ContainerClass;
      parts[name] = this.#peek(path, type, `${before}${parts[name].prefix}`);
    }
    this.#next.set(path, (this.#next.get(path) ?? 0) + 1);
    return parameters;
  }

  /** The telescopes with a row for an event in a group of tables. */
  #telescopes(group: string, { index: { eventId } }: ArrayEvent): number[] {
    return this.telIds.filter((telId) => {
      const rows = this.tables.get(telescopePath(group, telId));
      return rows && Array.from(rows.columns['event_id'] as BigInt64Array).includes(BigInt(eventId));
    });
  }

  #take<C extends Container>(path: string, type: ContainerClass<C>, prefix: string): C {
    const container = this.#peek(path, type, prefix);
    this.#next.set(path, (this.#next.get(path) ?? 0) + 1);
    return container;
  }

  /** The container in the next row of a table, or one with defaults after the last row. */
  #peek<C extends Container>(path: string, type: ContainerClass<C>, prefix: string): C {
    const rows = this.tables.get(path);
    const row = this.#next.get(path) ?? 0;
    return rows && row < rows.count ? containerAt(type, rows, row, prefix, this.telIds) : new type();
  }
}

function telescopePath(group: string, telId: number): string {
  return `${group}/tel_${String(telId).padStart(3, '0')}`;
}
