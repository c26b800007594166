import { EventIndexContainer, TelEventIndexContainer } from '../event/index.js';
import type { ColumnChange, ContainerPart, ContainerTableSpec } from './container-table.js';

/** ctapipe writes `obs_id` with 64 bits if the user chose it (`override_obs_id`). */
export const OBS_ID: ColumnChange = { otherTypes: ['int64'] };

/** The first columns of tables of array events. */
export const EVENT_INDEX: ContainerPart = { type: EventIndexContainer, columns: { obsId: OBS_ID } };

/** The first columns of tables of telescope events. */
export const TELESCOPE_EVENT_INDEX: ContainerPart = {
  type: TelEventIndexContainer,
  // ctapipe-apply-models writes ids of telescopes with 32 bits.
  columns: { obsId: OBS_ID, telId: { otherTypes: ['int32'] } },
};

/** Properties shared by all tables of telescope events. */
export const TELESCOPE_EVENT = {
  row: 'one telescope event',
  ids: ['obs_id', 'event_id', 'tel_id'],
  merge: 'append',
} as const;

/** Files before v7.2.0 have `classification` instead of `particle_type` in the paths of results. */
export function earlierPath(path: string, property: string): Pick<ContainerTableSpec, 'earlierPath'> {
  if (property !== 'particle_type') return {};
  return { earlierPath: { before: 'v7.2.0', path: path.replace('particle_type', 'classification') } };
}
