import { CherenkitError, didYouMean, ExitCode, nameSome } from '@cherenkit/errors';
import type { ByteSource } from '@cherenkit/io';
import { Table, type Column } from '@cherenkit/tables';
import { columnLayouts, type ColumnLayout } from './column-layout.js';
import { decodeColumn, decodeHeapColumn, heapArrays } from './decode-rows.js';
import { corruptFits, unsupportedFits } from './fits-error.js';
import type { FitsHdu } from './fits-hdu.js';

/** Limit of the number of elements of a column of variable length, padded to the longest cell. */
const MAX_PADDED = 2 ** 27;
/** Limit of the number of elements of one column. */
const MAX_ELEMENTS = 2 ** 31;

/** Rows and columns to read. */
interface WantedRows {
  readonly columns?: readonly string[];
  readonly start?: number;
  readonly stop?: number;
}

/** Reads rows of a binary table. Sizes were compared with that of the file when it was opened. */
export async function readRows(source: ByteSource, hdu: FitsHdu, wanted: WantedRows): Promise<Table> {
  const layouts = wantedLayouts(source.name, hdu, wanted.columns);
  const { rowBytes } = hdu;
  const stop = Math.min(wanted.stop ?? hdu.nRows, hdu.nRows);
  const start = Math.min(Math.max(wanted.start ?? 0, 0), stop);
  const nRows = stop - start;
  const largest = layouts.reduce((most, { count }) => Math.max(most, count), 1) * nRows;
  if (largest > MAX_ELEMENTS) {
    throw unsupportedFits(
      hdu.placeIn(source.name),
      hdu.dataOffset,
      `${largest} values per column are too many to read at once`,
    );
  }
  const bytes = await source.read(hdu.dataOffset + start * rowBytes, nRows * rowBytes);
  const columns: Column[] = [];
  for (const layout of layouts) {
    columns.push(
      layout.descriptorBytes === undefined
        ? decodeColumn(layout, bytes, nRows, rowBytes)
        : await heapColumn(source, hdu, layout, bytes, nRows),
    );
  }
  return new Table(columns, hdu.header.meta, columns.length === 0 ? nRows : 0);
}

async function heapColumn(
  source: ByteSource,
  hdu: FitsHdu,
  layout: ColumnLayout,
  bytes: Uint8Array,
  nRows: number,
): Promise<Column> {
  const tableBytes = hdu.nRows * hdu.rowBytes;
  const heapStart = hdu.header.number('THEAP') ?? tableBytes;
  const heapBytes = hdu.dataBytes - heapStart;
  const place = `${hdu.placeIn(source.name)}: column "${layout.header.name}"`;
  let [first, end, longest, total] = [Infinity, 0, 1, 0];
  const arrays = heapArrays(layout, bytes, nRows, hdu.rowBytes);
  for (const [row, { length, offset }] of arrays.entries()) {
    if (length === 0) continue;
    const stop = offset + length * layout.elementBytes;
    if (!(heapStart >= tableBytes && length > 0 && offset >= 0 && stop <= heapBytes)) {
      const found = `the array of row ${row} has ${length} elements at byte ${offset} of ${heapBytes} in the heap`;
      throw corruptFits(place, hdu.dataOffset + heapStart, found);
    }
    [first, end, longest] = [Math.min(first, offset), Math.max(end, stop), Math.max(longest, length)];
    total += length;
  }
  const padded = layout.code === 'A' ? total : longest * nRows;
  if (padded > MAX_PADDED) {
    throw unsupportedFits(
      place,
      hdu.dataOffset,
      `arrays of up to ${longest} elements in ${nRows} rows are too large; read fewer rows at once`,
    );
  }
  const heap = end === 0 ? new Uint8Array(0) : await source.read(hdu.dataOffset + heapStart + first, end - first);
  const present = arrays.map((array) => (array.length === 0 ? { length: 0, offset: first } : array));
  return decodeHeapColumn(layout, present, heap, first);
}

function wantedLayouts(file: string, hdu: FitsHdu, names: readonly string[] | undefined): readonly ColumnLayout[] {
  const layouts = columnLayouts(hdu.header, { place: hdu.placeIn(file), offset: hdu.headerOffset });
  return (
    names?.map((name) => {
      const found = layouts.find(({ header }) => header.name === name);
      if (found !== undefined) return found;
      const known = layouts.map(({ header }) => header.name);
      const hint = didYouMean(name, known) || `; expected one of ${nameSome(known)}`;
      const message = `${hdu.placeIn(file)}: there is no column "${name}"${hint}`;
      throw new CherenkitError('TABLE_COLUMN_UNKNOWN', ExitCode.USAGE, message);
    }) ?? layouts
  );
}
