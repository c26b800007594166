import type { Column } from './column.js';
import type { TableData } from './table-data.js';
import { taiText } from './tai-time.js';

/** Amount of a table to print. */
export interface TextOptions {
  /** Maximum number of rows, 20 by default; the first and last rows of longer tables are shown. */
  readonly rows?: number;
  /** Maximum line length, 120 by default; the first and last columns of wider tables are shown. */
  readonly width?: number;
}

const GAP = '  ';
const LEFT_OUT = '...';

/** Formats a table: names, units and types of the columns, and the values of some rows. */
export function tableText(table: TableData, { rows = 20, width = 120 }: TextOptions = {}): string {
  const shown = shownRows(table.nRows, Math.max(1, rows));
  const hasUnits = [...table.columns.values()].some(({ unit }) => unit !== undefined);
  const blocks = Array.from(table.columns.values(), (column) => columnBlock(column, shown, hasUnits));
  const lines = sideBySide(fitting(blocks, width));
  const nColumns = table.columns.size;
  const title = `Table of ${counted(table.nRows, 'row')} and ${counted(nColumns, 'column')}`;
  return nColumns === 0 ? title : [title, ...lines].join('\n');
}

/** Formats a column as one line: name, unit, type, shape, first values and description. */
export function columnText(column: Column): string {
  const { name, unit, type, shape, length, description } = column;
  const values = Array.from({ length: Math.min(length, 5) }, (_, row) => cellText(column, row));
  const rest = length > values.length ? ', ...' : '';
  const title = `${name}${unit === undefined ? '' : ` / ${unit}`}`;
  const text = description === undefined ? '' : `  ${description}`;
  return `${title}: ${type}[${[length, ...shape].join(', ')}] ${values.join(', ')}${rest}${text}`;
}

/** Formats the cell of a row. */
function cellText(column: Column, row: number): string {
  const { meaning, count, shape } = column;
  if (meaning?.kind === 'time') return taiText(column.timeAt(row)) || '-';
  if (meaning?.kind === 'telescopes' && meaning.telIds) {
    return meaning.telIds.filter((_, i) => column.values[row * count + i] === 1).join(' ') || 'none';
  }
  if (shape.length === 0) return elementText(column, row);
  const first = row * count;
  if (column.type === 'bool') {
    let nTrue = 0;
    for (let i = 0; i < count; i++) nTrue += Number(column.values[first + i]);
    return `${nTrue} of ${count}`;
  }
  return count === 1
    ? elementText(column, first)
    : `${elementText(column, first)} .. ${elementText(column, first + count - 1)}`;
}

function elementText({ meaning, values, type }: Column, index: number): string {
  const value = values[index];
  if (typeof value === 'string') return value;
  if (type === 'bool') return value === 1 ? 'true' : 'false';
  if (meaning?.kind === 'enumeration') {
    const { members } = meaning.enumeration;
    return Object.keys(members).find((name) => members[name] === Number(value)) ?? String(value);
  }
  if (typeof value === 'bigint' || Number.isInteger(value) || !Number.isFinite(value)) return String(value);
  return String(Number(value.toPrecision(6)));
}

function shownRows(nRows: number, rows: number): (number | undefined)[] {
  if (nRows <= rows) return Array.from({ length: nRows }, (_, row) => row);
  const last = Math.floor(rows / 2);
  return [
    ...Array.from({ length: rows - last }, (_, row) => row),
    undefined,
    ...Array.from({ length: last }, (_, i) => nRows - last + i),
  ];
}

function columnBlock(column: Column, rows: readonly (number | undefined)[], hasUnits: boolean): string[] {
  const { name, unit = '', type, shape, meaning } = column;
  const cells = rows.map((row) => (row === undefined ? LEFT_OUT : cellText(column, row)));
  const kind =
    meaning && meaning.kind !== 'fixed point'
      ? meaning.kind
      : `${type}${shape.length > 0 ? `[${shape.join(', ')}]` : ''}`;
  const lines = [name, ...(hasUnits ? [unit] : []), kind, ...cells];
  const width = Math.max(...lines.map((line) => line.length));
  const isText = type === 'string' || meaning?.kind === 'enumeration' || meaning?.kind === 'telescopes';
  return lines.map((line) => (isText ? line.padEnd(width) : line.padStart(width)));
}

/** The first and last columns that fit in the width. */
function fitting(blocks: readonly string[][], width: number): string[][] {
  const widthOf = (block: readonly string[] | undefined): number => (block?.[0]?.length ?? 0) + GAP.length;
  if (blocks.reduce((sum, block) => sum + widthOf(block), 0) <= width + GAP.length) return [...blocks];
  let rest = width - LEFT_OUT.length;
  let [first, last] = [0, blocks.length];
  while (first < last) {
    const fromStart = first <= blocks.length - last;
    const size = widthOf(blocks[fromStart ? first : last - 1]);
    if (size > rest) break;
    rest -= size;
    if (fromStart) first++;
    else last--;
  }
  const gap = (blocks[0] ?? []).map(() => LEFT_OUT);
  return [...blocks.slice(0, Math.max(1, first)), gap, ...blocks.slice(Math.max(1, first, last))];
}

function sideBySide(blocks: readonly string[][]): string[] {
  return (blocks[0] ?? []).map((_, line) =>
    blocks
      .map((block) => block[line])
      .join(GAP)
      .trimEnd(),
  );
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
