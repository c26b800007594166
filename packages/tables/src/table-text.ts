import { counted, printable } from '@cherenkit/errors';
import type { Column } from './column.js';
import type { TableData } from './table-data.js';
import { taiText } from './tai-time.js';

/** Amount of a table to print. */
export interface TextOptions {
  /** Maximum number of rows, 20 by default; the first and last rows of longer tables are shown. */
  readonly rows?: number;
  /** Maximum line length, 120 by default; of wider tables, the first columns are shown and the names of the others are listed. */
  readonly width?: number;
}

const GAP = '  ';
const LEFT_OUT = '...';

/** Formats a table: names, units and types of the columns, and the values of some rows; names alone of columns that do not fit. */
export function tableText(table: TableData, { rows = 20, width = 120 }: TextOptions = {}): string {
  const shownOfRows = shownRows(table.nRows, Math.max(1, rows));
  const columns = [...table.columns.values()];
  const title = `Table of ${counted(table.nRows, 'row')} and ${counted(columns.length, 'column')}`;
  if (columns.length === 0) return title;
  const blocks: string[][] = [];
  const hasUnits = columns.some(({ unit }) => unit !== undefined);
  let rest = width + GAP.length;
  for (const column of columns) {
    const block = columnBlock(column, shownOfRows, hasUnits);
    rest -= (block[0]?.length ?? 0) + GAP.length;
    if (rest < 0 && blocks.length > 0) break;
    blocks.push(block);
  }
  const others = columns.slice(blocks.length).map(({ name }) => printable(name));
  const lines = sideBySide(blocks).filter((line, i) => i !== 1 || !hasUnits || line !== '');
  return [title, ...lines, ...(others.length > 0 ? namesText(others, width) : [])].join('\n');
}

/** Number of lines with names of columns that are not shown. */
const NAME_LINES = 5;

/** Lists the names of columns in a few lines. */
function namesText(names: readonly string[], width: number): string[] {
  const lines: string[] = [];
  let line = `... and ${counted(names.length, 'column')}:`;
  for (const [i, name] of names.entries()) {
    const isLast = i === names.length - 1;
    const word = ` ${name}${isLast ? '' : ','}`;
    if (line.length + word.length + (isLast ? 0 : LEFT_OUT.length + 1) > width && line !== '') {
      if (lines.length === NAME_LINES - 1) return [...lines, `${line} ${LEFT_OUT}`];
      lines.push(line);
      line = ' ';
    }
    line += word;
  }
  return [...lines, line];
}

/** Formats a column as one line: name, unit, type, shape, first values and description. */
export function columnText(column: Column): string {
  const { name, unit, type, shape, length, description } = column;
  const values = Array.from({ length: Math.min(length, 5) }, (_, row) => cellText(column, row));
  const rest = length > values.length ? ', ...' : '';
  const title = `${name}${unit === undefined ? '' : ` / ${unit}`}`;
  const text = description === undefined ? '' : `  ${description}`;
  return printable(`${title}: ${type}[${[length, ...shape].join(', ')}] ${values.join(', ')}${rest}${text}`);
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
  const lines = [name, ...(hasUnits ? [unit] : []), kind, ...cells].map(printable);
  const width = Math.max(...lines.map((line) => line.length));
  const isText = type === 'string' || meaning?.kind === 'enumeration' || meaning?.kind === 'telescopes';
  return lines.map((line) => (isText ? line.padEnd(width) : line.padStart(width)));
}

function sideBySide(blocks: readonly string[][]): string[] {
  return (blocks[0] ?? []).map((_, line) =>
    blocks
      .map((block) => block[line])
      .join(GAP)
      .trimEnd(),
  );
}
