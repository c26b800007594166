import { checkOptions, CherenkitError, ExitCode, optionRules, type OptionRule } from '@cherenkit/errors';
import { columnFrom, type Column } from './column.js';
import { RowIndex, RowKeys } from './row-keys.js';
import { tableData, type TableData } from './table-data.js';

/** Options of `Table.join`. */
export interface JoinOptions {
  /** `inner` (default) keeps the rows of the left table that have a match, `left` keeps all of them. */
  readonly how?: 'inner' | 'left';
  /** Appended to the names of columns that both tables have, except ids. Default: `['_1', '_2']`. */
  readonly suffixes?: readonly [left: string, right: string];
  /** Name of an additional boolean column: whether the row has a match. */
  readonly indicator?: string;
}

const JOIN_OPTIONS: Readonly<Record<keyof JoinOptions, OptionRule>> = {
  how: { expected: '"inner" or "left"', accepts: (value) => value === 'inner' || value === 'left' },
  suffixes: {
    expected: 'a list of two texts',
    accepts: (value) => optionRules.texts.accepts(value) && (value as readonly string[]).length === 2,
  },
  indicator: optionRules.text,
};

/** Number of duplicate ids listed in a message. */
const SHOWN_DUPLICATES = 5;

/**
 * Joins two tables by id columns: adds the columns of the right table to the rows of the left table with the same ids.
 *
 * Rows keep the order of the left table. Ids must be unique in the right table, not in the left one, so that telescope
 * events can be joined with their array events. In a left join, missing values are NaN, -1, the largest unsigned
 * integer, false or the empty string. Hash join, linear in the number of rows.
 *
 * @param on - names of the id columns; integers of different types are compared by value
 * @throws CherenkitError OPTION_INVALID (2); TABLE_KEY_DUPLICATE (2) for duplicate ids in the right table, TABLE_KEY_INVALID or
 *   TABLE_COLUMN_UNKNOWN (2) for columns that cannot be ids, TABLE_COLUMN_INVALID (2) if two columns would have the
 *   same name
 */
export function joinTables(
  left: TableData,
  right: TableData,
  on: readonly string[],
  options: JoinOptions = {},
): TableData {
  checkOptions('join', options, JOIN_OPTIONS);
  const { how = 'inner', suffixes = ['_1', '_2'], indicator } = options;
  const texts = new Map<string, number>();
  const leftKeys = new RowKeys(left, on, texts);
  const partners = findPartners(leftKeys, new RowKeys(right, on, texts), on);
  const rows = Uint32Array.from(partners.keys()).filter((row) => how === 'left' || partners[row] >= 0);
  const matched = how === 'left' ? partners : partners.filter((partner) => partner >= 0);
  const ids = new Set(on);
  const inBoth = new Set([...left.columns.keys()].filter((name) => right.columns.has(name) && !ids.has(name)));
  const named = (column: Column, suffix: string): Column =>
    inBoth.has(column.name) ? column.with({ name: column.name + suffix }) : column;
  const columns = [
    ...Array.from(left.columns.values(), (column) => named(takeOrKeep(column, rows), suffixes[0])),
    ...[...right.columns.values()]
      .filter(({ name }) => !ids.has(name))
      .map((column) => named(takeOrKeep(column, matched), suffixes[1])),
  ];
  if (indicator !== undefined) {
    const values = Uint8Array.from(matched, (partner) => Number(partner >= 0));
    columns.push(columnFrom(indicator, { values, type: 'bool', description: 'Whether the row has a match' }));
  }
  return tableData(columns, { ...right.meta, ...left.meta });
}

/** Row of the right table that matches each row of the left table, or -1. */
function findPartners(left: RowKeys, right: RowKeys, on: readonly string[]): Int32Array {
  const index = new RowIndex(right);
  const duplicates: string[] = [];
  let nDuplicates = 0;
  for (let row = 0; row < right.nRows; row++) {
    const first = index.add(row);
    if (first === row) continue;
    if (duplicates.length < SHOWN_DUPLICATES) duplicates.push(`${right.describe(row)} (rows ${first} and ${row})`);
    nDuplicates++;
  }
  if (nDuplicates > 0) {
    const more = nDuplicates > duplicates.length ? `, and ${nDuplicates - duplicates.length} more` : '';
    throw new CherenkitError(
      'TABLE_KEY_DUPLICATE',
      ExitCode.USAGE,
      `Duplicate key (${on.join(', ')}) in the right table of a join: ${duplicates.join('; ')}${more}. ` +
        'Join by more id columns, or use this table as the left one.',
    );
  }
  const partners = new Int32Array(left.nRows);
  for (let row = 0; row < partners.length; row++) partners[row] = index.find(left, row);
  return partners;
}

/** Takes rows; without a copy if these are all rows in order. */
function takeOrKeep(column: Column, rows: ArrayLike<number>): Column {
  if (rows.length !== column.length) return column.take(rows);
  for (let i = 0; i < rows.length; i++) if (rows[i] !== i) return column.take(rows);
  return column;
}
