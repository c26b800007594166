import type { TableSpec } from '@cherenkit/tables';
import {
  ConcentrationContainer,
  CameraHillasParametersContainer,
  HillasParametersContainer,
  MorphologyContainer,
  SimulatedCameraContainer,
  SimulatedShowerContainer,
  SimulatedShowerDistribution,
  TelescopeImpactParameterContainer,
  TrueIntensityStatisticsContainer,
  TrueLeakageContainer,
} from '../event/index.js';
import { containerTable, type ContainerTableSpec } from './container-table.js';
import { EVENT_INDEX, OBS_ID, TELESCOPE_EVENT, TELESCOPE_EVENT_INDEX } from './index-parts.js';
import { column, plainTable } from './plain-table.js';

export const SHOWER: ContainerTableSpec = containerTable({
  path: '/simulation/event/subarray/shower',
  row: 'one array event',
  ids: ['obs_id', 'event_id'],
  parts: [EVENT_INDEX, { type: SimulatedShowerContainer, columns: { startingGrammage: { since: 'v6.0.0' } } }],
  written: ['simulation'],
  remark: 'for events of showers',
  merge: 'append',
});

export const TRUE_IMPACT: ContainerTableSpec = containerTable({
  ...TELESCOPE_EVENT,
  path: '/simulation/event/telescope/impact/{telescope}',
  parts: [TELESCOPE_EVENT_INDEX, { type: TelescopeImpactParameterContainer, prefix: 'true_impact' }],
  written: ['simulation'],
  remark: 'for events of showers',
});

export const TRUE_IMAGES: ContainerTableSpec = containerTable({
  ...TELESCOPE_EVENT,
  path: '/simulation/event/telescope/images/{telescope}',
  parts: [
    TELESCOPE_EVENT_INDEX,
    {
      type: SimulatedCameraContainer,
      columns: {
        // ctapipe writes float64 if the input has only sums of photo-electrons.
        trueImageSum: { otherTypes: ['int64', 'float64'] },
        trueImage: { written: ['writeDl1Images'], isOptional: true },
      },
    },
  ],
  written: ['simulation'],
  remark: 'if images are computed',
});

/** ctapipe computes fractions of true images, which are whole numbers, in float64; there are no true peak times. */
export const TRUE_PARAMETERS: ContainerTableSpec = containerTable({
  ...TELESCOPE_EVENT,
  path: '/simulation/event/telescope/parameters/{telescope}',
  parts: [
    TELESCOPE_EVENT_INDEX,
    {
      type: { 'telescope frame': HillasParametersContainer, 'camera frame': CameraHillasParametersContainer },
      beforePrefix: 'true',
      columns: { psiUncertainty: { since: 'v7.1.0' }, transverseCogUncertainty: { since: 'v7.1.0' } },
    },
    {
      type: TrueLeakageContainer,
      beforePrefix: 'true',
      columns: {
        // In ctapipe, of the first event of the telescope: float32 if it has no true image.
        intensityWidth_1: { type: 'float64', otherTypes: ['float32'] },
        intensityWidth_2: { type: 'float64', otherTypes: ['float32'] },
      },
    },
    { type: ConcentrationContainer, beforePrefix: 'true' },
    { type: MorphologyContainer, beforePrefix: 'true' },
    { type: TrueIntensityStatisticsContainer, beforePrefix: 'true' },
  ],
  written: ['simulation', 'writeDl1Parameters'],
  remark: 'if the input has true images',
});

export const SHOWER_DISTRIBUTION: ContainerTableSpec = containerTable({
  path: '/simulation/service/shower_distribution',
  row: 'the simulated showers of one observation block',
  ids: ['obs_id', 'hist_id'],
  parts: [
    {
      type: SimulatedShowerDistribution,
      // sim_telarray stores float32; of a histogram without entries it stores nothing, and ctapipe's zeros are float64.
      columns: { obsId: OBS_ID, histogram: { type: 'float32', otherTypes: ['float64'] } },
    },
  ],
  written: ['simulation'],
  remark: 'if the input has it',
  merge: 'append',
});

export const ATMOSPHERE: TableSpec = plainTable({
  path: '/simulation/service/atmosphere_density_profile',
  row: 'one height',
  ids: ['height'],
  columns: [
    column('height', 'float64', 'Height above sea level', 'km'),
    column('density', 'float64', 'Density of the air', 'g.cm**-3'),
    column('column_density', 'float64', 'Column density of the air above', 'g.cm**-2'),
  ],
  written: ['simulation'],
  remark: 'if the input has it',
  merge: 'equal',
  since: 'v5.0.0',
});
