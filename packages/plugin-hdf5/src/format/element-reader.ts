import { TYPED_ARRAYS, type ColumnValues, type NumericType } from '@cherenkit/tables';
import { elementSize, stringLength, type StoredType } from './placed-column.js';

/** Decodes consecutive elements from bytes at any alignment; strings become a list of texts. */
export function readElements(type: StoredType, bytes: Uint8Array, count: number): ColumnValues {
  const length = stringLength(type);
  if (length !== undefined) {
    return Array.from({ length: count }, (_, i) => text(bytes.subarray(i * length, (i + 1) * length)));
  }
  // Typed arrays require aligned memory. Buffer.slice of Node would not copy.
  const copy = Uint8Array.prototype.slice.call(bytes, 0, count * elementSize(type));
  return new TYPED_ARRAYS[type as NumericType](copy.buffer, 0, count);
}

const utf8 = new TextDecoder();

/** Decodes UTF-8 up to the first NUL. */
function text(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return utf8.decode(end < 0 ? bytes : bytes.subarray(0, end));
}
