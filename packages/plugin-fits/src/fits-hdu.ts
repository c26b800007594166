import type { ColumnHeader } from '@cherenkit/tables';
import { columnLayouts } from './column-layout.js';
import { paddedSize } from './fits-block.js';
import { corruptFits } from './fits-error.js';
import type { FitsHeader } from './fits-header.js';

/** Content of a part of a FITS file. */
export type HduKind = 'image' | 'table' | 'text table' | 'other';

const KINDS: Readonly<Record<string, HduKind>> = { IMAGE: 'image', BINTABLE: 'table', TABLE: 'text table' };

/** Header and data unit: a part of a FITS file. The first one is an image, which is mostly empty. */
export class FitsHdu {
  /** Number of the unit in the file, from 0. */
  readonly index: number;
  /** EXTNAME; `PRIMARY` for the first unit without a name. */
  readonly name: string;
  readonly kind: HduKind;
  readonly header: FitsHeader;
  /** Offsets in the decompressed file, and size of the data without padding, bytes. */
  readonly headerOffset: number;
  readonly dataOffset: number;
  readonly dataBytes: number;
  /** Of tables: number of rows, and size of a row in bytes. */
  readonly nRows: number;
  readonly rowBytes: number;
  /** Columns of a table: names, types, shapes and units. The shape of those of variable length is that of the data read. */
  readonly columns: readonly ColumnHeader[];

  /** @throws CherenkitError FITS_CORRUPT, FITS_UNSUPPORTED (65) */
  constructor(file: string, index: number, header: FitsHeader, headerOffset: number, dataOffset: number) {
    this.index = index;
    this.header = header;
    this.headerOffset = headerOffset;
    this.dataOffset = dataOffset;
    this.name = header.text('EXTNAME')?.trim() ?? (index === 0 ? 'PRIMARY' : '');
    this.kind = index === 0 ? 'image' : (KINDS[header.text('XTENSION') ?? ''] ?? 'other');
    const at = { place: this.placeIn(file), offset: headerOffset };
    const axes = axisLengths(header, at.place, headerOffset);
    this.dataBytes = dataSize(header, axes, at.place, headerOffset);
    const isTable = this.kind === 'table';
    if (isTable && axes.length !== 2) throw corruptFits(at.place, headerOffset, `NAXIS is ${axes.length}, expected 2`);
    // Rows without bytes hold nothing, and their number could be anything.
    [this.rowBytes, this.nRows] = isTable && axes[0] > 0 ? [axes[0], axes[1]] : [0, 0];
    this.columns = isTable ? columnLayouts(header, at).map((layout) => layout.header) : [];
  }

  /** Offset behind the data and their padding. */
  get end(): number {
    return this.dataOffset + paddedSize(this.dataBytes);
  }

  /** Name for messages: `irf.fits: EFFECTIVE AREA`. */
  placeIn(file: string): string {
    return `${file}: ${this.name || `HDU ${this.index}`}`;
  }
}

function axisLengths(header: FitsHeader, place: string, offset: number): number[] {
  const nAxes = size(header, 'NAXIS', place, offset);
  if (nAxes > 999) throw corruptFits(place, offset, `NAXIS is ${nAxes}, expected at most 999`);
  return Array.from({ length: nAxes }, (_, i) => size(header, `NAXIS${i + 1}`, place, offset));
}

/** Size of the data without padding. */
function dataSize(header: FitsHeader, axes: readonly number[], place: string, offset: number): number {
  const bits = header.number('BITPIX') ?? NaN;
  if (![8, 16, 32, 64, -32, -64].includes(bits)) {
    throw corruptFits(place, offset, `BITPIX is ${header.get('BITPIX')}, expected 8, 16, 32, 64, -32 or -64`);
  }
  if (axes.length === 0) return 0;
  // Random groups have a first axis of 0.
  const isGrouped = axes[0] === 0 && header.get('GROUPS') === true;
  const elements = (isGrouped ? axes.slice(1) : axes).reduce((product, length) => product * length, 1);
  const [parameters, groups] = [size(header, 'PCOUNT', place, offset, 0), size(header, 'GCOUNT', place, offset, 1)];
  const bytes = (Math.abs(bits) / 8) * groups * (parameters + elements);
  if (!Number.isSafeInteger(bytes)) throw corruptFits(place, offset, `the header declares ${bytes} bytes of data`);
  return bytes;
}

function size(header: FitsHeader, keyword: string, place: string, offset: number, missing?: number): number {
  const value = header.has(keyword) ? header.number(keyword) : missing;
  if (value !== undefined && Number.isSafeInteger(value) && value >= 0) return value;
  const found = header.has(keyword) ? JSON.stringify(String(header.get(keyword))) : 'missing';
  throw corruptFits(place, offset, `${keyword} is ${found}, expected an integer of at least 0`);
}
