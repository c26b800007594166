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

/** Rows of one table that an event has one of, or none: where its containers are in the event, the index aside. */
export interface ArrayEventRows {
  readonly of: 'array event';
  readonly spec: dataModel.ContainerTableSpec;
  readonly containers: (event: ArrayEvent) => readonly Container[] | undefined;
}

/** A table with a row for each of some telescopes: what becomes of the container that the event has of the telescope. */
export interface TelescopeTable<C extends Container = Container> {
  readonly spec: dataModel.ContainerTableSpec;
  readonly containers: (container: C, event: ArrayEvent, telId: number) => readonly Container[] | undefined;
  /** Lengths of more dimensions than `n_pixels`. */
  readonly dimensions?: (container: C, nPixels: number) => Readonly<Record<string, number>>;
  /** Whether there is only the first row of each observation block. */
  readonly isOncePerObservation?: boolean;
}

/** Rows of some tables for each telescope of an event, those of a telescope side by side. */
export interface TelescopeEventRows {
  readonly of: 'telescopes';
  readonly telescopes: (event: ArrayEvent) => ReadonlyMap<number, Container>;
  readonly tables: readonly TelescopeTable[];
}

/** Rows of one table per algorithm, of all telescopes together. */
export interface StereoResultRows {
  readonly of: 'results';
  readonly spec: dataModel.ContainerTableSpec;
  readonly results: (event: ArrayEvent) => ReadonlyMap<string, Container>;
}

/** Rows of one table per algorithm and telescope, for the results that each telescope of an event has. */
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
  ...tables: readonly TelescopeTable<C>[]
): TelescopeEventRows {
  // Each table is given the containers of these telescopes.
  return { of: 'telescopes', telescopes, tables: tables as readonly TelescopeTable<Container>[] };
}

function resultRows(property: keyof typeof dataModel.STEREO_RESULTS): StereoResultRows {
  return { of: 'results', spec: dataModel.STEREO_RESULTS[property], results: ({ dl2 }) => dl2.stereo[property] };
}

/**
 * Which rows an event adds to which tables, in the order in which they are written. Source: ctapipe 0.32 `DataWriter`.
 *
 * Rows of a telescope's tables are in the order of the events, and there is one in each of them for each telescope event, so that they
 * can be read side by side.
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

/** Images are by channel and pixel where the camera says so, also where there is one channel. */
function channelsOf({ hasChannelAxis, image }: DL1CameraContainer, nPixels: number): Readonly<Record<string, number>> {
  return hasChannelAxis && image ? { n_channels: image.length / nPixels } : {};
}

function partsOf(parameters: ImageParametersContainer): readonly Container[] {
  const { hillas, timing, leakage, concentration, morphology } = parameters;
  const { intensityStatistics, peakTimeStatistics, core } = parameters;
  return [hillas, timing, leakage, concentration, morphology, intensityStatistics, peakTimeStatistics, core];
}

/** What the simulation knows of a telescope event; the defaults where that is nothing. */
function truthOf({ simulation }: ArrayEvent, telId: number): SimulatedCameraContainer {
  return simulation?.tel.get(telId) ?? new SimulatedCameraContainer();
}

/** There are no peak times of photo-electrons. */
function truePartsOf({ trueImage, trueParameters }: SimulatedCameraContainer): readonly Container[] | undefined {
  if (!trueImage || !trueParameters) return undefined;
  const { hillas, leakage, concentration, morphology, intensityStatistics } = trueParameters;
  return [hillas, leakage, concentration, morphology, intensityStatistics];
}

function muonParts({ ring, parameters, efficiency }: MuonTelescopeContainer): readonly Container[] {
  return [ring, parameters, efficiency];
}

/** The index that the rows of a table begin with. */
export function indexOf(spec: dataModel.ContainerTableSpec): Container {
  const [{ type }] = spec.parts;
  if (type === EventIndexContainer) return new EventIndexContainer();
  if (type === TelEventIndexContainer) return new TelEventIndexContainer();
  return new dataModel.TelescopeConfigurationIndexContainer();
}
