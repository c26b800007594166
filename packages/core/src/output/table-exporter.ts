import type { ByteSink } from '@cherenkit/io';
import type { ColumnHeader, Table } from '@cherenkit/tables';
import { Component, serviceToken } from '../framework/component/index.js';

/**
 * Writes tables with the same columns to a file of a format, for `cherenkit export`. Its formats are the file name extensions in
 * `recognises`: `--format arrow`, or an output `showers.arrow`, selects the exporter with the extension `.arrow`.
 *
 * An exporter is used for one file: `open`, `write` for each table, `finish`. It keeps no reference to the arrays of a table.
 *
 * @example
 * ```ts
 * import { TableExporter, type ExportSink, type Table } from '@cherenkit/core';
 *
 * class JsonLinesTableExporter extends TableExporter {
 *   static override readonly help = 'Writes a JSON object per row.';
 *   static override readonly recognises = [{ extension: '.jsonl' }];
 *   #sink?: ExportSink;
 *
 *   override open(sink: ExportSink): void {
 *     this.#sink = sink;
 *   }
 *
 *   override write(table: Table): void {
 *     const lines = table.toJSON().map((row) => `${JSON.stringify(row)}\n`);
 *     this.#sink?.append(new TextEncoder().encode(lines.join('')));
 *   }
 *
 *   override finish(): void {}
 * }
 * ```
 */
export abstract class TableExporter extends Component {
  static override readonly kind: string = 'TableExporter';
  static override readonly asynchronousMethods: readonly (string | symbol)[] = ['open', 'write', 'finish'];

  /**
   * Starts a file.
   *
   * @param columns - columns of all tables that will be written, in order
   */
  abstract open(sink: ExportSink, columns: readonly ColumnHeader[]): void | Promise<void>;

  /** Writes rows, a limited number at once. */
  abstract write(table: Table): void | Promise<void>;

  /** Writes the end of the file. The caller publishes it. */
  abstract finish(): void | Promise<void>;
}

/** Destination of the bytes of an exported file. */
export type ExportSink = Pick<ByteSink, 'append'>;

/** Format that an exporter writes. */
export interface ExportFormat {
  /** File name extension without the dot: `parquet`. */
  readonly name: string;
  /** Class of the exporter, or `plugin/Class` if several plugins have a class of that name. */
  readonly exporter: string;
}

/** The table exporters of all plugins. */
export interface TableExporters {
  readonly formats: readonly ExportFormat[];
  /** End of a message about an unknown format: plugins that cannot be used, with the reasons. */
  readonly failureHint: string;
  /** Creates an exporter with the configuration of the run. */
  create(format: ExportFormat): Promise<TableExporter>;
}

/** The table exporters of all plugins, for tools with `TableExporter` in `children`. */
export const TABLE_EXPORTERS = serviceToken<TableExporters>('cherenkit.TableExporters');
