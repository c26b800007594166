import {
  ArrayEvent,
  AtmosphereDensityProfile,
  CameraHillasParametersContainer,
  CameraTimingParametersContainer,
  DispContainer,
  DL1CameraContainer,
  EarthLocation,
  EventIndexContainer,
  EventSource,
  ImageParametersContainer,
  MuonTelescopeContainer,
  ObservationBlockContainer,
  ParticleClassificationContainer,
  R0CameraContainer,
  R1CameraContainer,
  ReconstructedEnergyContainer,
  ReconstructedGeometryContainer,
  SchedulingBlockContainer,
  SimulatedCameraContainer,
  SimulatedEventContainer,
  SimulatedShowerContainer,
  SimulatedShowerDistribution,
  SimulationConfigContainer,
  SubarrayDescription,
  TelescopeImpactParameterContainer,
  TelescopeMonitoringContainer,
  TelescopeReconstructedContainer,
  TelescopeTriggerContainer,
  TriggerContainer,
  TrueIntensityStatisticsContainer,
  TrueLeakageContainer,
  waveformsOf,
  type ComponentContext,
  type Container,
  type ContainerClass,
  type FieldColumn,
  type RunDescription,
  type SourceOutcome,
} from '@cherenkit/core';
import { TYPED_ARRAYS } from '@cherenkit/tables';
import { makeTelescope } from './make-telescope.js';

const N_SAMPLES = 4;
const TEL_IDS = [1, 2, 40];

/** Generates values that are exact in every type and differ between calls. */
class Counter {
  #next = 0;

  number(): number {
    this.#next = (this.#next * 7 + 3) % 101;
    return this.#next;
  }

  value(column: FieldColumn, telIds: readonly number[], lengths: Readonly<Record<string, number>>): unknown {
    const n = this.number();
    switch (column.type) {
      case 'bool':
        return n % 2 === 0;
      case 'string':
        // All of equal length, as the first row determines the width of a string column.
        return ['größer', 'proton..', 'electron'][n % 3];
      case 'enumeration': {
        const members = Object.values(column.enumeration.members);
        return members[n % members.length];
      }
      case 'time':
        return { seconds: 1_600_000_000 + n, quarterNanoseconds: n * 1_000_001 };
      case 'telescopes':
        return telIds.filter((_, i) => (n >> i) % 2 === 0);
      case 'array': {
        const length = (column.dims ?? ['n']).reduce((product, dim) => product * (lengths[dim] ?? 1), 1);
        const Values = TYPED_ARRAYS[column.element] as Float64ArrayConstructor;
        return Values.from({ length }, () => this.number());
      }
      case 'waveforms':
        return undefined;
      default:
        return column.type.startsWith('float') ? n / 8 : n;
    }
  }
}

/**
 * Events with a value in every field of every container. They are reproducible on all machines: no value is computed by
 * a function whose rounding depends on the machine.
 */
export class FilledSource extends EventSource {
  override readonly run: RunDescription;
  readonly #counter = new Counter();
  readonly #hasCameraFrame: boolean;
  readonly #nChannels: number;

