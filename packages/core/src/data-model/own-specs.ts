import type { TableSpec } from '@cherenkit/tables';
import { Container, field, type Rejection } from '../event/index.js';
import { containerTable, type ContainerTableSpec } from './container-table.js';
import { earlierPath, EVENT_INDEX, TELESCOPE_EVENT_INDEX } from './index-parts.js';
import { column, plainTable } from './plain-table.js';

/** Why a result of the event is not valid. */
export class ReasonContainer extends Container.withFields('', {
  /** Why the result is not valid. */
  reason: field.string('Why the result is not valid', ''),
}) {}

/** The component that rejected something, and the reason. */
export class DroppedContainer extends Container.withFields('', {
  /** Who decided so. */
  component: field.string('Who decided so', ''),
  /** Why, or the quality criterion that was not met. */
  reason: field.string('Why, or the quality criterion that was not met', ''),
}) {}

/** Size of text columns that are written row by row, bytes; longer texts are truncated. */
export const TEXT_BYTES = { component: 80, reason: 120 } as const;

function reasons(property: string): ContainerTableSpec {
  const path = `/cherenkit/dl2/event/subarray/${property}/{algorithm}`;
  return containerTable({
    path,
    ...earlierPath(path, property),
    row: 'one array event whose result is not valid',
    ids: ['obs_id', 'event_id'],
    parts: [EVENT_INDEX, { type: ReasonContainer }],
    written: ['writeDl2'],
    remark: 'for results that are not valid',
    merge: 'append',
  });
}

/** Tables of the reasons of invalid results, by property. */
export const REASONS = {
  geometry: reasons('geometry'),
  energy: reasons('energy'),
  particleType: reasons('particle_type'),
} as const;

export const REJECTED_EVENTS: ContainerTableSpec = containerTable({
  path: '/cherenkit/dl1/event/subarray/dropped',
  row: 'one rejected array event, which is in no other table',
  ids: ['obs_id', 'event_id'],
  parts: [EVENT_INDEX, { type: DroppedContainer }],
  written: [],
  remark: 'for rejected events',
  merge: 'append',
});

function rejectedOfTelescopes(place: string, row: string): ContainerTableSpec {
  return containerTable({
    path: `/cherenkit/dl1/event/telescope/${place}`,
    row,
    ids: ['obs_id', 'event_id', 'tel_id', 'component'],
    parts: [TELESCOPE_EVENT_INDEX, { type: DroppedContainer }],
    written: [],
    remark: 'for those that were rejected',
    merge: 'append',
  });
}

/** Tables of rejected telescope events, images and muon rings, by level. */
export const REJECTED_OF_TELESCOPES = {
  'telescope event': rejectedOfTelescopes('dropped', 'one rejected telescope event, which is in no other table'),
  image: rejectedOfTelescopes('images/dropped', 'one image that was rejected by a step of the analysis'),
  'muon ring': rejectedOfTelescopes('muon/dropped', 'one image without a muon ring, or one ring without an efficiency'),
} as const satisfies Record<Exclude<Rejection['level'], 'event'>, ContainerTableSpec>;

export const SKIPPED: TableSpec = plainTable({
  path: '/cherenkit/service/skipped',
  row: 'one reason',
  ids: ['reason'],
  columns: [
    column('reason', 'string', 'Why the event source skipped telescope events'),
    column('telescope_events', 'int64', 'Number of telescope events skipped'),
  ],
  written: [],
  remark: 'if telescope events were skipped',
  merge: 'sum',
});

export const FAILED: TableSpec = plainTable({
  path: '/cherenkit/service/failed',
  row: 'one component that failed for some events',
  ids: ['component', 'plugin'],
  columns: [
    column('component', 'string', 'Component that failed'),
    column('plugin', 'string', 'Plugin of the component'),
    column('count', 'int64', 'Number of events for which it failed'),
    column('first', 'string', 'Message of the first failure'),
  ],
  written: [],
  remark: 'if a component failed',
  merge: 'sum',
});

export const PLUGINS: TableSpec = plainTable({
  path: '/cherenkit/service/plugins',
  row: 'one plugin',
  ids: ['name'],
  columns: [
    column('name', 'string', 'Plugin used by the run'),
    column('package', 'string', 'npm package of the plugin'),
    column('version', 'string', 'Version of the package'),
    column('path', 'string', 'Path of the package'),
  ],
  written: [],
  merge: 'distinct',
});

export const CONFIGURATION: TableSpec = plainTable({
  path: '/cherenkit/configuration',
  row: 'one trait of a component of the run',
  ids: ['trait'],
  columns: [
    column('trait', 'string', 'Path of the component and name of the trait'),
    column('value', 'string', 'Value of the trait in this run, as JSON'),
  ],
  written: [],
  merge: 'distinct',
});

export const MERGED: TableSpec = plainTable({
  path: '/cherenkit/service/merged',
  row: 'one file that was merged into this one',
  ids: ['product_id'],
  columns: [
    column('product_id', 'string', 'Identifier of the merged file'),
    column('creation_time', 'string', 'Time at which it was created, UTC'),
    column('process_id', 'string', 'Observation blocks of its events'),
    column('activity_name', 'string', 'Name of the program that wrote it'),
    column('activity_id', 'string', 'Identifier of the run of the program'),
    column('start_time', 'string', 'Start of the run, UTC'),
    column('stop_time', 'string', 'End of the run, UTC'),
    column('software_name', 'string', 'Name of the software'),
    column('software_version', 'string', 'Version of the software'),
  ],
  written: [],
  remark: 'in merged files',
  merge: 'distinct',
});
