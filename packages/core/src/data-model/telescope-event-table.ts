import { columnFrom, Table, type Column, type ColumnInput } from '@cherenkit/tables';
import type { SubarrayDescription } from '../instrument/index.js';
import {
  ImageParametersContainer,
  TelescopeMonitoringContainer,
  TelescopeReconstructedContainer,
  valueOf,
  type ArrayEvent,
  type Container,
  type DL2Container,
  type Fields,
} from '../event/index.js';
import { containerColumns } from './container-columns.js';
import { columnName } from './container-table.js';
import { instrumentTable } from './instrument-tables.js';

/**
 * Makes a table of the events of one telescope, with the columns of the event tables of files joined by `obs_id` and
 * `event_id`: ids, pointing, image parameters, and results of reconstructors for the telescope (`NAME_tel_energy`) and for the
 * array (`NAME_h_max`). Columns are in the units of files.
 *
 * @param events - events without an image of the telescope are skipped
 * @param names - names of the columns to make. Default: all numeric and boolean columns
 * @param subarray - adds the columns of telescopes, `tels_with_trigger` and `NAME_telescopes`, and those of the instrument
 */
export function telescopeEventTable(
  events: readonly ArrayEvent[],
  telId: number,
  names?: Iterable<string>,
  subarray?: SubarrayDescription,
): Table {
  const rows = events.filter(({ dl1 }) => dl1.tel.has(telId)).map((event) => ({ event, telId }));
  return telescopeRowTable(rows, names === undefined ? undefined : new Set(names), subarray);
}

/** An array event with an image of a telescope. */
export interface TelescopeRow {
  readonly event: ArrayEvent;
  readonly telId: number;
}

/**
 * Makes a table of events of telescopes, as {@link telescopeEventTable} does for those of one telescope.
 *
 * @param wanted - names of the columns to make. Default: all numeric and boolean columns
 */
export function telescopeRowTable(
  rows: readonly TelescopeRow[],
  wanted?: ReadonlySet<string>,
  subarray?: SubarrayDescription,
): Table {
  const parts = new Map<string, Part>();
  rows.forEach((row, i) => {
    for (const { prefix, container } of containersOfRow(row)) {
      const key = `${prefix}/${container.constructor.name}`;
      const part = parts.get(key) ?? { prefix, containers: new Array<Container>(rows.length) };
      part.containers[i] = container;
      parts.set(key, part);
    }
  });
  for (const { containers } of parts.values()) fillEmpty(containers);
  const columns = new Map<string, Column>();
  for (const column of [
    ...idColumns(rows, wanted),
    ...[...parts.values()].flatMap((part) => columnsOf(part, wanted)),
    ...(subarray ? [...parts.values()].flatMap((part) => telescopeColumns(part, subarray, wanted)) : []),
    ...(subarray ? instrumentColumns(subarray, rows, wanted) : []),
  ]) {
    columns.set(column.name, column);
  }
  return new Table(columns.values(), {}, rows.length);
}

/** Containers of one class and prefix, one per row. */
interface Part {
  readonly prefix: string;
  readonly containers: Container[];
}

/** Rows without a container have default values. */
function fillEmpty(containers: (Container | undefined)[]): void {
  if (!containers.includes(undefined)) return;
  const one = containers.find((each) => each !== undefined);
  const empty = one && new (one.constructor as new () => Container)();
  for (let row = 0; row < containers.length; row++) containers[row] ??= empty;
}

function columnsOf({ prefix, containers }: Part, wanted: ReadonlySet<string> | undefined): Column[] {
  const [{ fields } = { fields: {} }] = containers;
  return containerColumns(containers, fields, prefix, wanted);
}

/** Columns with one flag per telescope of the array. */
function telescopeColumns(
  { prefix, containers }: Part,
  subarray: SubarrayDescription,
  wanted: ReadonlySet<string> | undefined,
): Column[] {
  const fields: Fields = containers[0]?.fields ?? {};
  return telescopeFields(fields).flatMap(({ field, description }) => {
    const name = columnName(field, prefix);
    if (wanted?.has(name) === false) return [];
    const { telIds, nTels } = subarray;
    const values = new Uint8Array(containers.length * nTels);
    containers.forEach((container, row) => {
      values.set(subarray.telIdsToMask(valueOf(container, field) as readonly number[]), row * nTels);
    });
    return [
      columnFrom(name, { type: 'bool', shape: [nTels], description, meaning: { kind: 'telescopes', telIds }, values }),
    ];
  });
}

