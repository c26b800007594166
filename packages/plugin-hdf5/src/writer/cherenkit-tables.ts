import {
  Container,
  field,
  TelEventIndexContainer,
  type ArrayEvent,
  type ComponentFailure,
  type Json,
  type Provenance,
  type QualityStatistics,
  type RunOutcome,
} from '@cherenkit/core';
import type { Hdf5Writer } from '../hdf5/index.js';
import { writeColumns } from './column-table.js';
import type { ContainerTables, TableLayout } from './container-tables.js';
import { writeStatistics } from './statistics-table.js';

/** Where everything lies that ctapipe's data model does not have. */
const GROUP = '/cherenkit';

/** Why a result of the event is not valid. */
class ReasonContainer extends Container.withFields('', {
  reason: field.string('Why the result is not valid', ''),
}) {}

const REASON: TableLayout = { columns: { reason: { maxLength: 120 } } };

/** The component that rejected something, and the reason. */
class DroppedContainer extends Container.withFields('', {
  component: field.string('Who decided so', ''),
  reason: field.string('Why, or the quality criterion that was not met', ''),
}) {}

const REJECTION_LAYOUT: TableLayout = { columns: { component: { maxLength: 80 }, reason: { maxLength: 120 } } };

/** The end of the path of the table of rejections, by their level. */
const REJECTED_BY_LEVEL = {
  event: 'dropped',
  'telescope event': 'dropped',
  image: 'images/dropped',
  'muon ring': 'muon/dropped',
} as const;

/** Writes the rejections of an event: of itself, its telescope events, their images, muon rings in these. */
export function writeRejections(tables: ContainerTables, { index, rejections }: ArrayEvent): void {
  const { obsId, eventId } = index;
  for (const { level, telId, component, reason } of rejections) {
    const container = new DroppedContainer({ component, reason });
    if (telId === undefined) tables.write(`${GROUP}/dl1/event/subarray/dropped`, [index, container], REJECTION_LAYOUT);
    else {
      const path = `${GROUP}/dl1/event/telescope/${REJECTED_BY_LEVEL[level]}`;
      tables.write(path, [new TelEventIndexContainer({ obsId, eventId, telId }), container], REJECTION_LAYOUT);
    }
  }
}

/** Writes for results that are not valid why that is so, below `/cherenkit` at the place of the result's table. */
export function writeReasons(tables: ContainerTables, { index, dl2: { stereo } }: ArrayEvent): void {
  const properties = { geometry: stereo.geometry, energy: stereo.energy, particle_type: stereo.particleType };
  for (const [property, results] of Object.entries(properties)) {
    for (const [algorithm, { isValid, reason }] of results) {
      if (isValid || reason === undefined) continue;
      const path = `${GROUP}/dl2/event/subarray/${property}/${algorithm}`;
      tables.write(path, [index, new ReasonContainer({ reason })], REASON);
    }
  }
}

/** Writes how many images passed each criterion of the muon analysis, which ctapipe does not keep. */
export function writeMuonStatistics(file: Hdf5Writer, name: string, statistics: QualityStatistics): void {
  writeStatistics(file, `${GROUP}/dl1/service/muon_statistics/${name}`, statistics);
}

/**
 * Writes what is known of the run at its end: whether the input broke off (an attribute), the telescope events that
 * were left out by reason, the plugins whose code was used, and the values of all traits by their path, as JSON.
 */
export function writeRun(file: Hdf5Writer, outcome: RunOutcome, { configuration, plugins = [] }: Provenance): void {
  file.setAttributes(GROUP, { truncated: { type: 'bool', value: outcome.truncated } });
  const rejected = Object.entries(outcome.rejectedBySource);
  if (rejected.length > 0) {
    writeColumns(file, `${GROUP}/service/skipped`, [
      { name: 'reason', type: 'string', values: rejected.map(([reason]) => reason) },
      { name: 'telescope_events', type: 'int64', values: rejected.map(([, count]) => count) },
    ]);
  }
  if (plugins.length > 0) {
    const used = [...plugins].sort((a, b) => (a.name < b.name ? -1 : 1));
    writeColumns(file, `${GROUP}/service/plugins`, [
      { name: 'name', type: 'string', values: used.map(({ name }) => name) },
      { name: 'package', type: 'string', values: used.map(({ packageName = '' }) => packageName) },
      { name: 'version', type: 'string', values: used.map(({ version = '' }) => version) },
      { name: 'path', type: 'string', values: used.map(({ location = '' }) => location) },
    ]);
  }
  const values = configuration === undefined ? [] : [...valuesByPath(configuration)];
  if (values.length === 0) return;
  writeColumns(file, `${GROUP}/configuration`, [
    { name: 'trait', type: 'string', values: values.map(([path]) => path) },
    { name: 'value', type: 'string', values: values.map(([, value]) => JSON.stringify(value)) },
  ]);
}

/** Writes which components failed for some events, how often and why first. */
export function writeFailures(file: Hdf5Writer, failures: readonly ComponentFailure[]): void {
  if (failures.length === 0) return;
  writeColumns(file, `${GROUP}/service/failed`, [
    { name: 'component', type: 'string', values: failures.map(({ component }) => component) },
    { name: 'plugin', type: 'string', values: failures.map(({ plugin = '' }) => plugin) },
    { name: 'count', type: 'int64', values: failures.map(({ count }) => count) },
    { name: 'first', type: 'string', values: failures.map(({ first }) => first) },
  ]);
}

/** Sections begin with a capital, traits do not: a trait's value may be a mapping, too. */
function* valuesByPath(section: Json, path = ''): Generator<[path: string, value: Json]> {
  for (const [key, value] of Object.entries(section as Record<string, Json>)) {
    const below = path === '' ? key : `${path}.${key}`;
    if (/^[A-Z]/.test(key)) yield* valuesByPath(value, below);
    else yield [below, value];
  }
}
