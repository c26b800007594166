import { Column, emptyValues, missingElement, type NumericValues } from '@cherenkit/tables';
import type { ColumnLayout } from './column-layout.js';

const utf8 = new TextDecoder();

/** Part of a file with elements of columns at regular distances. */
interface StoredElements {
  readonly bytes: Uint8Array;
  /** Offset of the first cell. */
  readonly start: number;
  /** Distance of two cells. */
  readonly step: number;
  readonly nCells: number;
  /** Elements per cell. */
  readonly count: number;
}

/**
 * Decodes a column of fixed size from rows.
 *
 * @param rowBytes - size of a row
 */
export function decodeColumn(layout: ColumnLayout, bytes: Uint8Array, nRows: number, rowBytes: number): Column {
  const { header, offset, count } = layout;
  const values = emptyValues(header.type, nRows * count);
  decodeElements(layout, { bytes, start: offset, step: rowBytes, nCells: nRows, count }, values, 0);
  return new Column(header, values);
}

/** An array of variable length in the heap: number of elements, and offset in bytes. */
export interface HeapArray {
  readonly length: number;
  readonly offset: number;
}

/** Descriptors of the arrays of a column of variable length. */
export function heapArrays(layout: ColumnLayout, bytes: Uint8Array, nRows: number, rowBytes: number): HeapArray[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: nRows }, (_, row) => {
    const at = row * rowBytes + layout.offset;
    return layout.descriptorBytes === 8
      ? { length: view.getInt32(at), offset: view.getInt32(at + 4) }
      : { length: Number(view.getBigInt64(at)), offset: Number(view.getBigInt64(at + 8)) };
  });
}

/**
 * Decodes a column of variable length. Cells are as long as the longest one; missing elements are NaN or the sentinels of
 * `missingElement`. Texts are not padded.
 *
 * @param heap - bytes that contain all arrays
 * @param heapStart - offset of these bytes in the heap
 */
export function decodeHeapColumn(
  layout: ColumnLayout,
  arrays: readonly HeapArray[],
  heap: Uint8Array,
  heapStart: number,
): Column {
  const { header, code } = layout;
  if (code === 'A') {
    const texts = arrays.map(({ offset, length }) => decodeText(heap, offset - heapStart, length));
    return new Column(header, texts);
  }
  const parts = code === 'C' || code === 'M' ? 2 : 1;
  const longest = arrays.reduce((most, { length }) => Math.max(most, length), 1);
  const values = emptyValues(header.type, arrays.length * longest * parts) as Float64Array;
  values.fill(missingElement(header.type) as number);
  for (const [row, { offset, length }] of arrays.entries()) {
    const stored = { bytes: heap, start: offset - heapStart, step: 0, nCells: 1, count: length * parts };
    decodeElements(layout, stored, values, row * longest * parts);
  }
  return new Column({ ...header, shape: parts === 2 ? [longest, 2] : [longest] }, values);
}

/** Decodes elements to `values`, from index `at`. */
function decodeElements(
  layout: ColumnLayout,
  { bytes, start, step, nCells, count }: StoredElements,
  values: NumericValues | string[],
  at: number,
): void {
  const { code, scaling, textBytes, header } = layout;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (Array.isArray(values)) {
    for (let cell = 0; cell < nCells; cell++) {
      for (let i = 0; i < count; i++) values[at++] = decodeText(bytes, start + cell * step + i * textBytes, textBytes);
    }
    return;
  }
  if (scaling !== undefined) {
    const read = READERS[code];
    const { scale, zero, blank } = scaling;
    for (let cell = 0; cell < nCells; cell++) {
      for (let i = 0, place = start + cell * step; i < count; i++, place += layout.elementBytes) {
        const stored = Number(read(view, place));
        values[at++] = stored === blank && !/[ED]/.test(code) ? NaN : zero + scale * stored;
      }
    }
    return;
  }
  decodeNumbers(code, header.type, { view, bytes, start, step, nCells, count }, values, at);
}

type NumberPlaces = Omit<StoredElements, 'bytes'> & { readonly view: DataView; readonly bytes: Uint8Array };

const READERS: Readonly<Record<string, (view: DataView, place: number) => number | bigint>> = {
  B: (view, place) => view.getUint8(place),
  I: (view, place) => view.getInt16(place),
  J: (view, place) => view.getInt32(place),
  K: (view, place) => view.getBigInt64(place),
  E: (view, place) => view.getFloat32(place),
  D: (view, place) => view.getFloat64(place),
};

/** One loop per type, which is several times as fast as a call per element. */
function decodeNumbers(
  code: string,
  type: string,
  { view, bytes, start, step, nCells, count }: NumberPlaces,
  target: NumericValues,
  at: number,
): void {
  const values = target as Float64Array;
  const integers = target as BigInt64Array;
  for (let cell = 0; cell < nCells; cell++) {
    let place = start + cell * step;
    const end = at + count;
    switch (code) {
      case 'L':
        while (at < end) values[at++] = bytes[place++] === 0x54 ? 1 : 0; // T
        break;
      case 'X':
        for (let bit = 0; at < end; bit++) values[at++] = (bytes[place + (bit >> 3)] >> (7 - (bit & 7))) & 1;
        break;
      case 'B': {
        const zero = type === 'int8' ? -128 : 0;
        while (at < end) values[at++] = bytes[place++] + zero;
        break;
      }
      case 'I': {
        const zero = type === 'uint16' ? 2 ** 15 : 0;
        for (; at < end; place += 2) values[at++] = view.getInt16(place) + zero;
        break;
      }
      case 'J': {
        const zero = type === 'uint32' ? 2 ** 31 : 0;
        for (; at < end; place += 4) values[at++] = view.getInt32(place) + zero;
        break;
      }
      case 'K': {
        const zero = type === 'uint64' ? 2n ** 63n : 0n;
        for (; at < end; place += 8) integers[at++] = view.getBigInt64(place) + zero;
        break;
      }
      case 'E':
      case 'C':
        for (; at < end; place += 4) values[at++] = view.getFloat32(place);
        break;
      default:
        for (; at < end; place += 8) values[at++] = view.getFloat64(place);
    }
  }
}

/** A text ends at its first NUL; trailing blanks are not significant. */
function decodeText(bytes: Uint8Array, start: number, length: number): string {
  const part = bytes.subarray(start, start + length);
  const end = part.indexOf(0);
  return utf8.decode(end < 0 ? part : part.subarray(0, end)).trimEnd();
}
