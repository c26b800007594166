import { EventIndexContainer, TelEventIndexContainer } from '../event/index.js';
import type { ColumnChange, ContainerPart } from './container-table.js';

/** ctapipe writes ids of observation blocks with 64 bits where the user chose them (`override_obs_id`). */
export const OBS_ID: ColumnChange = { otherTypes: ['int64'] };

/** What the rows of array events begin with. */
export const EVENT_INDEX: ContainerPart = { type: EventIndexContainer, columns: { obsId: OBS_ID } };

/** What the rows of telescope events begin with. */
export const TELESCOPE_EVENT_INDEX: ContainerPart = {
  type: TelEventIndexContainer,
  // ctapipe-apply-models writes ids of telescopes with 32 bits.
  columns: { obsId: OBS_ID, telId: { otherTypes: ['int32'] } },
};

/** What the tables of telescope events have in common. */
export const TELESCOPE_EVENT = {
  row: 'one telescope event',
  ids: ['obs_id', 'event_id', 'tel_id'],
  merge: 'append',
} as const;
