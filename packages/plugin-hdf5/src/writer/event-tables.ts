import {
  Container,
  field,
  SimulatedCameraContainer,
  TelEventIndexContainer,
  type ArrayEvent,
  type Container as AnyContainer,
  type ImageParametersContainer,
  type SubarrayDescription,
} from '@cherenkit/core';
import type { ContainerTables, TableLayout } from './container-tables.js';
import type { FixedPoint } from './fixed-point.js';

/** Which levels of an event are written, and how. */
export interface EventTableOptions {
  readonly r0Waveforms: boolean;
  readonly r1Waveforms: boolean;
  readonly dl1Images: boolean;
  readonly dl1Parameters: boolean;
  readonly muons: boolean;
  readonly dl2: boolean;
  readonly isSimulation: boolean;
  readonly waveform?: FixedPoint | undefined;
  readonly image?: FixedPoint | undefined;
  readonly peakTime?: FixedPoint | undefined;
}

/** Of a telescope's pointing during an observation block; the file has the id with 64 bits here. */
class TelescopeConfigurationIndexContainer extends Container.withFields('', {
  obsId: field.int32('Observation block'),
  telId: field.int64('Telescope'),
}) {}

const FIXED_POINTING: TableLayout = { columns: { azimuth: { type: 'float32' }, altitude: { type: 'float32' } } };

const RAW_WAVEFORMS: TableLayout = { columns: { waveform: { waveforms: true } } };

const TRUE_IMPACT: TableLayout = { prefixes: ['', 'true_impact'] };

// True images are whole numbers, of which ctapipe computes fractions with 64 bits.
const TRUE_PARAMETER_COLUMNS = {
  intensityWidth_1: { type: 'float64' },
  intensityWidth_2: { type: 'float64' },
} as const;

/**
 * The tables of the events: which container goes where, under which names. Source: ctapipe 0.32 `DataWriter`.
 *
 * Rows of a telescope's tables are in the order of the events, and there is one in each of them for each telescope
 * event, so that they can be read side by side.
 */
export class EventTables {
  readonly #tables: ContainerTables;
  readonly #options: EventTableOptions;
  readonly #r1Layout: TableLayout;
  readonly #trueImageLayout: TableLayout;
  readonly #imageLayouts: ReadonlyMap<number, TableLayout>;
  readonly #imagesOfChannelsLayouts: ReadonlyMap<number, TableLayout>;
  /** Telescopes of each observation block whose pointing is written. */
  readonly #pointed = new Map<number, Set<number>>();

  constructor(tables: ContainerTables, subarray: SubarrayDescription, options: EventTableOptions) {
    this.#tables = tables;
    this.#options = options;
    const { image, peakTime, waveform } = options;
    this.#r1Layout = { columns: { waveform: { waveforms: true, ...(waveform && { fixedPoint: waveform }) } } };
    this.#trueImageLayout = { omit: options.dl1Images ? [] : ['trueImage'] };
    const omit = options.dl1Parameters ? [] : ['imageMask'];
    const layoutsOf = (hasTwoDimensions?: true): ReadonlyMap<number, TableLayout> =>
      new Map(
        Array.from(subarray.tel, ([telId, { camera }]) => {
          const shape = { lastDimension: camera.geometry.nPixels, ...(hasTwoDimensions && { hasTwoDimensions }) };
          const columns = {
            image: { ...shape, ...(image && { fixedPoint: image }) },
            peakTime: { ...shape, ...(peakTime && { fixedPoint: peakTime }) },
          };
          return [telId, { omit, columns }];
        }),
      );
    this.#imageLayouts = layoutsOf();
    this.#imagesOfChannelsLayouts = layoutsOf(true);
  }

  /** Adds the rows of an event. */
  write(event: ArrayEvent): void {
    const { r0Waveforms, r1Waveforms, muons, dl2, isSimulation } = this.#options;
    this.#writeTrigger(event);
    if (isSimulation) this.#writeFixedPointing(event);
    this.#writeShower(event);
    if (r1Waveforms) this.#writeTelescopes(event, event.r1.tel, '/r1/event/telescope', this.#r1Layout);
    if (r0Waveforms) this.#writeTelescopes(event, event.r0.tel, '/r0/event/telescope', RAW_WAVEFORMS);
    this.#writeDl1(event);
    if (muons) this.#writeMuons(event);
    if (dl2) this.#writeDl2(event);
  }

