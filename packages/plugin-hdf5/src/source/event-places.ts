import {
  dataModel,
  DL1CameraContainer,
  ImageParametersContainer,
  MuonTelescopeContainer,
  SimulatedCameraContainer,
  SimulatedEventContainer,
  TelescopeReconstructedContainer,
  type ArrayEvent,
  type Container,
} from '@cherenkit/core';
import type { Placeholders } from '@cherenkit/tables';

/** Puts the containers of a row, those after the index, into an event. */
type Put = (event: ArrayEvent, containers: readonly Container[], placeholders: Placeholders) => void;

/** Table of events and the place of its rows in an event. */
export interface EventPlace {
  readonly spec: dataModel.ContainerTableSpec;
  readonly put: Put;
  /** Whether the table has rows of some events only. */
  readonly hasRowsOfSomeEvents?: boolean;
}

type PutTelescope<C extends readonly Container[]> = (event: ArrayEvent, telId: number, ...containers: C) => void;

/** The parts of the specifications declare the classes of the containers, so the casts are safe. */
function telescopePlace<C extends readonly Container[]>(
  spec: dataModel.ContainerTableSpec,
  put: PutTelescope<C>,
): EventPlace {
  return {
    spec,
    put: (event, containers, { telescope }) => put(event, Number(telescope), ...(containers as unknown as C)),
  };
}

type StereoProperty = keyof typeof dataModel.STEREO_RESULTS;
type TelescopeProperty = keyof typeof dataModel.TELESCOPE_RESULTS;

function stereoPlace(property: StereoProperty): EventPlace {
  const put: Put = ({ dl2 }, [result], { algorithm }) => {
    (dl2.stereo[property] as Map<string, Container>).set(String(algorithm), result);
  };
  return { spec: dataModel.STEREO_RESULTS[property], put };
}

/** Reasons of invalid results, which are read before. */
function reasonPlace(property: StereoProperty): EventPlace {
  const put: Put = ({ dl2 }, [container], { algorithm }) => {
    const result = dl2.stereo[property].get(String(algorithm));
    if (result) result.reason = (container as dataModel.ReasonContainer).reason;
  };
  return { spec: dataModel.REASONS[property], put, hasRowsOfSomeEvents: true };
}

function telescopeResultPlace(property: TelescopeProperty): EventPlace {
  const put: Put = ({ dl2 }, [result], { algorithm, telescope }) => {
    const results = entry(dl2.tel, Number(telescope), () => new TelescopeReconstructedContainer());
    (results[property] as Map<string, Container>).set(String(algorithm), result);
  };
  return { spec: dataModel.TELESCOPE_RESULTS[property], put };
}

type ParameterParts = Pick<
  ImageParametersContainer,
  | 'hillas'
  | 'timing'
  | 'leakage'
  | 'concentration'
  | 'morphology'
  | 'intensityStatistics'
  | 'peakTimeStatistics'
  | 'core'
>;

/** Tables with at most one row per array event. */
export const ARRAY_EVENT_PLACES: readonly EventPlace[] = [
  {
    spec: dataModel.SHOWER,
    put: ({ simulation }, [shower]) => {
      if (simulation) simulation.shower = shower as NonNullable<SimulatedEventContainer['shower']>;
    },
  },
  stereoPlace('geometry'),
  stereoPlace('energy'),
  stereoPlace('particleType'),
  reasonPlace('geometry'),
  reasonPlace('energy'),
  reasonPlace('particleType'),
];

/** Tables of one telescope with at most one row per telescope event. */
export const TELESCOPE_EVENT_PLACES: readonly EventPlace[] = [
  telescopePlace<[SimulatedCameraContainer['impact']]>(dataModel.TRUE_IMPACT, (event, telId, impact) => {
    simulated(event, telId).impact = impact;
  }),
  telescopePlace<[ArrayEvent['r0']['tel'] extends Map<number, infer C extends Container> ? C : never]>(
    dataModel.R0_WAVEFORMS,
    ({ r0 }, telId, camera) => r0.tel.set(telId, camera),
  ),
  telescopePlace<[ArrayEvent['r1']['tel'] extends Map<number, infer C extends Container> ? C : never]>(
    dataModel.R1_WAVEFORMS,
    ({ r1 }, telId, camera) => r1.tel.set(telId, camera),
  ),
  telescopePlace<[DL1CameraContainer]>(dataModel.IMAGES, ({ dl1 }, telId, camera) => dl1.tel.set(telId, camera)),
  telescopePlace<[SimulatedCameraContainer]>(dataModel.TRUE_IMAGES, (event, telId, { trueImage, trueImageSum }) => {
    Object.assign(simulated(event, telId), { trueImage, trueImageSum });
  }),
  telescopePlace<[Container, Container, Container, Container, Container, Container, Container, Container]>(
    dataModel.PARAMETERS,
    (
      { dl1 },
      telId,
      hillas,
      timing,
      leakage,
      concentration,
      morphology,
      intensityStatistics,
      peakTimeStatistics,
      core,
    ) => {
      const parts = { hillas, timing, leakage, concentration, morphology };
      const camera = entry(dl1.tel, telId, () => new DL1CameraContainer());
      camera.parameters = new ImageParametersContainer({
        ...(parts as ParameterParts),
        ...({ intensityStatistics, peakTimeStatistics, core } as ParameterParts),
      });
    },
  ),
  telescopePlace<[Container, Container, Container, Container, Container]>(
    dataModel.TRUE_PARAMETERS,
    (event, telId, hillas, leakage, concentration, morphology, intensityStatistics) => {
      const parts = { hillas, leakage, concentration, morphology, intensityStatistics };
      simulated(event, telId).trueParameters = new ImageParametersContainer(parts as unknown as ParameterParts);
    },
  ),
  telescopePlace<[Container, Container, Container]>(dataModel.MUON, ({ muon }, telId, ring, parameters, efficiency) => {
    const parts = { ring, parameters, efficiency } as Partial<MuonTelescopeContainer>;
    muon.tel.set(telId, new MuonTelescopeContainer(parts));
  }),
  telescopeResultPlace('geometry'),
  telescopeResultPlace('energy'),
  telescopeResultPlace('particleType'),
  telescopeResultPlace('disp'),
  telescopeResultPlace('impact'),
];

function simulated(event: ArrayEvent, telId: number): SimulatedCameraContainer {
  event.simulation ??= new SimulatedEventContainer();
  return entry(event.simulation.tel, telId, () => new SimulatedCameraContainer());
}

function entry<C>(map: Map<number, C>, key: number, create: () => C): C {
  let found = map.get(key);
  if (found === undefined) map.set(key, (found = create()));
  return found;
}
