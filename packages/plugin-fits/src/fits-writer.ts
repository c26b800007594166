import { ByteOutput, compressionOfName, joinParts, MemorySink, type ByteSink } from '@cherenkit/io';
import { standardUnit, type Column, type MetaValue, type Table, type TableMeta } from '@cherenkit/tables';
import { cellFormats, columnsToWrite, encodeRows, type CellFormat, type FitsColumn } from './encode-rows.js';
import { BLOCK, CARD, paddedSize } from './fits-block.js';
import { BLANK_CHECKSUM, checksumText, Ones32, onesSum } from './fits-checksum.js';
import { invalidFitsValue } from './fits-error.js';
import { formatCard } from './format-card.js';

export type { FitsColumn };

/** Options of {@link FitsWriter}. */
export interface FitsWriterOptions {
  /** Keywords of the primary header. */
  readonly header?: TableMeta;
  /** Whether to write the keywords CHECKSUM and DATASUM. Default: true. */
  readonly checksum?: boolean;
}

/** Name and keywords of a table. */
export interface FitsTableOptions {
  /** EXTNAME. */
  readonly name?: string | undefined;
  /** Keywords, in this order, after those of the columns. */
  readonly header?: TableMeta;
}

/** Options of {@link fitsBytes}. */
export interface FitsBytesOptions extends Pick<FitsWriterOptions, 'checksum'> {
  /** EXTNAME. */
  readonly name?: string;
}

/** A table of which rows are written in parts. */
export interface FitsRows {
  /** Number of rows so far. */
  readonly nRows: number;
  /** Appends the rows of a table with the same columns. */
  append(rows: Table): void;
  /** Ends the table, which writes its number of rows and its checksums. */
  end(): void;
}

/** Bytes of rows that are encoded at once. */
const ROWS_BYTES = 1 << 20;

/**
 * Writes a FITS file of binary tables to a sink, as `astropy.table.Table.write` does. The sink is published by `finish`.
 *
 * Texts are stored in UTF-8 and padded with NUL; times and enumerations as their integers; int8 as int16.
 *
 * @example
 * ```ts
 * import { createSink } from '@cherenkit/io';
 * import { FitsWriter } from '@cherenkit/plugin-fits';
 * import { Table } from '@cherenkit/tables';
 *
 * await using sink = createSink('events.fits', { overwrite: true });
 * const writer = new FitsWriter(sink);
 * const energies = { values: Float64Array.of(0.3, 12), unit: 'TeV' };
 * writer.writeTable(Table.of({ ENERGY: energies }), { name: 'EVENTS', header: { OBS_ID: 1n } });
 * await writer.finish();
 * ```
 */
export class FitsWriter {
  readonly #target: ByteSink;
  readonly #checksum: boolean;
  #position = 0;
  #open: FitsRows | undefined;

  constructor(sink: ByteSink, { header = {}, checksum = true }: FitsWriterOptions = {}) {
    this.#target = sink;
    this.#checksum = checksum;
    const mandatory = { SIMPLE: true, BITPIX: 8n, NAXIS: 0n, EXTEND: true };
    this.#append(headerBytes([...cards(mandatory), ...cards(header)], checksum ? 0 : undefined));
  }

  /**
   * Writes a table with its metadata.
   *
   * @throws CherenkitError FITS_VALUE_INVALID (2) for metadata that FITS cannot represent
   */
  writeTable(table: Table, { name, header = {} }: FitsTableOptions = {}): void {
    const rows = this.beginTable(columnsToWrite(table), { name, header: { ...table.meta, ...header } });
    rows.append(table);
    rows.end();
  }

