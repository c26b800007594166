import {
  CherenkitError,
  Container,
  dataModel,
  ExitCode,
  memoryUnitsPer,
  Unit,
  waveformsOf,
  type ColumnUnit,
  type ContainerClass,
  type Field,
  type Waveforms,
} from '@cherenkit/core';
import {
  fillPlaceholders,
  isBefore,
  TYPED_ARRAYS,
  type Column,
  type ColumnHeader,
  type DataModelVersion,
  type NumericType,
  type NumericValues,
  type Placeholders,
  type Table,
} from '@cherenkit/tables';
import { fieldOfColumn, type ColumnField } from './column-field.js';

/** Returns the value of a field in a row. Arrays are copies. */
type CellReader = (row: number) => unknown;

/** Container of a row, with the columns that the table has. */
interface PartPlan {
  readonly type: ContainerClass;
  readonly fields: readonly ColumnField[];
}

/** Properties of tables to which algorithms may add columns. */
interface ExtensibleTable {
  /** Columns of the index, which is not among the parts. */
  readonly ids: readonly string[];
  /** Lengths of text columns, bytes. */
  readonly textBytes: ReadonlyMap<string, number>;
}

/** What is known about a table before its rows are read. */
export interface ContainerTableHeader {
  /** Path and name of the file, for messages. */
  readonly place: string;
  readonly columns: readonly ColumnHeader[];
  readonly placeholders: Placeholders;
  readonly version: DataModelVersion;
  /** Telescope ids of the array, in the order of the file. */
  readonly telIds: readonly number[];
  /** If present, columns that no field declares become fields of the container of the last part. */
  readonly extensible?: ExtensibleTable | undefined;
}

/**
 * Makes the containers of the rows of a table, as the specification of the table describes: the inverse of writing them.
 * Fields without a column have default values. Source: ctapipe 0.32 `HDF5TableReader`.
 */
export class ContainerReader {
  readonly #parts: readonly PartPlan[];
  readonly #header: ContainerTableHeader;
  /** Names of columns that are not read. */
  readonly otherColumns: readonly string[];

  /** @param parts - parts of the specification to read, such as all but the index */
  constructor(parts: readonly dataModel.ContainerPart[], header: ContainerTableHeader) {
    this.#header = header;
    const known = new Set(header.columns.map(({ name }) => name));
    this.#parts = parts.map((part) => planPart(part, header, known));
    const last = parts.at(-1);
    if (last && header.extensible) this.#parts = [...this.#parts.slice(0, -1), extended(last, this.#parts, header)];
    const read = new Set(this.#parts.flatMap(({ fields }) => fields.map(({ column }) => column)));
    this.otherColumns = header.columns.map(({ name }) => name).filter((name) => !read.has(name));
  }

  /**
   * Returns a function that makes the containers of a row of a block, one per part.
   *
   * @throws CherenkitError HDF5_CORRUPT (65) for columns of other types, shapes or units than the field
   */
  open(block: Table): (row: number) => readonly Container[] {
    const parts = this.#parts.map(({ type, fields }) => ({
      type,
      ofTable: valuesOfTable(type, block),
      cells: fields.map(({ name, field, column }) => [name, this.#cellReader(field, block.column(column))] as const),
    }));
    return (row) =>
      parts.map(({ type, cells, ofTable }) => {
        const values: Record<string, unknown> = { ...ofTable };
        for (const [name, cell] of cells) values[name] = cell(row);
        return new type(values);
      });
  }

  #cellReader(field: Field, column: Column): CellReader {
    try {
      return cellReader(field, column, this.#header.telIds);
    } catch (cause) {
      const message = `${this.#header.place}: ${(cause as Error).message}`;
      throw new CherenkitError('HDF5_CORRUPT', ExitCode.BAD_INPUT, message, { cause });
    }
  }
}

/** Values of fields without column that are the same in all rows. */
function valuesOfTable({ fields }: ContainerClass, { columns, meta }: Table): Readonly<Record<string, unknown>> {
  // Metadata that the writer of the table has added to ctapipe's.
  const texts = Object.entries(meta).filter(([name, value]) => typeof value === 'string' && name !== 'CTAPIPE_VERSION');
  return {
    ...('meta' in fields && texts.length > 0 && { meta: Object.fromEntries(texts) }),
    ...('hasChannelAxis' in fields && { hasChannelAxis: (columns.get('image')?.shape.length ?? 1) > 1 }),
  };
}

function planPart(part: dataModel.ContainerPart, header: ContainerTableHeader, known: ReadonlySet<string>): PartPlan {
  const classes = typeof part.type === 'function' ? [part.type] : Object.values(part.type);
  const plans = classes.map((type) => ({ type, fields: placesOf(type, part, header, known) }));
  // Of several classes, such as those of two frames, the table has the columns of one.
  return plans.find(({ fields }) => fields.length > 0) ?? plans[0];
}

