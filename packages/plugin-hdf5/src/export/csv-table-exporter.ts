import { TableExporter, type ExportSink } from '@cherenkit/core';
import { taiText, type Column, type ColumnHeader, type Table } from '@cherenkit/tables';
import { csvLine } from './csv-line.js';

const utf8 = new TextEncoder();

/** CSV (RFC 4180) with the names of the columns in the first line. Arrays are separated by spaces, times are TAI. */
export class CsvTableExporter extends TableExporter {
  static override readonly help = 'Writes CSV: arrays are numbers separated by spaces, times are texts in TAI.';
  static override readonly recognises = [{ extension: '.csv' }];
  #sink: ExportSink | undefined;

  override open(sink: ExportSink, columns: readonly ColumnHeader[]): void {
    this.#sink = sink;
    this.#append(csvLine(columns.map(({ name }) => name)));
  }

  override write(table: Table): void {
    const columns = [...table.columns.values()];
    const lines: string[] = [];
    for (let row = 0; row < table.nRows; row++) lines.push(csvLine(columns.map((column) => cellText(column, row))));
    this.#append(lines.join(''));
  }

  override finish(): void {
    // Everything is written.
  }

  #append(text: string): void {
    this.#sink?.append(utf8.encode(text));
  }
}

function cellText(column: Column, row: number): string {
  const { meaning, values, count, type } = column;
  if (meaning?.kind === 'time') return taiText(column.timeAt(row));
  const cell = Array.from({ length: count }, (_, i) => values[row * count + i]);
  return cell.map((value) => (type === 'bool' ? String(value === 1) : numberText(value))).join(' ');
}

/** Infinite values are `inf`, which numpy, pandas and DuckDB read. */
function numberText(value: unknown): string {
  return value === Infinity ? 'inf' : value === -Infinity ? '-inf' : String(value);
}
