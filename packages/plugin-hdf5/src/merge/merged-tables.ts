import type { DatasetFilter, Hdf5Table } from '../engine/index.js';
import type { AttributeValue, StoredColumn } from '../format/index.js';
import { familyOf } from '../format/object-path.js';
import { flagWithout, includesColumn, type MergeSelection } from './merge-selection.js';
import { joinColumns, type RowLayout } from './merged-columns.js';
import { NOT_DERIVED, storedAttributes, type StoredAttributes } from './stored-attributes.js';
import type { TableRule } from './table-rules.js';

/** Layout of a table, shared by all files in which it is the same. */
export interface SurveyedLayout extends RowLayout {
  readonly chunkRows: number | undefined;
  readonly filters: readonly DatasetFilter[];
}

/** A table of the merged file. */
export interface MergedTable extends TableRule {
  readonly path: string;
  readonly attributes: StoredAttributes;
  /** Name of the file from which the attributes were taken. */
  readonly from: string;
  columns: readonly StoredColumn[];
}

/** A file whose tables are added. */
interface TableFile {
  readonly name: string;
  /** Name and version of the program that wrote it. */
  readonly software: string;
}

/** Attributes that change the meaning of stored numbers. */
const MEANING =
  /^CTAFIELD_\d+_(?:UNIT|TRANSFORM_SCALE|TRANSFORM_OFFSET|TIME_SCALE|TIME_FORMAT|NAN_VALUE|POSINF_VALUE|NEGINF_VALUE)$/;
/** The same without the number of the column. */
const OF_MEANING = new RegExp(MEANING.source.replace('CTAFIELD_\\d+_', ''));

/** Attribute of columns that store floats as fixed-point integers. */
const SCALE = 'TRANSFORM_SCALE';

/** Tables of the merged file, each with the columns of all files. */
export class MergedTables {
  readonly byPath = new Map<string, MergedTable>();
  readonly #selection: MergeSelection;
  readonly #layouts = new Map<string, SurveyedLayout[]>();
  /** Layouts by table and program whose attributes were compared, and the file of the comparison. */
  readonly #compared = new Map<string, string>();

  constructor(selection: MergeSelection) {
    this.#selection = selection;
  }

  /** The layout of a table: the same object for all files in which it is the same. */
  layoutOf({ path, rowBytes, columns, chunkRows, filters }: Hdf5Table): SurveyedLayout {
    const known = this.#layouts.get(path) ?? [];
    this.#layouts.set(path, known);
    const layout = { rowBytes, columns, chunkRows, filters };
    const same = known.find((other) => isSameLayout(other, layout));
    if (!same) known.push(layout);
    return same ?? layout;
  }

