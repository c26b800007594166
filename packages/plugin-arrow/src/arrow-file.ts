import type { ColumnHeader, ExportSink, Table } from '@cherenkit/core';
import {
  AsyncByteQueue,
  makeData,
  RecordBatch,
  RecordBatchFileWriter,
  Schema,
  Struct,
  type DataType,
} from 'apache-arrow';
import { arrowData } from './arrow-data.js';
import { arrowField } from './arrow-field.js';

/** Passes the bytes of a writer on at once, instead of queueing them until someone reads them. */
class SinkQueue extends AsyncByteQueue {
  readonly #sink: ExportSink;

  constructor(sink: ExportSink) {
    super();
    this.#sink = sink;
  }

  override write(bytes: Uint8Array): void {
    if (bytes.length > 0) this.#sink.append(bytes);
  }
}

/** Starts an Arrow IPC file with the schema of the columns. */
export function openArrowFile(
  sink: ExportSink,
  columns: readonly ColumnHeader[],
): { readonly writer: RecordBatchFileWriter; batchOf(table: Table): RecordBatch } {
  const fields = columns.map(arrowField);
  const schema = new Schema(fields);
  const writer = new RecordBatchFileWriter();
  writer.reset(new SinkQueue(sink), schema);
  return {
    writer,
    batchOf(table) {
      const children = [...table.columns.values()].map((column, i) => arrowData(column, fields[i].type as DataType));
      const rows = makeData({ type: new Struct(fields), length: table.nRows, nullCount: 0, children });
      return new RecordBatch(schema, rows);
    },
  };
}
