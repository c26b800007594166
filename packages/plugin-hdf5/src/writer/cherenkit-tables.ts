import {
  dataModel,
  TelEventIndexContainer,
  type ArrayEvent,
  type ComponentFailure,
  type Json,
  type Provenance,
  type QualityStatistics,
  type RunOutcome,
} from '@cherenkit/core';
import { fillPlaceholders } from '@cherenkit/tables';
import type { Hdf5Writer } from '../format/index.js';
import { writeTable } from '../tables/write-table.js';
import type { ContainerTables } from './container-tables.js';

const { CONFIGURATION, FAILED, MUON_STATISTICS, PLUGINS, REASONS, REJECTED_EVENTS, REJECTED_OF_TELESCOPES, SKIPPED } =
  dataModel;
const TEXTS = { textBytes: dataModel.TEXT_BYTES };

/** Writes the rejections of an event: of the event itself, its telescope events, images and muon rings. */
export function writeRejections(tables: ContainerTables, { index, rejections }: ArrayEvent): void {
  const { obsId, eventId } = index;
  for (const { level, telId, component, reason } of rejections) {
    const container = new dataModel.DroppedContainer({ component, reason });
    if (telId === undefined || level === 'event') tables.write(REJECTED_EVENTS, [index, container], TEXTS);
    else {
      const telescope = new TelEventIndexContainer({ obsId, eventId, telId });
      tables.write(REJECTED_OF_TELESCOPES[level], [telescope, container], TEXTS);
    }
  }
}

/** Writes the reasons of invalid stereo results, below `/cherenkit` at the path of the result table. */
export function writeReasons(tables: ContainerTables, { index, dl2: { stereo } }: ArrayEvent): void {
  for (const property of ['geometry', 'energy', 'particleType'] as const) {
    for (const [algorithm, { isValid, reason }] of stereo[property]) {
      if (isValid || reason === undefined) continue;
      tables.write(REASONS[property], [index, new dataModel.ReasonContainer({ reason })], TEXTS, { algorithm });
    }
  }
}

/** Writes the cut statistics of the muon analysis, which ctapipe does not store. */
export function writeMuonStatistics(file: Hdf5Writer, query: string, statistics: QualityStatistics): void {
  writeTable(file, fillPlaceholders(MUON_STATISTICS.path, { query }), dataModel.statisticsTable(statistics));
}

/**
 * Writes the metadata of the finished run: whether the input was truncated (attribute), telescope events rejected by the
 * source per reason, the plugins used, and the values of all traits by path, as JSON.
 */
export function writeRun(file: Hdf5Writer, outcome: RunOutcome, { configuration, plugins = [] }: Provenance): void {
  file.setAttributes('/cherenkit', { truncated: { type: 'bool', value: outcome.truncated } });
  const { rejectedBySource } = outcome;
  if (Object.keys(rejectedBySource).length > 0) {
    const values = { reason: Object.keys(rejectedBySource), telescope_events: Object.values(rejectedBySource) };
    writeTable(file, SKIPPED.path, dataModel.tableOf(SKIPPED, values));
  }
  if (plugins.length > 0) {
    const used = [...plugins].sort((a, b) => (a.name < b.name ? -1 : 1));
    const values = {
      name: used.map(({ name }) => name),
      package: used.map(({ packageName = '' }) => packageName),
      version: used.map(({ version = '' }) => version),
      path: used.map(({ location = '' }) => location),
    };
    writeTable(file, PLUGINS.path, dataModel.tableOf(PLUGINS, values));
  }
  const traits = configuration === undefined ? [] : [...valuesByPath(configuration)];
  if (traits.length === 0) return;
  const values = { trait: traits.map(([path]) => path), value: traits.map(([, value]) => JSON.stringify(value)) };
  writeTable(file, CONFIGURATION.path, dataModel.tableOf(CONFIGURATION, values));
}

/** Writes the components that failed for some events: number of failures and first message. */
export function writeFailures(file: Hdf5Writer, failures: readonly ComponentFailure[]): void {
  if (failures.length === 0) return;
  const values = {
    component: failures.map(({ component }) => component),
    plugin: failures.map(({ plugin = '' }) => plugin),
    count: failures.map(({ count }) => count),
    first: failures.map(({ first }) => first),
  };
  writeTable(file, FAILED.path, dataModel.tableOf(FAILED, values));
}

/** Iterates over trait values by path. Keys with a capital are sections; mappings under other keys are trait values. */
function* valuesByPath(section: Json, path = ''): Generator<[path: string, value: Json]> {
  for (const [key, value] of Object.entries(section as Record<string, Json>)) {
    const childPath = path === '' ? key : `${path}.${key}`;
    if (/^[A-Z]/.test(key)) yield* valuesByPath(value, childPath);
    else yield [childPath, value];
  }
}
