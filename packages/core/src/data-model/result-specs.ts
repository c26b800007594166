import {
  DispContainer,
  ParticleClassificationContainer,
  ReconstructedEnergyContainer,
  ReconstructedGeometryContainer,
  TelescopeImpactParameterContainer,
  type ContainerClass,
} from '../event/index.js';
import { containerTable, type ColumnChange, type ContainerTableSpec } from './container-table.js';
import { earlierPath, EVENT_INDEX, TELESCOPE_EVENT_INDEX } from './index-parts.js';

type Changes = Readonly<Record<string, ColumnChange>>;

const GEOMETRY_CHANGES: Changes = { angDistanceUncert: { since: 'v5.0.0' } };

function stereoResult(property: string, type: ContainerClass, columns: Changes = {}): ContainerTableSpec {
  const path = `/dl2/event/subarray/${property}/{algorithm}`;
  return containerTable({
    path,
    ...earlierPath(path, property),
    row: 'one array event',
    ids: ['obs_id', 'event_id'],
    parts: [EVENT_INDEX, { type, prefix: '{algorithm}', columns }],
    written: ['writeDl2'],
    merge: 'append',
    isExtensible: true,
  });
}

function telescopeResult(
  property: string,
  type: ContainerClass,
  columns: Changes = {},
  prefix = '{algorithm}_tel',
): ContainerTableSpec {
  const path = `/dl2/event/telescope/${property}/{algorithm}/{telescope}`;
  return containerTable({
    path,
    ...earlierPath(path, property),
    row: 'one telescope event',
    ids: ['obs_id', 'event_id', 'tel_id'],
    parts: [TELESCOPE_EVENT_INDEX, { type, prefix, omit: ['telescopes'], columns }],
    written: ['writeDl2'],
    merge: 'append',
    isExtensible: true,
  });
}

/** Stereo results, by property. */
export const STEREO_RESULTS = {
  geometry: stereoResult('geometry', ReconstructedGeometryContainer, GEOMETRY_CHANGES),
  energy: stereoResult('energy', ReconstructedEnergyContainer),
  particleType: stereoResult('particle_type', ParticleClassificationContainer),
} as const;

const impactBefore5 = (name: string): ColumnChange => ({
  earlier: [{ before: 'v5.0.0', name: `{algorithm}_tel_${name}` }],
});

/** Results of one telescope, by property. */
export const TELESCOPE_RESULTS = {
  geometry: telescopeResult('geometry', ReconstructedGeometryContainer, GEOMETRY_CHANGES),
  energy: telescopeResult('energy', ReconstructedEnergyContainer),
  particleType: telescopeResult('particle_type', ParticleClassificationContainer),
  disp: telescopeResult('disp', DispContainer),
  impact: telescopeResult(
    'impact',
    TelescopeImpactParameterContainer,
    { distance: impactBefore5('distance'), distanceUncert: impactBefore5('distance_uncert') },
    '{algorithm}_tel_impact',
  ),
} as const;
