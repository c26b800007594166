import { counted, dataModel } from '@cherenkit/core';
import type { Table } from '@cherenkit/tables';
import { LEVEL_TABLES } from '../tables/data-levels.js';
import { cameraTables, LAYOUT, OPTICS } from '../tables/instrument-paths.js';

const { OBSERVATION_BLOCK, SCHEDULING_BLOCK, SHOWER, SIMULATION_RUN, SUBARRAY_TRIGGER, TELESCOPE_TRIGGER } = dataModel;

/** Tables of events, without those of rejected events and images. */
const EVENTS = /^\/(?!cherenkit\/).*\/event\//;

/**
 * Tables without which ctapipe cannot open a file of events or monitoring data. A file without events has no tables of events.
 *
 * @param activity - name of the activity that made the file: only merged files may lack the tables of telescopes
 */
export function requiredTables(paths: readonly string[], layout: Table | undefined, activity: string): string[] {
  const numbers = (column: string): string[] =>
    layout?.has(column) ? [...new Set(Array.from(layout.column(column).values, String))] : [];
  const has = (part: RegExp): boolean => paths.some((path) => part.test(path));
  const hasEvents = has(EVENTS);
  return [
    LAYOUT,
    OPTICS,
    ...numbers('camera_index').flatMap(cameraTables),
    ...(hasEvents ? [SUBARRAY_TRIGGER.path, SCHEDULING_BLOCK.path, OBSERVATION_BLOCK.path] : []),
    ...(has(/^\/dl\d\/event\/telescope\//) || (hasEvents && isOfProcess(activity)) ? [TELESCOPE_TRIGGER.path] : []),
    ...(has(/^\/simulation\//) ? [SIMULATION_RUN.path] : []),
    ...(has(/^\/simulation\/event\/telescope\/impact\//) ? [SHOWER.path] : []),
  ];
}

/** Compares the numbers of optics in the layout with the rows of the table of optics. */
export function problemsOfOptics(layout: Table | undefined, nOptics: number | undefined): string[] {
  if (!layout?.has('optics_index') || nOptics === undefined) return [];
  const wrong = Array.from(layout.column('optics_index').values, Number).filter((index) => !(index < nOptics));
  return wrong.map(
    (index) =>
      `${LAYOUT}: optics_index is ${index}, but there ${nOptics === 1 ? 'is' : 'are'} ${counted(nOptics, 'row')} of optics`,
  );
}

/**
 * Compares the data levels of the reference metadata with the tables that have rows. Levels without tables are a problem only
 * in the output of cherenkit process and ctapipe-process: ctapipe's other tools keep those of their input.
 *
 * @param activity - name of the activity that made the file
 */
export function problemsOfLevels(listed: string, activity: string, rows: ReadonlyMap<string, number>): string[] {
  const levels = listed.split(',').map((level) => level.trim());
  const filled = [...rows].filter(([, nRows]) => nRows > 0).map(([path]) => path);
  const hasStatistics = filled.some((path) => path.includes('/pixel_statistics/'));
  const mustHaveAll = isOfProcess(activity) && !hasStatistics && filled.includes(TELESCOPE_TRIGGER.path);
  return Object.entries(LEVEL_TABLES).flatMap(([level, tables]) => {
    const isListed = levels.includes(level);
    const first = filled.find((path) => tables.test(path));
    if (!isListed && first !== undefined) return [`/: attribute CTA PRODUCT DATA LEVELS lacks ${level}, of ${first}`];
    if (isListed && first === undefined && mustHaveAll) {
      return [`/: attribute CTA PRODUCT DATA LEVELS lists ${level}, but no such table has rows`];
    }
    return [];
  });
}

function isOfProcess(activity: string): boolean {
  return activity.endsWith('-process');
}

/** Telescopes of each event by the table of array triggers, to compare them with the triggers of telescopes. */
export class TriggeredTelescopes {
  readonly #telescopes = new Map<string, Set<number>>();
  readonly #telIds: readonly number[];
  /** Events, as `obs_id event_id`, with other telescopes in the table of telescopes. */
  readonly different = new Set<string>();
  /** Events without any telescope in their array trigger. */
  readonly withoutTelescopes = new Set<string>();

  constructor(layout: Table | undefined) {
    this.#telIds = layout?.has('tel_id') ? Array.from(layout.column('tel_id').values, Number) : [];
  }

  addArrayTriggers(table: Table): void {
    if (!table.has('tels_with_trigger')) return;
    const { values, count } = table.column('tels_with_trigger');
    if (count !== this.#telIds.length) return;
    eachEvent(table, (key, row) => {
      const telIds = this.#telIds.filter((_, i) => values[row * count + i] === 1);
      this.#telescopes.set(key, new Set(telIds));
      if (telIds.length === 0) this.withoutTelescopes.add(key);
    });
  }

  addTelescopeTriggers(table: Table): void {
    const telIds = table.column('tel_id').values;
    eachEvent(table, (key, row) => {
      const telescopes = this.#telescopes.get(key);
      if (telescopes && !telescopes.delete(Number(telIds[row]))) this.different.add(key);
    });
  }

  /** Call this after all telescope triggers. */
  finish(): void {
    for (const [key, left] of this.#telescopes) if (left.size > 0) this.different.add(key);
  }
}

function eachEvent(table: Table, work: (key: string, row: number) => void): void {
  const [obsIds, eventIds] = ['obs_id', 'event_id'].map((name) => table.column(name).values);
  for (let row = 0; row < table.nRows; row++) work(`${String(obsIds[row])} ${String(eventIds[row])}`, row);
}
