import { CherenkitError, ExitCode, nameSome } from '@cherenkit/errors';
import { Column, type ColumnHeader } from './column.js';
import { emptyValues } from './element-type.js';
import { columnOf, tableData, type TableData } from './table-data.js';

/**
 * Concatenates the rows of several tables. All tables need the same columns, in any order, with the same types, shapes
 * and units; descriptions and metadata are those of the first table.
 *
 * @throws CherenkitError TABLES_DIFFER (2), which names the column and the difference; RangeError for an empty list
 */
export function stackTables(tables: readonly TableData[]): TableData {
  const [first, ...others] = tables;
  if (first === undefined) throw new RangeError('stackTables: expected at least one table');
  if (others.length === 0) return first;
  others.forEach((table, i) => checkColumns(first, table, i + 1));
  const nRows = tables.reduce((sum, table) => sum + table.nRows, 0);
  const stacked = Array.from(first.columns.values(), ({ header, type, count, name }) => {
    const values = emptyValues(type, nRows * count);
    let next = 0;
    for (const table of tables) {
      const part = columnOf(table, name).values;
      if (Array.isArray(values)) for (let i = 0; i < part.length; i++) values[next + i] = part[i] as string;
      else (values as Float64Array).set(part as Float64Array, next);
      next += part.length;
    }
    return new Column(header, values);
  });
  return tableData(stacked, first.meta, nRows);
}

function checkColumns(first: TableData, other: TableData, index: number): void {
  const missing = [...first.columns.keys()].filter((name) => !other.columns.has(name));
  const unknown = [...other.columns.keys()].filter((name) => !first.columns.has(name));
  if (missing.length + unknown.length > 0) {
    const parts = [
      ...(missing.length > 0 ? [`lacks ${nameSome(missing)}`] : []),
      ...(unknown.length > 0 ? [`has ${nameSome(unknown)} beyond those of the first`] : []),
    ];
    throw tablesDiffer(index, `it ${parts.join(' and ')}`);
  }
  for (const [name, column] of first.columns) {
    const difference = differenceOf(column, columnOf(other, name));
    if (difference !== undefined) throw tablesDiffer(index, `column "${name}" ${difference}`);
  }
}

/** Reason why two columns cannot be concatenated; undefined if they can. */
function differenceOf(expected: ColumnHeader, found: ColumnHeader): string | undefined {
  const shape = ({ shape = [] }: ColumnHeader): string => `[${shape.join(', ')}]`;
  if (found.type !== expected.type) return `is ${found.type}, not ${expected.type}`;
  if (shape(found) !== shape(expected)) return `has cells of shape ${shape(found)}, not ${shape(expected)}`;
  if (found.unit !== expected.unit) return `is in ${found.unit ?? 'no unit'}, not in ${expected.unit ?? 'none'}`;
  if (found.meaning?.kind !== expected.meaning?.kind) {
    return `holds ${found.meaning?.kind ?? 'plain values'}, not ${expected.meaning?.kind ?? 'plain values'}`;
  }
  const scale = ({ meaning }: ColumnHeader): string =>
    meaning?.kind === 'fixed point' ? JSON.stringify(meaning.scale) : '';
  return scale(found) === scale(expected) ? undefined : 'has another fixed-point scale';
}

function tablesDiffer(index: number, problem: string): CherenkitError {
  return new CherenkitError(
    'TABLES_DIFFER',
    ExitCode.USAGE,
    `Table ${index + 1} cannot be stacked below the first: ${problem}. Select, rename or convert columns first.`,
  );
}