interface TelescopeField {
  readonly field: string;
  readonly description: string;
}

/** Known fields with telescopes: models on columns ask for them for every telescope event. */
const known = new WeakMap<Fields, readonly TelescopeField[]>();

function telescopeFields(fields: Fields): readonly TelescopeField[] {
  const found =
    known.get(fields) ??
    Object.entries(fields).flatMap(([field, { column, description }]) =>
      column?.type === 'telescopes' ? [{ field, description }] : [],
    );
  known.set(fields, found);
  return found;
}

const instruments = new WeakMap<SubarrayDescription, readonly Column[]>();

/** Position and optics of the telescopes, the same for all events. */
function instrumentColumns(
  subarray: SubarrayDescription,
  rows: readonly TelescopeRow[],
  wanted: ReadonlySet<string> | undefined,
): Column[] {
  let numeric = instruments.get(subarray);
  if (!numeric) {
    const { columns } = instrumentTable(subarray);
    numeric = [...columns.values()].filter(({ name, type }) => type !== 'string' && name !== 'tel_id');
    instruments.set(subarray, numeric);
  }
  const indices = Int32Array.from(rows, ({ telId }) => subarray.telIndex.get(telId) ?? -1);
  return numeric.filter(({ name }) => wanted?.has(name) !== false).map((column) => column.take(indices));
}

function idColumns(rows: readonly TelescopeRow[], wanted: ReadonlySet<string> | undefined): Column[] {
  const ids: Readonly<Record<string, () => ColumnInput>> = {
    obs_id: () => ({ type: obsIdType(rows), values: rows.map(({ event }) => event.index.obsId) }),
    event_id: () => ({ type: 'int64', values: rows.map(({ event }) => BigInt(event.index.eventId)) }),
    tel_id: () => ({ type: 'int16', values: rows.map(({ telId }) => telId) }),
  };
  return Object.entries(ids)
    .filter(([name]) => wanted?.has(name) !== false)
    .map(([name, input]) => columnFrom(name, input()));
}

/** Ids that a user chose may have more than 32 bits. */
function obsIdType(rows: readonly TelescopeRow[]): 'int32' | 'int64' {
  return rows.every(({ event }) => event.index.obsId < 2 ** 31) ? 'int32' : 'int64';
}

interface PrefixedContainer {
  readonly prefix: string;
  readonly container: Container;
}

function* containersOfRow({ event, telId }: TelescopeRow): Generator<PrefixedContainer> {
  const { dl1, dl2, monitoring, trigger } = event;
  yield { prefix: trigger.prefix, container: trigger };
  const { pointing } = monitoring.tel.get(telId) ?? new TelescopeMonitoringContainer();
  yield { prefix: pointing.prefix, container: pointing };
  const parameters = dl1.tel.get(telId)?.parameters ?? new ImageParametersContainer();
  for (const [name, { container: type }] of Object.entries(parameters.fields)) {
    if (type === undefined) continue;
    const container = valueOf(parameters, name) as Container;
    yield { prefix: container.prefix, container };
  }
  yield* resultsOf(dl2, telId);
}

function* resultsOf({ stereo, tel }: DL2Container, telId: number): Generator<PrefixedContainer> {
  const { geometry, energy, particleType, disp, impact } = tel.get(telId) ?? new TelescopeReconstructedContainer();
  for (const [name, container] of [...geometry, ...energy, ...particleType, ...disp]) {
    yield { prefix: `${name}_tel`, container };
  }
  for (const [name, container] of impact) yield { prefix: `${name}_tel_impact`, container };
  for (const [name, container] of [...stereo.geometry, ...stereo.energy, ...stereo.particleType]) {
    yield { prefix: name, container };
  }
}
