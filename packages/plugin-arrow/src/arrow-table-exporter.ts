import { TableExporter, type ColumnHeader, type ExportSink, type Table } from '@cherenkit/core';
import type { RecordBatch, RecordBatchFileWriter } from 'apache-arrow';

/** An open file and its writer. */
interface OpenFile {
  readonly writer: RecordBatchFileWriter;
  batchOf(table: Table): RecordBatch;
}

/**
 * Arrow IPC file, also known as Feather version 2, with a record batch per table. Arrays are fixed-size lists, times are
 * timestamps in TAI. Units, descriptions, members of enumerations and telescopes of masks are metadata of the fields.
 */
export class ArrowTableExporter extends TableExporter {
  static override readonly help =
    'Writes Arrow: arrays are fixed-size lists, times are timestamps in TAI; units and descriptions are metadata of the fields.';
  static override readonly recognises = [{ extension: '.arrow' }, { extension: '.feather' }];
  #file: OpenFile | undefined;

  override async open(sink: ExportSink, columns: readonly ColumnHeader[]): Promise<void> {
    // Imported on demand: finding out that a run writes no Arrow must not load the library.
    const { openArrowFile } = await import('./arrow-file.js');
    this.#file = openArrowFile(sink, columns);
  }

  override write(table: Table): void {
    this.#file?.writer.write(this.#file.batchOf(table));
  }

  override finish(): void {
    this.#file?.writer.finish();
  }
}
