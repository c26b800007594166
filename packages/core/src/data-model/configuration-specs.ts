import {
  Container,
  field,
  ObservationBlockContainer,
  SchedulingBlockContainer,
  SimulationConfigContainer,
  TelescopePointingContainer,
} from '../event/index.js';
import { containerTable, type ColumnChange, type ContainerTableSpec } from './container-table.js';
import { OBS_ID } from './index-parts.js';
import { column } from './plain-table.js';

/** First columns of the table of simulation runs. Source: ctapipe's container of the same name. */
export class ExtraSimInfo extends Container.withFields('', {
  /** Simulation Run Identifier. */
  obsId: field.int32('Simulation Run Identifier'),
}) {}

/** First columns of the table of telescope pointings per observation block. In this table, telescope ids have 64 bits. */
export class TelescopeConfigurationIndexContainer extends Container.withFields('', {
  /** Observation Block ID. */
  obsId: field.int32('Observation Block ID'),
  /** Telescope ID. */
  telId: field.int64('Telescope ID'),
}) {}

export const SCHEDULING_BLOCK: ContainerTableSpec = containerTable({
  path: '/configuration/observation/scheduling_block',
  row: 'one scheduling block',
  ids: ['sb_id'],
  parts: [{ type: SchedulingBlockContainer }],
  written: [],
  merge: 'observation',
});

const EARLIER_FLOAT64 = { earlier: [{ before: 'v7.0.0', type: 'float64' }] } as const;

export const OBSERVATION_BLOCK: ContainerTableSpec = containerTable({
  path: '/configuration/observation/observation_block',
  row: 'one observation block',
  ids: ['obs_id'],
  parts: [
    {
      type: ObservationBlockContainer,
      columns: { subarrayPointingLat: EARLIER_FLOAT64, subarrayPointingLon: EARLIER_FLOAT64 },
    },
  ],
  written: [],
  merge: 'observation',
});

/** Integers that ctapipe writes as NaN if the input lacks them. */
const MAY_BE_NAN = Object.fromEntries(
  [
    'showerProgStart',
    'showerProgId',
    'detectorProgStart',
    'detectorProgId',
    'corsikaIactOptions',
    'corsikaLowEModel',
    'corsikaHighEModel',
    'corsikaLowEDetail',
    'corsikaHighEDetail',
  ].map((field) => [field, { otherTypes: ['float64'] } satisfies ColumnChange]),
);

export const SIMULATION_RUN: ContainerTableSpec = containerTable({
  path: '/configuration/simulation/run',
  row: 'the simulation of one observation block',
  ids: ['obs_id'],
  parts: [
    { type: ExtraSimInfo, columns: { obsId: OBS_ID } },
    {
      type: SimulationConfigContainer,
      columns: { runNumber: { since: 'v6.0.0' }, ...MAY_BE_NAN },
      others: [
        column('injection_height', 'float64', 'Height at which the particles started', 'm', { until: 'v6.0.0' }),
      ],
    },
  ],
  written: ['simulation'],
  merge: 'observation',
});

/** The first pointing of each telescope, which holds for the observation block in simulations with fixed telescopes. */
export const FIXED_POINTING: ContainerTableSpec = containerTable({
  path: '/configuration/telescope/pointing/{telescope}',
  row: 'the pointing of a telescope in one observation block',
  ids: ['obs_id', 'tel_id'],
  parts: [
    { type: TelescopeConfigurationIndexContainer, columns: { obsId: OBS_ID, telId: { otherTypes: ['uint16'] } } },
    {
      type: TelescopePointingContainer,
      columns: {
        azimuth: { type: 'float32', otherTypes: ['float64'] },
        altitude: { type: 'float32', otherTypes: ['float64'] },
      },
    },
  ],
  written: ['simulation'],
  merge: 'observation',
  since: 'v6.0.0',
});
