import type { Column } from './column.js';
import { partOf } from './element-type.js';
import { standardUnit } from './column-unit.js';
import type { Table } from './table.js';
import type { MetaValue } from './table-data.js';

/**
 * Formats a table as ECSV 1.0 (enhanced character-separated values), as `astropy.table.Table.write` does: a YAML header with
 * types, units, descriptions and metadata, then rows separated by spaces. Arrays are lists in JSON. Times and enumerations are
 * stored as their integers.
 */
export function ecsvText(table: Table): string {
  const columns = [...table.columns.values()];
  const meta = Object.entries(table.meta);
  const header = [
    '%ECSV 1.0',
    '---',
    columns.length === 0 ? 'datatype: []' : 'datatype:',
    ...columns.map((column) => `- {${columnEntries(column).join(', ')}}`),
    ...(meta.length === 0
      ? []
      : ['meta: !!omap', ...meta.map(([name, value]) => `- {${yamlText(name)}: ${yaml(value)}}`)]),
    'schema: astropy-2.0',
  ];
  const lines = [...header.map((line) => `# ${line}`), columns.map(({ name }) => quoted(name)).join(' ')];
  for (let row = 0; row < table.nRows; row++) lines.push(columns.map((column) => cell(column, row)).join(' '));
  return `${lines.join('\n')}\n`;
}

function columnEntries({ name, unit, type, shape, description }: Column): string[] {
  const subtype = `'${type}[${shape.join(',')}]'`;
  return [
    `name: ${yamlText(name)}`,
    ...(unit === undefined ? [] : [`unit: ${yamlText(standardUnit(unit))}`]),
    ...(shape.length === 0 ? [`datatype: ${type}`] : ['datatype: string', `subtype: ${subtype}`]),
    ...(description === undefined ? [] : [`description: ${yamlText(description)}`]),
  ];
}

/** A plain text where YAML reads it as such, otherwise one in double quotes. */
function yamlText(text: string): string {
  const isPlain = /^[A-Za-z_][\w./-]*$/.test(text) && !/^(?:true|false|yes|no|on|off|null|y|n)$/i.test(text);
  return isPlain ? text : JSON.stringify(text);
}

function yaml(value: MetaValue): string {
  if (typeof value === 'string') return yamlText(value);
  if (typeof value !== 'number') return String(value);
  if (Number.isNaN(value)) return '.nan';
  // YAML reads 1e-7 as text.
  return Number.isFinite(value)
    ? withPoint(String(value).replace(/^(-?\d+)e/, '$1.0e'))
    : `${value < 0 ? '-' : ''}.inf`;
}

function cell(column: Column, row: number): string {
  const { count, shape, values, type } = column;
  if (shape.length > 0) {
    const texts = Array.from(partOf(values, row * count, (row + 1) * count) as ArrayLike<unknown>, (value) =>
      elementText(value, type, true),
    );
    return quoted(nested(texts, shape));
  }
  const text = elementText(values[row], type, false);
  return type === 'string' ? quoted(text) : text;
}

/** Texts of the values of an array in C order, as nested lists. */
function nested(texts: readonly string[], [length = 0, ...others]: readonly number[]): string {
  if (others.length === 0) return `[${texts.join(',')}]`;
  const size = texts.length / length;
  return `[${Array.from({ length }, (_, i) => nested(texts.slice(i * size, (i + 1) * size), others)).join(',')}]`;
}

function elementText(value: unknown, type: Column['type'], isJson: boolean): string {
  if (type === 'bool') return isJson ? String(value === 1) : value === 1 ? 'True' : 'False';
  if (type !== 'float32' && type !== 'float64') return String(value);
  const number = value as number;
  if (Number.isNaN(number)) return isJson ? 'NaN' : 'nan';
  if (!Number.isFinite(number)) return `${number < 0 ? '-' : ''}${isJson ? 'Infinity' : 'inf'}`;
  return withPoint(type === 'float32' ? shortestFloat32(number) : String(number));
}

/** The shortest text that is read as the same float32. */
function shortestFloat32(value: number): string {
  for (let digits = 1; digits < 9; digits++) {
    const text = String(Number(value.toPrecision(digits)));
    if (Math.fround(Number(text)) === value) return text;
  }
  return String(Number(value.toPrecision(9)));
}

function withPoint(text: string): string {
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** In double quotes if a reader would not read it as one text. */
function quoted(text: string): string {
  return text === '' || /[\s"#]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
