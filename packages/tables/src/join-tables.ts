import { CherenkitError, ExitCode } from '@cherenkit/errors';
import { columnFrom, type Column } from './column.js';
import { RowIndex, RowKeys } from './row-keys.js';
import { tableData, type TableData } from './table-data.js';

export interface JoinOptions {
  /** `inner` (default) keeps the rows that have a partner, `left` all rows of the left table. */
  readonly how?: 'inner' | 'left';
  /** Put after the names that both tables have, ids aside; `['_1', '_2']` by default. */
  readonly suffixes?: readonly [left: string, right: string];
  /** Names a column of truth values more: whether the row has a partner. */
  readonly indicator?: string;
}

/** Duplicate ids named in a message. */
const SHOWN_DUPLICATES = 5;

/**
 * The columns of two tables side by side, matched by id columns: to each row of the left one the row of the right one with
 * the same ids. Rows keep the order of the left table, whatever that of the right one is.
 *
 * Many rows of the left table may have one partner: telescope events with their array event. In a left join, what has no partner is
 * NaN, -1, the largest unsigned integer, false or empty. The time is linear in the number of rows.
 *
 * @param on - names of the id columns; integers of different types match by value
 * @throws CherenkitError TABLE_KEY_DUPLICATE (2) naming ids that several rows of the right table have, TABLE_KEY_INVALID or
 *   TABLE_COLUMN_UNKNOWN (2) for columns that are no ids, TABLE_COLUMN_INVALID (2) where two columns would have one name
 */
export function joinTables(
  left: TableData,
  right: TableData,
  on: readonly string[],
  options: JoinOptions = {},
): TableData {
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
    columns.push(columnFrom(indicator, { values, type: 'bool', description: 'Whether the row has a partner' }));
  }
  return tableData(columns, { ...right.meta, ...left.meta });
}

/** For each row of the left keys the row of the right ones, or -1. */
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
      `The right table of a join has several rows with the same ${on.join(', ')}: ${duplicates.join('; ')}${more}. ` +
        'Join by more id columns, or take this table as the left one.',
    );
  }
  const partners = new Int32Array(left.nRows);
  for (let row = 0; row < partners.length; row++) partners[row] = index.find(left, row);
  return partners;
}

/** Does without a copy where all rows are taken in their order. */
function takeOrKeep(column: Column, rows: ArrayLike<number>): Column {
  if (rows.length !== column.length) return column.take(rows);
  for (let i = 0; i < rows.length; i++) if (rows[i] !== i) return column.take(rows);
  return column;
}
