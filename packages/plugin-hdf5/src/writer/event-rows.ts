import {
  dataModel,
  EventIndexContainer,
  EventType,
  SimulatedCameraContainer,
  SimulatedShowerContainer,
  TelEventIndexContainer,
  type ArrayEvent,
  type Container,
  type DL1CameraContainer,
  type ImageParametersContainer,
  type MuonTelescopeContainer,
} from '@cherenkit/core';

/** Table with at most one row per array event. `containers` returns the containers after the index; undefined for no row. */
export interface ArrayEventRows {
  readonly kind: 'array event';
  readonly spec: dataModel.ContainerTableSpec;
  readonly containers: (event: ArrayEvent) => readonly Container[] | undefined;
}

/**
 * Table with at most one row per telescope event. `containers` returns the containers after the index, given the container
 * of the telescope; undefined for no row.
 */
export interface TelescopeTable<C extends Container = Container> {
  readonly spec: dataModel.ContainerTableSpec;
  readonly containers: (container: C, event: ArrayEvent, telId: number) => readonly Container[] | undefined;
  /** Sizes of dimensions other than `n_pixels`. */
  readonly dimensions?: (container: C, nPixels: number) => Readonly<Record<string, number>>;
  /** Whether to write only the first row of each observation block. */
  readonly isOncePerObservation?: boolean;
}

/** Tables with rows for the same telescopes, written telescope by telescope. */
export interface TelescopeEventRows {
  readonly kind: 'telescopes';
  readonly telescopes: (event: ArrayEvent) => ReadonlyMap<number, Container>;
  readonly tables: readonly TelescopeTable[];
}

/** Tables of stereo results, one per algorithm. */
export interface StereoResultRows {
  readonly kind: 'results';
  readonly spec: dataModel.ContainerTableSpec;
  readonly results: (event: ArrayEvent) => ReadonlyMap<string, Container>;
}

/** Tables of telescope-wise results, one per property, algorithm and telescope. */
export interface TelescopeResultRows {
  readonly kind: 'telescope results';
  readonly properties: readonly (keyof typeof dataModel.TELESCOPE_RESULTS)[];
}

/** Table or tables of events, and where their rows are in an event. */
export type EventRows = ArrayEventRows | TelescopeEventRows | StereoResultRows | TelescopeResultRows;

const NONE: ReadonlyMap<number, Container> = new Map<number, never>();

function arrayRows(spec: dataModel.ContainerTableSpec, containers: ArrayEventRows['containers']): ArrayEventRows {
  return { kind: 'array event', spec, containers };
}

function telescopeRows<C extends Container>(
  telescopes: (event: ArrayEvent) => ReadonlyMap<number, C>,
  ...tables: readonly TelescopeTable<C>[]
): TelescopeEventRows {
  // The cast is safe: each table receives only containers of these telescopes.
  return { kind: 'telescopes', telescopes, tables: tables as readonly TelescopeTable<Container>[] };
}

function resultRows(property: keyof typeof dataModel.STEREO_RESULTS): StereoResultRows {
  return { kind: 'results', spec: dataModel.STEREO_RESULTS[property], results: ({ dl2 }) => dl2.stereo[property] };
}

/**
 * Tables of events and where their rows are in an event, in writing order. Source: ctapipe 0.32 `DataWriter`.
 *
 * Tables of a telescope have one row per telescope event, in event order, so that rows correspond across tables.
 */
export const EVENT_ROWS: readonly EventRows[] = [
  arrayRows(dataModel.SUBARRAY_TRIGGER, ({ trigger }) => [trigger]),
  telescopeRows(({ trigger }) => trigger.tel, { spec: dataModel.TELESCOPE_TRIGGER, containers: containerItself }),
  telescopeRows(({ monitoring }) => monitoring.tel, {
    spec: dataModel.FIXED_POINTING,
    containers: ({ pointing }) => [pointing],
    isOncePerObservation: true,
  }),
  arrayRows(dataModel.SHOWER, trueShower),
  telescopeRows(({ simulation }) => (simulation?.shower ? simulation.tel : (NONE as Map<number, never>)), {
    spec: dataModel.TRUE_IMPACT,
    containers: ({ impact }) => [impact],
  }),
  telescopeRows(({ r1 }) => r1.tel, { spec: dataModel.R1_WAVEFORMS, containers: containerItself }),
  telescopeRows(({ r0 }) => r0.tel, { spec: dataModel.R0_WAVEFORMS, containers: containerItself }),
  telescopeRows(
    ({ dl1 }) => dl1.tel,
    { spec: dataModel.PARAMETERS, containers: ({ parameters }) => parameters && parameterParts(parameters) },
    { spec: dataModel.IMAGES, containers: containerItself, dimensions: channelDimension },
    { spec: dataModel.TRUE_IMAGES, containers: (_, event, telId) => [simulatedCamera(event, telId)] },
    {
      spec: dataModel.TRUE_PARAMETERS,
      containers: (_, event, telId) => trueParameterParts(simulatedCamera(event, telId)),
    },
  ),
  telescopeRows(({ muon }) => muon.tel, { spec: dataModel.MUON, containers: muonParts }),
  { kind: 'telescope results', properties: ['geometry', 'energy', 'particleType', 'disp', 'impact'] },
  resultRows('geometry'),
  resultRows('energy'),
  resultRows('particleType'),
];

/**
 * The true shower. If a simulation lacks that of an event, default values: ctapipe reads a row for each event. Calibration
 * events have none.
 */
function trueShower({ simulation, trigger }: ArrayEvent): readonly Container[] | undefined {
  if (simulation?.shower) return [simulation.shower];
  return simulation && trigger.eventType === EventType.SUBARRAY ? [new SimulatedShowerContainer()] : undefined;
}

function containerItself(container: Container): readonly Container[] {
  return [container];
}

/** Number of channels of images with a channel axis. */
function channelDimension(
  { hasChannelAxis, image }: DL1CameraContainer,
  nPixels: number,
): Readonly<Record<string, number>> {
  return hasChannelAxis && image ? { n_channels: image.length / nPixels } : {};
}

function parameterParts(parameters: ImageParametersContainer): readonly Container[] {
  const { hillas, timing, leakage, concentration, morphology } = parameters;
  const { intensityStatistics, peakTimeStatistics, core } = parameters;
  return [hillas, timing, leakage, concentration, morphology, intensityStatistics, peakTimeStatistics, core];
}

/** Simulated camera data of a telescope event; default values if missing. */
function simulatedCamera({ simulation }: ArrayEvent, telId: number): SimulatedCameraContainer {
  return simulation?.tel.get(telId) ?? new SimulatedCameraContainer();
}

/** Containers of the true image parameters; true peak times do not exist. The images themselves may be missing. */
function trueParameterParts({ trueParameters }: SimulatedCameraContainer): readonly Container[] | undefined {
  if (!trueParameters) return undefined;
  const { hillas, leakage, concentration, morphology, intensityStatistics } = trueParameters;
  return [hillas, leakage, concentration, morphology, intensityStatistics];
}

function muonParts({ ring, parameters, efficiency }: MuonTelescopeContainer): readonly Container[] {
  return [ring, parameters, efficiency];
}

/** Creates the index container of a table's rows. */
export function indexOf(spec: dataModel.ContainerTableSpec): Container {
  const [{ type }] = spec.parts;
  if (type === EventIndexContainer) return new EventIndexContainer();
  if (type === TelEventIndexContainer) return new TelEventIndexContainer();
  return new dataModel.TelescopeConfigurationIndexContainer();
}
