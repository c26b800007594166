import type { Attributes, AttributeValue, CellValue, Column, ElementType, Hdf5Writer } from '../hdf5/index.js';

/** A column with all its values; a text column is as wide as its longest value. */
export interface ValuesColumn {
  readonly name: string;
  readonly type: Exclude<ElementType, `S${number}`> | 'string';
  readonly values: ArrayLike<number | string>;
  readonly unit?: string;
  readonly description?: string;
}

/** Writes a table whose columns are known at once. Source: ctapipe 0.32 `write_table`. */
export function writeColumns(
  file: Hdf5Writer,
  path: string,
  columns: readonly ValuesColumn[],
  meta: Attributes = {},
): void {
  const attributes: Record<string, AttributeValue> = { ...meta };
  const stored = columns.map(({ name, type, values, unit, description }, i): Column => {
    const field = `CTAFIELD_${i}`;
    if (description !== undefined) attributes[`${field}_DESC`] = description;
    if (unit !== undefined) {
      attributes[`${field}_TRANSFORM`] = 'quantity';
      attributes[`${field}_UNIT`] = unit;
    }
    if (type !== 'string') return { name, type };
    const length = longest(values);
    attributes[`${field}_TRANSFORM`] = 'string';
    attributes[`${field}_MAXLEN`] = { type: 'int64', value: length };
    return { name, type: `S${length}` };
  });
  const table = file.createTable(path, stored, { attributes });
  for (let row = 0; row < columns[0].values.length; row++) {
    table.append(columns.map(({ values }): CellValue => values[row]));
  }
}

/** Bytes of the longest text; at least 1, since a type of none does not exist. */
function longest(values: ArrayLike<number | string>): number {
  const encoder = new TextEncoder();
  return Array.from(values).reduce(
    (length: number, value) => Math.max(length, encoder.encode(String(value)).length),
    1,
  );
}
