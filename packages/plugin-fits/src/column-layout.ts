import type { ColumnHeader, ElementType, NumericType } from '@cherenkit/tables';
import { corruptFits, unsupportedFits } from './fits-error.js';
import type { FitsHeader } from './fits-header.js';
import { unitFromFits } from './fits-unit.js';

/** Size in bytes, and type of the elements, of each code of TFORM. */
const CODES: Readonly<Record<string, { readonly bytes: number; readonly type: ElementType }>> = {
  L: { bytes: 1, type: 'bool' },
  X: { bytes: 1, type: 'bool' },
  B: { bytes: 1, type: 'uint8' },
  I: { bytes: 2, type: 'int16' },
  J: { bytes: 4, type: 'int32' },
  K: { bytes: 8, type: 'int64' },
  A: { bytes: 1, type: 'string' },
  E: { bytes: 4, type: 'float32' },
  D: { bytes: 8, type: 'float64' },
  C: { bytes: 8, type: 'float32' },
  M: { bytes: 16, type: 'float64' },
};

/** Integers that are stored with an offset, since FITS has no such type: `I` with TZERO 32768 is uint16. */
const WITH_OFFSET: Readonly<Record<string, NumericType>> = {
  'B-128': 'int8',
  I32768: 'uint16',
  J2147483648: 'uint32',
  K9223372036854775808: 'uint64',
};

/** Conversion of stored numbers, `zero + scale * stored`; integers equal to `blank` are NaN. */
interface Scaling {
  readonly scale: number;
  readonly zero: number;
  readonly blank: number | undefined;
}

/** How a column is stored. */
export interface ColumnLayout {
  readonly header: ColumnHeader;
  /** Code of TFORM; of the elements in the heap for arrays of variable length. */
  readonly code: string;
  /** Offset of the cell in a row, bytes. */
  readonly offset: number;
  /** Number of elements of a cell, of bits for `X`, of texts for `A`, of floats for complex numbers. */
  readonly count: number;
  /** Bytes of a text. */
  readonly textBytes: number;
  /** Bytes of one element. */
  readonly elementBytes: number;
  /** Conversion of stored numbers, `zero + scale * stored`; undefined if they are the values. */
  readonly scaling: Scaling | undefined;
  /** Bytes of a descriptor of an array of variable length; undefined for cells of fixed size. */
  readonly descriptorBytes: 8 | 16 | undefined;
}

/** Places in a file, for messages. */
export interface HduPlace {
  /** File and table. */
  readonly place: string;
  /** Offset of the header, bytes. */
  readonly offset: number;
}

/**
 * Layout of the columns of a binary table. Columns without elements are left out.
 *
 * @throws CherenkitError FITS_CORRUPT (65) for headers that contradict themselves, FITS_UNSUPPORTED (65) for unknown types
 */
export function columnLayouts(header: FitsHeader, at: HduPlace): ColumnLayout[] {
  const rowBytes = header.number('NAXIS1') ?? 0;
  const nColumns = header.number('TFIELDS');
  if (nColumns === undefined || !(nColumns >= 0 && nColumns <= 999 && Number.isInteger(nColumns))) {
    throw corruptFits(at.place, at.offset, `TFIELDS is ${header.get('TFIELDS')}, expected 0 to 999`);
  }
  const layouts: ColumnLayout[] = [];
  const names = new Set<string>();
  let offset = 0;
  for (let n = 1; n <= nColumns; n++) {
    const { layout, bytes } = columnLayout(header, n, offset, at);
    offset += bytes;
    if (offset > rowBytes) {
      throw corruptFits(at.place, at.offset, `columns 1 to ${n} need ${offset} bytes, but rows have ${rowBytes}`);
    }
    const { name } = layout.header;
    if (names.has(name)) throw corruptFits(at.place, at.offset, `two columns are called "${name}"`);
    names.add(name);
    if (layout.count > 0 || layout.descriptorBytes !== undefined) layouts.push(layout);
  }
  return layouts;
}