  /**
   * Adds a table of a file.
   *
   * @returns what prevents the merge
   */
  async add({ name, software }: TableFile, table: Hdf5Table, rule: TableRule): Promise<string[]> {
    const { path } = table;
    const names = table.columns.map((column) => column.name);
    const columns = table.columns
      .filter((column) => includesColumn(this.#selection, path, column.name))
      .map(({ name: column, type, shape = [] }): StoredColumn => ({ name: column, type, shape }));
    const merged = this.byPath.get(path);
    if (!merged) {
      const read = storedAttributes(await table.attributes(NOT_DERIVED), names);
      const attributes = columns.length < names.length ? withPrefixes(read, columns) : read;
      this.byPath.set(path, { path, ...rule, attributes, from: name, columns });
      this.#markCompared(table, name, software);
      return [];
    }
    const problems: string[] = [];
    const isScaled = [...merged.attributes.columns.values()].some((parts) => SCALE in parts);
    if (this.#markCompared(table, name, software) || isScaled) {
      const found = storedAttributes(await table.attributes(MEANING), names);
      problems.push(...differencesOfMeaning(name, path, found, merged, columns));
    }
    // Integers that represent floats cannot be joined with floats.
    if (problems.length > 0) return problems;
    const others = columns.filter(({ name: column, type }) =>
      merged.columns.some((each) => each.name === column && each.type !== type),
    );
    const values = others.length > 0 ? await table.read(others.map((column) => column.name)) : {};
    const joined = joinColumns(merged.columns, columns, values);
    if ('difference' in joined) {
      return [
        `${name}: ${path} has ${joined.difference}, in contrast to ${merged.from}. Process one of them again with the same options, or leave the table out with ${flagWithout(familyOf(path))}.`,
      ];
    }
    merged.columns = joined.columns;
    return [];
  }

  /** Removes what was taken from a file that is not merged. */
  forget(name: string): void {
    for (const [path, { from }] of this.byPath) if (from === name) this.byPath.delete(path);
    for (const [key, from] of this.#compared) if (from === name) this.#compared.delete(key);
  }

  /** Marks a layout written by a program as compared. @returns whether it was not yet */
  #markCompared(table: Hdf5Table, name: string, software: string): boolean {
    const number = this.#layouts.get(table.path)?.indexOf(this.layoutOf(table)) ?? 0;
    const key = `${table.path} ${number} ${software}`;
    if (this.#compared.has(key)) return false;
    this.#compared.set(key, name);
    return true;
  }
}

/** Differences of attributes that change the meaning of stored numbers, one for each column that both files have. */
function differencesOfMeaning(
  name: string,
  path: string,
  found: StoredAttributes,
  merged: MergedTable,
  columns: readonly StoredColumn[],
): string[] {
  const common = columns.filter((column) => merged.columns.some((each) => each.name === column.name));
  return common.flatMap(({ name: column }) => {
    const [parts, expected] = [found.columns.get(column) ?? {}, merged.attributes.columns.get(column) ?? {}];
    const place = `${name}: column ${column} of ${path}`;
    if (SCALE in parts !== SCALE in expected) {
      const [own, others] = [parts, expected].map((each) => (SCALE in each ? 'fixed-point integers' : 'plain numbers'));
      return [
        `${place} is stored as ${own}, in ${merged.from} as ${others}. Process one of them again with the same options of DataWriter, or leave the table out with ${flagWithout(familyOf(path))}.`,
      ];
    }
    const names = [...new Set([...Object.keys(parts), ...Object.keys(expected)])].filter((part) =>
      OF_MEANING.test(part),
    );
    const part = names.find((each) => JSON.stringify(plain(parts[each])) !== JSON.stringify(plain(expected[each])));
    if (part === undefined) return [];
    const [own, other] = [parts, expected].map((each) => String(plain(each[part]) ?? 'missing'));
    return [
      `${place} has ${part} ${own}, in ${merged.from} it is ${other}. Process one of them again with the same options.`,
    ];
  });
}

/** Adds the empty prefix that ctapipe's merger gives the columns of a table from which it drops a column. */
function withPrefixes(attributes: StoredAttributes, columns: readonly StoredColumn[]): StoredAttributes {
  const parts = columns.map(({ name }) => [name, { PREFIX: '', ...attributes.columns.get(name) }] as const);
  return { ...attributes, columns: new Map(parts) };
}

function plain(value: AttributeValue | undefined): string | number | boolean | undefined {
  if (typeof value !== 'object') return value;
  if ('ascii' in value) return value.ascii;
  if ('values' in value) return value.values.join(' ');
  return typeof value.value === 'boolean' ? value.value : Number(value.value);
}

function isSameLayout(a: SurveyedLayout, b: SurveyedLayout): boolean {
  return a.rowBytes === b.rowBytes && a.chunkRows === b.chunkRows && (a.columns === b.columns || haveSameColumns(a, b));
}

function haveSameColumns(a: SurveyedLayout, b: SurveyedLayout): boolean {
  return (
    a.columns.length === b.columns.length &&
    a.columns.every((column, i) => {
      const other = b.columns[i];
      return (
        column.name === other.name &&
        column.type === other.type &&
        column.offset === other.offset &&
        column.isBigEndian === other.isBigEndian &&
        (column.shape ?? []).join() === (other.shape ?? []).join()
      );
    })
  );
}