  /**
   * Begins a table whose rows are written in parts.
   *
   * @throws CherenkitError FITS_VALUE_INVALID (2) for metadata that FITS cannot represent, and while another table is open
   */
  beginTable(columns: readonly FitsColumn[], { name, header = {} }: FitsTableOptions = {}): FitsRows {
    this.#checkClosed(name ?? 'A table');
    const { formats, rowBytes } = cellFormats(columns);
    const later = [
      ...formats.flatMap(columnCards),
      ...cards(name === undefined ? {} : { EXTNAME: name }),
      ...cards(header),
    ];
    const headerOf = (nRows: number, datasum: number): Uint8Array => {
      const structure = {
        XTENSION: 'BINTABLE',
        BITPIX: 8n,
        NAXIS: 2n,
        NAXIS1: BigInt(rowBytes),
        NAXIS2: BigInt(nRows),
      };
      const others = { PCOUNT: 0n, GCOUNT: 1n, TFIELDS: BigInt(formats.length) };
      return headerBytes([...cards(structure), ...cards(others), ...later], this.#checksum ? datasum : undefined);
    };
    const start = this.#position;
    this.#append(headerOf(0, 0));
    const sum = new Ones32();
    let nRows = 0;
    const add = (bytes: Uint8Array): void => {
      if (this.#checksum) sum.add(bytes);
      this.#append(bytes);
    };
    const rows: FitsRows = {
      get nRows() {
        return nRows;
      },
      append: (table) => {
        const ordered = columnsInOrder(formats, table);
        const step = Math.max(1, Math.floor(ROWS_BYTES / Math.max(rowBytes, 1)));
        for (let row = 0; row < table.nRows; row += step) {
          add(encodeRows(formats, ordered, [row, Math.min(row + step, table.nRows)], rowBytes));
        }
        nRows += table.nRows;
      },
      end: () => {
        const bytes = nRows * rowBytes;
        if (bytes > 0) add(new Uint8Array(paddedSize(bytes) - bytes));
        this.#target.overwrite(start, headerOf(nRows, sum.value));
        this.#open = undefined;
      },
    };
    this.#open = rows;
    return rows;
  }

  /** Publishes the file. */
  async finish(): Promise<void> {
    this.#checkClosed('The file');
    await this.#target.publish();
  }

  #append(bytes: Uint8Array): void {
    this.#target.append(bytes);
    this.#position += bytes.length;
  }

  #checkClosed(what: string): void {
    if (this.#open !== undefined) throw invalidFitsValue(what, 'the previous table has not ended; call end() first');
  }
}

/**
 * Makes the sink of a FITS file: the given one or, for a name that ends in `.gz`, one that compresses the complete file, which
 * is in memory until then.
 */
export function fitsSink(sink: ByteSink, name: string): ByteSink {
  if (compressionOfName(name) !== 'gzip') return sink;
  const memory = new MemorySink();
  const complete = async (): Promise<void> => {
    await memory.publish();
    await using output = await ByteOutput.open(sink, name);
    await output.append(memory.bytes ?? new Uint8Array(0));
    await output.publish();
  };
  return {
    append: (bytes) => memory.append(bytes),
    overwrite: (position, bytes) => memory.overwrite(position, bytes),
    get size() {
      return memory.size;
    },
    complete: () => memory.complete(),
    publish: complete,
    discard: () => sink.discard(),
    [Symbol.asyncDispose]: () => sink[Symbol.asyncDispose](),
  };
}

/**
 * Makes a FITS file of one table in memory.
 *
 * @throws CherenkitError FITS_VALUE_INVALID (2) for metadata that FITS cannot represent
 */
export function fitsBytes(table: Table, { name, checksum = true }: FitsBytesOptions = {}): Uint8Array {
  const parts: Uint8Array[] = [];
  let size = 0;
  // Parts are replaced as a whole: the writer overwrites headers only.
  const starts = new Map<number, number>();
  const sink = {
    append(bytes: Uint8Array) {
      starts.set(size, parts.push(bytes) - 1);
      size += bytes.length;
    },
    overwrite(position: number, bytes: Uint8Array) {
      parts[starts.get(position) ?? 0] = bytes;
    },
  } as ByteSink;
  new FitsWriter(sink, { checksum }).writeTable(table, { name });
  return joinParts(parts);
}

function columnsInOrder(formats: readonly CellFormat[], table: Table): Column[] {
  return formats.map(({ column: { name, type }, count }) => {
    const column = table.column(name);
    if (column.type === type && column.count === count) return column;
    const problem = `expected ${count} values of type ${type} per row, found ${column.count} of type ${column.type}`;
    throw invalidFitsValue(`Column ${name}`, problem);
  });
}

function columnCards(
  { column: { name, unit, shape = [], type }, code, zero, count, textBytes }: CellFormat,
  i: number,
): string[] {
  const n = i + 1;
  const repeat = type === 'string' ? count * textBytes : count;
  const axes = [...(type === 'string' ? [textBytes] : []), ...[...shape].reverse()];
  const meta: Record<string, MetaValue> = { [`TTYPE${n}`]: name };
  meta[`TFORM${n}`] = repeat === 1 && code !== 'A' ? code : `${repeat}${code}`;
  if (unit !== undefined) meta[`TUNIT${n}`] = standardUnit(unit);
  if (zero !== undefined) meta[`TZERO${n}`] = zero;
  // The first axis is the fastest. Cells of one value are no scalars only with an axis.
  if (axes.length > 1 || (shape.length === 1 && count === 1 && type !== 'string'))
    meta[`TDIM${n}`] = `(${axes.join(',')})`;
  return cards(meta);
}

function cards(meta: TableMeta): string[] {
  return Object.entries(meta).flatMap(([name, value]) => formatCard(name, value));
}

/** A header with its checksums, padded to whole blocks. @param datasum - sum of the data; undefined: no checksums */
function headerBytes(lines: readonly string[], datasum: number | undefined): Uint8Array {
  if (datasum === undefined) return encodeHeader(lines);
  const withSums = (checksum: string): Uint8Array =>
    encodeHeader([...lines, ...cards({ CHECKSUM: checksum, DATASUM: String(datasum) })]);
  const sum = new Ones32();
  sum.add(withSums(BLANK_CHECKSUM));
  return withSums(checksumText(onesSum(sum.value, datasum)));
}

function encodeHeader(lines: readonly string[]): Uint8Array {
  const text = [...lines, 'END'.padEnd(CARD)].join('');
  return new TextEncoder().encode(text.padEnd(Math.ceil(text.length / BLOCK) * BLOCK));
}