function columnLayout(
  header: FitsHeader,
  n: number,
  offset: number,
  at: HduPlace,
): { readonly layout: ColumnLayout; readonly bytes: number } {
  const form = header.text(`TFORM${n}`);
  const name = header.text(`TTYPE${n}`)?.trim() || `col${n}`;
  const parsed = /^\s*(\d{0,15})([A-Z])(.*)$/.exec(form ?? '');
  if (parsed === null) {
    throw corruptFits(at.place, at.offset, `TFORM${n} is ${JSON.stringify(form)}, expected a type such as 1D`);
  }
  const [, digits, code, rest] = parsed;
  const repeat = digits === '' ? 1 : Number(digits);
  const unit = unitFromFits(header.text(`TUNIT${n}`) ?? '');
  if (code === 'P' || code === 'Q') {
    const element = /^\(?([A-Z])/.exec(rest)?.[1] ?? '';
    if (CODES[element] === undefined || element === 'X') throw unknownType(at, n, form);
    const descriptorBytes = code === 'P' ? 8 : 16;
    const { type, scaling } = storedType(header, n, element);
    const layout = {
      header: { name, unit, type },
      code: element,
      offset,
      count: 0,
      textBytes: 0,
      elementBytes: CODES[element].bytes,
      scaling,
      // A cell without descriptor holds nothing.
      descriptorBytes: repeat === 0 ? undefined : descriptorBytes,
    } as const;
    return { layout, bytes: repeat * descriptorBytes };
  }
  if (CODES[code] === undefined) throw unknownType(at, n, form);
  const bytes = code === 'X' ? Math.ceil(repeat / 8) : repeat * CODES[code].bytes;
  const { count, shape, textBytes } = cellShape(code, repeat, rest, header.text(`TDIM${n}`));
  const { type, scaling } = storedType(header, n, code);
  const cell = { header: { name, unit, shape, type }, code, offset, count, textBytes };
  return { layout: { ...cell, elementBytes: CODES[code].bytes, scaling, descriptorBytes: undefined }, bytes };
}

function storedType(
  header: FitsHeader,
  n: number,
  code: string,
): { readonly type: ElementType; readonly scaling: Scaling | undefined } {
  const { type } = CODES[code];
  const [zero, scale] = [header.get(`TZERO${n}`) ?? 0n, header.number(`TSCAL${n}`) ?? 1];
  if (!/[BIJKED]/.test(code) || (Number(zero) === 0 && scale === 1)) return { type, scaling: undefined };
  // 2^63 may be written as a float, which represents it exactly.
  const isExact = typeof zero === 'bigint' || Number.isInteger(zero);
  const shifted = isExact && scale === 1 ? WITH_OFFSET[`${code}${BigInt(zero)}`] : undefined;
  if (shifted !== undefined) return { type: shifted, scaling: undefined };
  return { type: 'float64', scaling: { scale, zero: Number(zero), blank: header.number(`TNULL${n}`) } };
}

/** Shape of the cells. TDIM lists the fastest axis first; its first axis are the bytes of texts. */
function cellShape(code: string, repeat: number, rest: string, dimensions: string | undefined) {
  const listed = /^\(\s*(\d+(?:\s*,\s*\d+)*)\s*\)$/.exec(dimensions?.trim() ?? '')?.[1];
  let axes = listed?.split(',').map(Number);
  if (axes !== undefined && axes.reduce((product, length) => product * length, 1) !== repeat) axes = undefined;
  if (code === 'A') {
    const width = /^(\d+)$/.exec(rest)?.[1];
    const textBytes = axes?.[0] ?? Math.min(Number(width ?? repeat), repeat);
    const count = textBytes === 0 ? 0 : Math.floor(repeat / textBytes);
    const shape = axes?.slice(1).reverse() ?? (count > 1 ? [count] : []);
    return { count, shape, textBytes };
  }
  const count = code === 'C' || code === 'M' ? 2 * repeat : repeat;
  const parts = code === 'C' || code === 'M' ? [2] : [];
  return { count, shape: [...(axes?.reverse() ?? (repeat > 1 ? [repeat] : [])), ...parts], textBytes: 0 };
}

function unknownType(at: HduPlace, n: number, form: string | undefined) {
  return unsupportedFits(at.place, at.offset, `TFORM${n} is "${form}", a type that is not supported`);
}
