import { TableExporter, type ExportSink } from '@cherenkit/core';
import { taiText, type Column, type ColumnHeader, type Table } from '@cherenkit/tables';
import type { ByteWriter, ParquetWriter } from 'hyparquet-writer';

/** Element of a Parquet schema. */
type SchemaElement = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number];

/** An open file and its writer. */
interface OpenFile {
  readonly sink: ExportSink;
  readonly bytes: ByteWriter;
  readonly writer: ParquetWriter;
}

/**
 * Parquet, a row group per table. Arrays are lists, times are texts in TAI. Types, shapes, units and descriptions, members of
 * enumerations and telescopes of masks are in the metadata of the file, as JSON with the key `cherenkit`.
 */
export class ParquetTableExporter extends TableExporter {
  static override readonly help =
    'Writes Parquet: arrays are lists, times are texts in TAI; units and descriptions are in the metadata of the file.';
  static override readonly recognises = [{ extension: '.parquet' }];
  #file: OpenFile | undefined;

  override async open(sink: ExportSink, columns: readonly ColumnHeader[]): Promise<void> {
    const { ByteWriter, ParquetWriter } = await import('hyparquet-writer');
    const bytes = new ByteWriter();
    const described = columns.map((column) => [column.name, metadataOf(column)] as const);
    const writer = new ParquetWriter({
      writer: bytes,
      schema: [{ name: 'root', num_children: columns.length }, ...columns.flatMap(schemaOf)],
      kvMetadata: [{ key: 'cherenkit', value: JSON.stringify({ columns: Object.fromEntries(described) }) }],
      createdBy: 'cherenkit',
    });
    this.#file = { sink, bytes, writer };
  }

  override write(table: Table): void {
    const columnData = [...table.columns.values()].map((column) => ({ name: column.name, data: cellsOf(column) }));
    void this.#file?.writer.write({ columnData, rowGroupSize: Math.max(1, table.nRows) });
    this.#flush();
  }

  override finish(): void {
    void this.#file?.writer.finish();
    this.#flush();
  }

  #flush(): void {
    if (this.#file === undefined) return;
    const { sink, bytes } = this.#file;
    sink.append(bytes.getBytes());
    bytes.index = 0;
  }
}

function metadataOf({ type, shape = [], unit, description, meaning }: ColumnHeader): object {
  if (meaning?.kind === 'time') return { type: 'time', scale: 'tai', description };
  return {
    type,
    shape: shape.length > 0 ? shape : undefined,
    unit,
    description,
    enumeration: meaning?.kind === 'enumeration' ? meaning.enumeration : undefined,
    telescopes: meaning?.kind === 'telescopes' ? meaning.telIds : undefined,
  };
}

function schemaOf({ name, type, shape = [], meaning }: ColumnHeader): SchemaElement[] {
  const element = elementOf(meaning?.kind === 'time' ? 'string' : type);
  if (shape.length === 0 || meaning?.kind === 'time') return [{ name, repetition_type: 'REQUIRED', ...element }];
  return [
    { name, repetition_type: 'REQUIRED', num_children: 1, converted_type: 'LIST' },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', repetition_type: 'REQUIRED', ...element },
  ];
}

function elementOf(type: ColumnHeader['type']): Pick<SchemaElement, 'type' | 'converted_type'> {
  switch (type) {
    case 'string':
      return { type: 'BYTE_ARRAY', converted_type: 'UTF8' };
    case 'bool':
      return { type: 'BOOLEAN' };
    case 'float32':
      return { type: 'FLOAT' };
    case 'float64':
      return { type: 'DOUBLE' };
    case 'uint32':
    case 'int64':
      return { type: 'INT64' };
    case 'uint64':
      return { type: 'INT64', converted_type: 'UINT_64' };
    case 'int8':
      return { type: 'INT32', converted_type: 'INT_8' };
    case 'int16':
      return { type: 'INT32', converted_type: 'INT_16' };
    case 'uint8':
      return { type: 'INT32', converted_type: 'UINT_8' };
    case 'uint16':
      return { type: 'INT32', converted_type: 'UINT_16' };
    default:
      return { type: 'INT32' };
  }
}

function cellsOf(column: Column): unknown[] {
  const { values, count, shape, type, meaning, length } = column;
  const convert = (value: unknown): unknown => {
    if (type === 'bool') return value === 1;
    return type === 'uint32' ? BigInt(value as number) : value;
  };
  return Array.from({ length }, (_, row) => {
    if (meaning?.kind === 'time') return taiText(column.timeAt(row));
    if (shape.length === 0) return convert(values[row]);
    return Array.from({ length: count }, (_element, i) => convert(values[row * count + i]));
  });
}