  #writeTrigger(event: ArrayEvent): void {
    this.#tables.write('/dl1/event/subarray/trigger', [event.index, event.trigger]);
    for (const [telId, trigger] of event.trigger.tel) {
      this.#tables.write('/dl1/event/telescope/trigger', [telescopeIndex(event, telId), trigger]);
    }
  }

  // Where telescopes do not move, the first pointing known of each holds for the observation block.
  #writeFixedPointing({ index: { obsId }, monitoring }: ArrayEvent): void {
    const pointed = this.#pointed.get(obsId) ?? new Set<number>();
    this.#pointed.set(obsId, pointed);
    for (const [telId, { pointing }] of monitoring.tel) {
      if (pointed.has(telId)) continue;
      pointed.add(telId);
      const index = new TelescopeConfigurationIndexContainer({ obsId, telId });
      this.#tables.write(telescopePath('/configuration/telescope/pointing', telId), [index, pointing], FIXED_POINTING);
    }
  }

  #writeShower(event: ArrayEvent): void {
    const { index, simulation } = event;
    if (!simulation?.shower) return;
    this.#tables.write('/simulation/event/subarray/shower', [index, simulation.shower]);
    for (const [telId, { impact }] of simulation.tel) {
      const path = telescopePath('/simulation/event/telescope/impact', telId);
      this.#tables.write(path, [telescopeIndex(event, telId), impact], TRUE_IMPACT);
    }
  }

  #writeTelescopes(
    event: ArrayEvent,
    tel: ReadonlyMap<number, AnyContainer>,
    group: string,
    layout: TableLayout,
  ): void {
    for (const [telId, container] of tel) {
      this.#tables.write(telescopePath(group, telId), [telescopeIndex(event, telId), container], layout);
    }
  }

  #writeDl1(event: ArrayEvent): void {
    const { dl1Images, dl1Parameters, isSimulation } = this.#options;
    for (const [telId, camera] of event.dl1.tel) {
      const index = telescopeIndex(event, telId);
      if (dl1Parameters && camera.parameters) {
        const path = telescopePath('/dl1/event/telescope/parameters', telId);
        this.#tables.write(path, [index, ...parts(camera.parameters)]);
      }
      if (dl1Images) {
        const path = telescopePath('/dl1/event/telescope/images', telId);
        const layouts = camera.hasChannelAxis ? this.#imagesOfChannelsLayouts : this.#imageLayouts;
        this.#tables.write(path, [index, camera], layouts.get(telId));
      }
      if (isSimulation) this.#writeTruth(event, telId, index);
    }
  }

  #writeTruth(event: ArrayEvent, telId: number, index: TelEventIndexContainer): void {
    const camera = event.simulation?.tel.get(telId) ?? new SimulatedCameraContainer();
    const path = telescopePath('/simulation/event/telescope/images', telId);
    this.#tables.write(path, [index, camera], this.#trueImageLayout);
    if (!this.#options.dl1Parameters || !camera.trueImage || !camera.trueParameters) return;
    const { hillas, leakage, concentration, morphology, intensityStatistics } = camera.trueParameters;
    // There are no peak times of photo-electrons.
    const truth = [hillas, leakage, concentration, morphology, intensityStatistics];
    const prefixes = ['', ...truth.map(({ prefix }) => `true_${prefix}`)];
    const layout = { prefixes, columns: TRUE_PARAMETER_COLUMNS };
    this.#tables.write(telescopePath('/simulation/event/telescope/parameters', telId), [index, ...truth], layout);
  }

  #writeMuons(event: ArrayEvent): void {
    for (const [telId, { ring, parameters, efficiency }] of event.muon.tel) {
      const path = telescopePath('/dl1/event/telescope/muon', telId);
      this.#tables.write(path, [telescopeIndex(event, telId), ring, parameters, efficiency]);
    }
  }

  #writeDl2(event: ArrayEvent): void {
    const { stereo, tel } = event.dl2;
    for (const [telId, { geometry, energy, particleType, disp, impact }] of tel) {
      const index = telescopeIndex(event, telId);
      const properties = { geometry, energy, particle_type: particleType, disp, impact };
      for (const [property, results] of Object.entries(properties)) {
        for (const [algorithm, result] of results) {
          const path = telescopePath(`/dl2/event/telescope/${property}/${algorithm}`, telId);
          const prefix = property === 'impact' ? `${algorithm}_tel_impact` : `${algorithm}_tel`;
          this.#tables.write(path, [index, result], { prefixes: ['', prefix], omit: ['telescopes'] });
        }
      }
    }
    const properties = { geometry: stereo.geometry, energy: stereo.energy, particle_type: stereo.particleType };
    for (const [property, results] of Object.entries(properties)) {
      for (const [algorithm, result] of results) {
        const path = `/dl2/event/subarray/${property}/${algorithm}`;
        this.#tables.write(path, [event.index, result], { prefixes: ['', algorithm] });
      }
    }
  }
}

function telescopeIndex({ index: { obsId, eventId } }: ArrayEvent, telId: number): TelEventIndexContainer {
  return new TelEventIndexContainer({ obsId, eventId, telId });
}

function telescopePath(group: string, telId: number): string {
  return `${group}/tel_${String(telId).padStart(3, '0')}`;
}

function parts(parameters: ImageParametersContainer): AnyContainer[] {
  const { hillas, timing, leakage, concentration, morphology, intensityStatistics, peakTimeStatistics, core } =
    parameters;
  return [hillas, timing, leakage, concentration, morphology, intensityStatistics, peakTimeStatistics, core];
}