/** Adds fields to the class of the last part, for the columns that no field declares. */
function extended(part: dataModel.ContainerPart, plans: readonly PartPlan[], header: ContainerTableHeader): PartPlan {
  const { type, fields } = plans[plans.length - 1];
  const { ids = [], textBytes } = header.extensible ?? {};
  const read = new Set([...ids, ...plans.flatMap((plan) => plan.fields.map(({ column }) => column))]);
  const prefix = fillPlaceholders(dataModel.prefixOf(part, type), header.placeholders);
  const others = header.columns.filter(({ name }) => !read.has(name));
  // Columns with another prefix than that of the algorithm are found by the names of their fields.
  const renamed = others.flatMap((column): ColumnField[] => {
    const name = Object.keys(type.fields).find((each) => dataModel.columnName(each) === column.field);
    const isRead = name === undefined || fields.some((field) => field.name === name);
    return isRead ? [] : [{ name, field: type.fields[name], column: column.name }];
  });
  const added = others.flatMap((column): ColumnField[] => {
    if (renamed.some((field) => field.column === column.name)) return [];
    const field = fieldOfColumn(column, prefix, textBytes?.get(column.name));
    return field && !(field.name in type.fields) ? [field] : [];
  });
  if (added.length === 0) return { type, fields: [...fields, ...renamed] };
  const addedFields = Object.fromEntries(added.map(({ name, field }) => [name, field]));
  const { [type.name]: Extended } = {
    [type.name]: class extends Container.withFields(type.prefix, type.fields, addedFields) {},
  };
  return { type: Extended, fields: [...fields, ...renamed, ...added] };
}

function placesOf(
  type: ContainerClass,
  part: dataModel.ContainerPart,
  { placeholders, version }: ContainerTableHeader,
  known: ReadonlySet<string>,
): ColumnField[] {
  const prefix = dataModel.prefixOf(part, type);
  return Object.entries(type.fields).flatMap(([name, field]): ColumnField[] => {
    if (field.column === undefined) return [];
    const earlier = part.columns?.[name]?.earlier?.find(({ before }) => isBefore(version, before));
    const column = fillPlaceholders(earlier?.name ?? dataModel.columnName(name, prefix), placeholders);
    return known.has(column) ? [{ name, field, column }] : [];
  });
}

/** @throws Error for a column that does not fit the field */
function cellReader({ column: declared, initial }: Field, column: Column, telIds: readonly number[]): CellReader {
  const { values, count, shape, name } = column;
  if (declared === undefined) return initial;
  switch (declared.type) {
    case 'bool': {
      const flags = column.numbers();
      return (row) => flags[row] === 1;
    }
    case 'string':
      if (column.type !== 'string') throw new TypeError(`column ${name} has the type ${column.type}, expected text`);
      return (row) => values[row];
    case 'enumeration':
      requireNumbers(column, 1);
      return (row) => Number(values[row]);
    case 'time':
      requireNumbers(column, count === 2 ? 2 : 1);
      return (row) => column.timeAt(row);
    case 'telescopes':
      requireNumbers(column, telIds.length);
      return (row) => telIds.filter((_, i) => Number(values[row * count + i]) === 1);
    case 'waveforms': {
      requireNumbers(column, count);
      const isFlat = shape.length === 2; // without an axis of channels before v6.0.0
      const [nChannels, nPixels, nSamples] = isFlat ? [1, ...shape] : shape;
      if (shape.length < 2 || shape.length > 3) {
        throw new RangeError(
          `column ${name} has cells of shape [${shape.join(', ')}], expected channels, pixels, samples`,
        );
      }
      return (row) =>
        waveformsOf(copyOf(values as NumericValues, row, count) as Waveforms['samples'], nChannels, nPixels, nSamples);
    }
    case 'array':
      requireNumbers(column, count);
      return arrayReader(values as NumericValues, count, declared.element, unitFactor(column, declared.unit));
    default: {
      requireNumbers(column, 1);
      return numberReader(column, declared.type, declared.unit, initial() as number);
    }
  }
}

function numberReader(column: Column, type: string, unit: ColumnUnit | undefined, missing: number): CellReader {
  const factor = unitFactor(column, unit);
  const numbers = column.numbers();
  if (type.startsWith('float')) return factor === 1 ? (row) => numbers[row] : (row) => numbers[row] * factor;
  // ctapipe writes unknown integers as NaN or as the largest unsigned integer.
  const unknown = column.type === 'uint64' ? 2 ** 64 : NaN;
  return (row) => (Number.isNaN(numbers[row]) || numbers[row] === unknown ? missing : numbers[row]);
}

function arrayReader(values: NumericValues, count: number, element: NumericType, factor: number): CellReader {
  const Values = TYPED_ARRAYS[element];
  if (values instanceof Values && factor === 1) return (row) => copyOf(values, row, count);
  return (row) =>
    (Values as Float64ArrayConstructor).from(
      copyOf(values, row, count) as ArrayLike<number>,
      (x) => Number(x) * factor,
    );
}

function copyOf(values: NumericValues, row: number, count: number): NumericValues {
  return values.slice(row * count, (row + 1) * count);
}

/** Factor from the unit of a column, or the declared one if it has none, to the unit in memory. */
function unitFactor(column: Column, declared: ColumnUnit | undefined): number {
  if (declared === undefined) return 1;
  const perDeclared =
    column.unit === undefined || column.unit === declared ? 1 : Unit.parse(column.unit).factorTo(Unit.parse(declared));
  return perDeclared * memoryUnitsPer(declared);
}

function requireNumbers({ name, type, count, shape }: Column, expected: number): void {
  if (type === 'string') throw new TypeError(`column ${name} has text, expected numbers`);
  if (count === expected) return;
  throw new RangeError(`column ${name} has cells of shape [${shape.join(', ')}], expected ${expected} values`);
}
