import type { Container } from './container.js';
import { memoryUnitsPer } from '@cherenkit/tables';
import { memberName } from './enumeration.js';
import type { Field } from './field.js';

const SHOWN_ELEMENTS = 5;

/** Formats a container as text, one line per field. Values are in the units of their columns. */
export function describeContainer(name: string, container: Container): string {
  const values = container as unknown as Readonly<Record<string, unknown>>;
  const rows = Object.entries(container.fields).map(([field, entry]) => [
    field,
    describeValue(values[field], entry),
    entry.description,
  ]);
  const width = (column: number) => Math.max(...rows.map((row) => (row[column] ?? '').length));
  const widths = [width(0), Math.min(width(1), 48)];
  const lines = rows.map(([field = '', value = '', description = '']) =>
    `  ${field.padEnd(widths[0] ?? 0)}  ${value.padEnd(widths[1] ?? 0)}  ${description}`.trimEnd(),
  );
  return [`${name}:`, ...lines].join('\n');
}

function describeValue(value: unknown, { column, container }: Field): string {
  if (value === undefined) return 'none';
  if (value instanceof Map) return `{${[...(value as Map<unknown, unknown>).keys()].join(', ')}}`;
  if (ArrayBuffer.isView(value)) return describeArray(value as Float64Array);
  if (Array.isArray(value)) return `[${value.join(', ')}]`;
  if (container) return container.name;
  if (typeof value === 'number' && column) {
    if (column.type === 'enumeration') return memberName(column.enumeration.members, value);
    if ('unit' in column) return `${shortNumber(value / memoryUnitsPer(column.unit))} ${column.unit}`;
    return shortNumber(value);
  }
  return typeof value === 'object' && value !== null ? value.constructor.name : JSON.stringify(value);
}

function describeArray(values: Float64Array): string {
  const shown = Array.from(values.subarray(0, SHOWN_ELEMENTS), shortNumber).join(', ');
  return `${values.constructor.name}(${values.length}) [${shown}${values.length > SHOWN_ELEMENTS ? ', ...' : ''}]`;
}

function shortNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
}
