import {
  dataModel,
  EventIndexContainer,
  SimulatedCameraContainer,
  TelEventIndexContainer,
  type ArrayEvent,
  type Container,
  type DL1CameraContainer,
  type ImageParametersContainer,
  type MuonTelescopeContainer,
} from '@cherenkit/core';

/** A table with at most one row per array event. `containers` returns those that follow the index. */
export interface ArrayEventRows {
  readonly of: 'array event';
  readonly spec: dataModel.ContainerTableSpec;
  readonly containers: (event: ArrayEvent) => readonly Container[] | undefined;
}

/** A table with a row per telescope event. `containers` returns those that follow the index, given the telescope's container. */
export interface TelescopeTypes<C extends Container = Container> {
  readonly spec: dataModel.ContainerTableSpec;
  readonly containers: (container: C, event: ArrayEvent, telId: number) => readonly Container[] | undefined;
  /** Lengths of more dimensions than `n_pixels`. */
  readonly dimensions?: (container: C, nPixels: number) => Readonly<Record<string, number>>;
  /** Whether only the first row of each observation block is written. */
  readonly isOncePerObservation?: boolean;
}

/** Tables with rows for the same telescopes; their rows are written telescope by telescope. */
export interface TelescopeEventRows {
  readonly of: 'telescopes';
  readonly telescopes: (event: ArrayEvent) => ReadonlyMap<number, Container>;
  readonly tables: readonly TelescopeTypes[];
}

/** Tables of stereo results, one per algorithm. */
export interface StereoResultRows {
  readonly of: 'results';
  readonly spec: dataModel.ContainerTableSpec;
  readonly results: (event: ArrayEvent) => ReadonlyMap<string, Container>;
}

/** Tables of results of single telescopes, one per property, algorithm and telescope. */
export interface TelescopeResultRows {
  readonly of: 'telescope results';
  readonly properties: readonly (keyof typeof dataModel.TELESCOPE_RESULTS)[];
}

export type EventRows = ArrayEventRows | TelescopeEventRows | StereoResultRows | TelescopeResultRows;

const NONE: ReadonlyMap<number, Container> = new Map<number, never>();

function arrayRows(spec: dataModel.ContainerTableSpec, containers: ArrayEventRows['containers']): ArrayEventRows {
  return { of: 'array event', spec, containers };
}

function telescopeRows<C extends Container>(
  telescopes: (event: ArrayEvent) => ReadonlyMap<number, C>,
  ...tables: readonly TelescopeTypes<C>[]
): TelescopeEventRows {
  // Each table is given the containers of these telescopes.
  return { of: 'telescopes', telescopes, tables: tables as readonly TelescopeTypes<Container>[] };
}

function resultRows(property: keyof typeof dataModel.STEREO_RESULTS): StereoResultRows {
  return { of: 'results', spec: dataModel.STEREO_RESULTS[property], results: ({ dl2 }) => dl2.stereo[property] };
}

/**
 * The tables of events and where their rows are in an event, in the order of writing. Source: ctapipe 0.32 `DataWriter`.
 *
 * The tables of a telescope have one row per telescope event, in the order of the events, so that they can be read side by side.
 */
export const EVENT_ROWS: readonly EventRows[] = [
  arrayRows(dataModel.SUBARRAY_TRIGGER, ({ trigger }) => [trigger]),
  telescopeRows(({ trigger }) => trigger.tel, { spec: dataModel.TELESCOPE_TRIGGER, containers: itself }),
  telescopeRows(({ monitoring }) => monitoring.tel, {
    spec: dataModel.FIXED_POINTING,
    containers: ({ pointing }) => [pointing],
    isOncePerObservation: true,
  }),
  arrayRows(dataModel.SHOWER, ({ simulation }) => simulation?.shower && [simulation.shower]),
  telescopeRows(({ simulation }) => (simulation?.shower ? simulation.tel : (NONE as Map<number, never>)), {
    spec: dataModel.TRUE_IMPACT,
    containers: ({ impact }) => [impact],
  }),
  telescopeRows(({ r1 }) => r1.tel, { spec: dataModel.R1_WAVEFORMS, containers: itself }),
  telescopeRows(({ r0 }) => r0.tel, { spec: dataModel.R0_WAVEFORMS, containers: itself }),
  telescopeRows(
    ({ dl1 }) => dl1.tel,
    { spec: dataModel.PARAMETERS, containers: ({ parameters }) => parameters && partsOf(parameters) },
    { spec: dataModel.IMAGES, containers: itself, dimensions: channelsOf },
    { spec: dataModel.TRUE_IMAGES, containers: (_, event, telId) => [truthOf(event, telId)] },
    { spec: dataModel.TRUE_PARAMETERS, containers: (_, event, telId) => truePartsOf(truthOf(event, telId)) },
  ),
  telescopeRows(({ muon }) => muon.tel, { spec: dataModel.MUON, containers: muonParts }),
  { of: 'telescope results', properties: ['geometry', 'energy', 'particleType', 'disp', 'impact'] },
  resultRows('geometry'),
  resultRows('energy'),
  resultRows('particleType'),
];

function itself(container: Container): readonly Container[] {
  return [container];
}

/** The number of channels of images that have an axis for them. */
function channelsOf({ hasChannelAxis, image }: DL1CameraContainer, nPixels: number): Readonly<Record<string, number>> {
  return hasChannelAxis && image ? { n_channels: image.length / nPixels } : {};
}

function partsOf(parameters: ImageParametersContainer): readonly Container[] {
  const { hillas, timing, leakage, concentration, morphology } = parameters;
  const { intensityStatistics, peakTimeStatistics, core } = parameters;
  return [hillas, timing, leakage, concentration, morphology, intensityStatistics, peakTimeStatistics, core];
}

/** The truth for a telescope event; default values if there is none. */
function truthOf({ simulation }: ArrayEvent, telId: number): SimulatedCameraContainer {
  return simulation?.tel.get(telId) ?? new SimulatedCameraContainer();
}

/** There are no true peak times. */
function truePartsOf({ trueImage, trueParameters }: SimulatedCameraContainer): readonly Container[] | undefined {
  if (!trueImage || !trueParameters) return undefined;
  const { hillas, leakage, concentration, morphology, intensityStatistics } = trueParameters;
  return [hillas, leakage, concentration, morphology, intensityStatistics];
}

function muonParts({ ring, parameters, efficiency }: MuonTelescopeContainer): readonly Container[] {
  return [ring, parameters, efficiency];
}

/** A new index container for the rows of a table. */
export function indexOf(spec: dataModel.ContainerTableSpec): Container {
  const [{ type }] = spec.parts;
  if (type === EventIndexContainer) return new EventIndexContainer();
  if (type === TelEventIndexContainer) return new TelEventIndexContainer();
  return new dataModel.TelescopeConfigurationIndexContainer();
}
