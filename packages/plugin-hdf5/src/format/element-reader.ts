import { TYPED_ARRAYS, type ColumnValues, type NumericType } from '@cherenkit/tables';
import { elementSize, stringLength, type StoredType } from './placed-column.js';

/** The elements that lie one after the other in some bytes, which may start anywhere. */
export function readElements(type: StoredType, bytes: Uint8Array, count: number): ColumnValues {
  const length = stringLength(type);
  if (length !== undefined) {
    return Array.from({ length: count }, (_, i) => text(bytes.subarray(i * length, (i + 1) * length)));
  }
  // A copy in memory of its own, which Node's Buffer does not make with its `slice`.
  const aligned = Uint8Array.prototype.slice.call(bytes, 0, count * elementSize(type));
  return new TYPED_ARRAYS[type as NumericType](aligned.buffer, 0, count);
}

const utf8 = new TextDecoder();

/** Up to the first NUL, or all. */
function text(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return utf8.decode(end < 0 ? bytes : bytes.subarray(0, end));
}