  constructor({ cameraFrame = false, nChannels = 1 }: { cameraFrame?: boolean; nChannels?: number } = {}) {
    super({ path: 'FilledSource', traits: {} } as ComponentContext);
    this.#hasCameraFrame = cameraFrame;
    this.#nChannels = nChannels;
    const height = Float64Array.of(-1, 0, 1000, 2000);
    const atmosphere = { height, density: Float64Array.of(2, 1.5, 1, 0), columnDensity: Float64Array.of(9, 8, 7, 6) };
    this.run = {
      subarray: smallArray(),
      isSimulation: true,
      dataLevels: ['R0', 'R1'],
      schedulingBlocks: new Map([[1, this.#filled(SchedulingBlockContainer)]]),
      observationBlocks: new Map([7, 8].map((obsId) => [obsId, this.#filled(ObservationBlockContainer, { obsId })])),
      simulationConfig: new Map([7, 8].map((obsId) => [obsId, this.#filled(SimulationConfigContainer)])),
      atmosphereDensityProfile: new AtmosphereDensityProfile(atmosphere, { atmosphere_id: 3 }),
    };
  }

  override get outcome(): SourceOutcome {
    const lengths = { n_energy_edges: 4, n_distance_edges: 3, n_energies: 3, n_distances: 2 };
    const distribution = this.#filled(SimulatedShowerDistribution, { obsId: 7 }, lengths);
    return { ...super.outcome, simulatedShowerDistributions: new Map([[7, distribution]]) };
  }

  override open(): Promise<void> {
    return Promise.resolve();
  }

  override [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve();
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- the contract is asynchronous, this data is in memory
  override async *[Symbol.asyncIterator](): AsyncGenerator<ArrayEvent> {
    for (let i = 0; i < 6; i++) yield this.#event(i);
  }

  #event(i: number): ArrayEvent {
    const { telIds } = this.subarray;
    const seen = telIds.filter((_, position) => (i + position) % 3 !== 2);
    const event = new ArrayEvent({
      index: new EventIndexContainer({ obsId: i < 4 ? 7 : 8, eventId: 2 ** 40 + i }),
      trigger: this.#filled(TriggerContainer, { telsWithTrigger: seen }),
      simulation: new SimulatedEventContainer({ shower: this.#filled(SimulatedShowerContainer) }),
    });
    for (const telId of seen) this.#fillTelescope(event, telId);
    const { stereo } = event.dl2;
    for (const name of ['Ours', 'Theirs']) stereo.geometry.set(name, this.#filled(ReconstructedGeometryContainer));
    stereo.energy.set(
      'Forest',
      this.#filled(ReconstructedEnergyContainer, { isValid: i !== 2, reason: 'too few images' }),
    );
    stereo.particleType.set('Forest', this.#filled(ParticleClassificationContainer));
    if (i === 3) event.rejections.push({ level: 'image', telId: 2, component: 'Cleaner', reason: 'no pixel is left' });
    if (i === 5) event.rejections.push({ level: 'event', component: 'SoftwareTrigger', reason: 'x'.repeat(200) });
    return event;
  }

  #fillTelescope(event: ArrayEvent, telId: number): void {
    const { nPixels } = this.subarray.telescope(telId).camera.geometry;
    const nChannels = this.#nChannels;
    const lengths = { n_pixels: nPixels, n_channels: nChannels, 'n_channels?': nChannels };
    const samples = nChannels * nPixels * N_SAMPLES;
    event.trigger.tel.set(telId, this.#filled(TelescopeTriggerContainer));
    event.monitoring.tel.set(telId, this.#filled(TelescopeMonitoringContainer));
    event.r0.tel.set(
      telId,
      new R0CameraContainer({
        waveform: waveformsOf(
          Uint16Array.from({ length: samples }, () => this.#counter.number()),
          nChannels,
          nPixels,
          N_SAMPLES,
        ),
      }),
    );
    const waveform = Float32Array.from({ length: samples }, () => this.#counter.number() / 4);
    event.r1.tel.set(
      telId,
      this.#filled(
        R1CameraContainer,
        { waveform: waveformsOf(waveform, nChannels, nPixels, N_SAMPLES), firstCellId: undefined },
        lengths,
      ),
    );
    event.dl1.tel.set(
      telId,
      this.#filled(DL1CameraContainer, { hasChannelAxis: nChannels > 1, parameters: this.#parameters() }, lengths),
    );
    const trueParameters = this.#parameters({
      leakage: this.#filled(TrueLeakageContainer),
      intensityStatistics: this.#filled(TrueIntensityStatisticsContainer),
    });
    event.simulation?.tel.set(telId, this.#filled(SimulatedCameraContainer, { trueParameters }, lengths));
    event.muon.tel.set(telId, this.#filled(MuonTelescopeContainer));
    const results = new TelescopeReconstructedContainer();
    results.geometry.set('Disp', this.#filled(ReconstructedGeometryContainer));
    results.energy.set('Forest', this.#filled(ReconstructedEnergyContainer));
    results.particleType.set('Forest', this.#filled(ParticleClassificationContainer));
    results.disp.set('Disp', this.#filled(DispContainer));
    results.impact.set('Ours', this.#filled(TelescopeImpactParameterContainer));
    event.dl2.tel.set(telId, results);
  }

  #parameters(values: object = {}): ImageParametersContainer {
    const inCameraFrame = this.#hasCameraFrame && {
      hillas: this.#filled(CameraHillasParametersContainer),
      timing: this.#filled(CameraTimingParametersContainer),
    };
    return this.#filled(ImageParametersContainer, { ...inCameraFrame, ...values });
  }

  /** A container with a value in each field that has a column, recursively. */
  #filled<C extends Container>(
    type: ContainerClass<C>,
    values: Readonly<Record<string, unknown>> = {},
    lengths: Readonly<Record<string, number>> = {},
  ): C {
    const filled: Record<string, unknown> = {};
    for (const [name, { column, container, initial }] of Object.entries(type.fields)) {
      if (name in values) filled[name] = values[name];
      else if (column) filled[name] = this.#counter.value(column, TEL_IDS, lengths);
      else if (container && initial() instanceof container) filled[name] = this.#filled(container, {}, lengths);
    }
    return new type(filled);
  }
}

function smallArray(): SubarrayDescription {
  const camera = (name: string, nPixels: number) =>
    makeTelescope({
      name,
      cameraName: `${name}Cam`,
      pixX: Array.from({ length: nPixels }, (_, i) => (i % 3) / 16),
      pixY: Array.from({ length: nPixels }, (_, i) => Math.floor(i / 3) / 16),
      pixType: 'square',
      focalLength: 16,
    });
  const telescopes = new Map([
    [1, camera('LST', 9)],
    [2, camera('LST', 9)],
    [40, camera('MST', 12)],
  ]);
  return new SubarrayDescription({
    name: 'Small',
    telPositions: new Map([...telescopes.keys()].map((telId) => [telId, { x: telId, y: -telId, z: telId / 4 }])),
    telDescriptions: telescopes,
    referenceLocation: EarthLocation.fromItrs(5_000_000, 1_000_000, 3_000_000),
  });
}
