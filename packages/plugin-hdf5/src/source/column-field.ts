import { camelCase, dataModel, type Field, type FieldColumn, type NumberType } from '@cherenkit/core';
import { NAN_TIME, type ColumnHeader, type ColumnUnit } from '@cherenkit/tables';

/** Field of a container for a column that its class does not declare. */
export interface ColumnField {
  readonly name: string;
  readonly field: Field;
  /** Name of the column. */
  readonly column: string;
}

/**
 * Makes a field for a column, such as one that a plugin's algorithm added to its results. The writer makes the same column of
 * it again.
 *
 * @param prefix - prefix of the columns of the container
 * @param textBytes - length of a text column, bytes
 * @returns undefined for columns that the writer would name differently
 */
export function fieldOfColumn(header: ColumnHeader, prefix: string, textBytes?: number): ColumnField | undefined {
  const inFile = header.name.startsWith(`${prefix}_`) ? header.name.slice(prefix.length + 1) : header.field;
  if (inFile === undefined) return undefined;
  const name = [camelCase(inFile), inFile].find((each) => dataModel.columnName(each) === inFile);
  if (name === undefined) return undefined;
  const column = columnOf(header, textBytes);
  const field = { description: header.description ?? '', column, initial: () => missingValue(column) };
  return { name, field, column: header.name };
}

function columnOf({ type, shape = [], unit: unitText, meaning }: ColumnHeader, bytes?: number): FieldColumn {
  const unit = unitText as ColumnUnit | undefined;
  if (meaning?.kind === 'telescopes') return { type: 'telescopes' };
  if (meaning?.kind === 'time') return { type: 'time', format: meaning.format };
  if (meaning?.kind === 'enumeration') return { type: 'enumeration', enumeration: meaning.enumeration };
  if (type === 'string') return { type, ...(bytes !== undefined && { bytes }) };
  // Fixed-point columns are decoded when they are read.
  const element = meaning?.kind === 'fixed point' ? 'float32' : type;
  if (shape.length === 0) return element === 'bool' ? { type: element } : { type: element, ...(unit && { unit }) };
  const length = shape.reduce((product, size) => product * size, 1);
  return { type: 'array', element, length, dims: shape.map(String), ...(unit && { unit }) };
}

/** Values of fields without value: those of the builders of fields. */
function missingValue(column: FieldColumn): unknown {
  switch (column.type) {
    case 'bool':
      return false;
    case 'string':
      return '';
    case 'enumeration':
      return Object.values(column.enumeration.members)[0] ?? 0;
    case 'time':
      return NAN_TIME;
    case 'telescopes':
      return [];
    case 'array':
    case 'waveforms':
      return undefined;
    default:
      return missingNumber(column.type);
  }
}

function missingNumber(type: NumberType): number {
  if (type.startsWith('float')) return NaN;
  const bits = Number(/^uint(8|16|32)$/.exec(type)?.[1] ?? 0);
  return bits === 0 ? -1 : 2 ** bits - 1;
}
