/** `ArrayBuffer.prototype.transfer`, which Node.js 20 lacks. */
type Transferable = ArrayBuffer & { transfer?: (newByteLength: number) => ArrayBuffer };

/** Smaller arrays are not freed: they matter little, and Node.js places several of its own into the same memory. */
const LEAST_BYTES = 2 ** 17;

/**
 * Frees the memory of a large array, which its owner no longer needs, at once: the garbage collector would free it later, and would
 * run often for the sake of large arrays. All views of the memory are empty afterwards. Does nothing in engines that cannot.
 */
export function freeMemory({ buffer }: ArrayBufferView): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength >= LEAST_BYTES) (buffer as Transferable).transfer?.(0);
}

/** Frees the memory of a large array that its owner no longer needs, unless the array is a part of it: other arrays may share it. */
export function freeAlone(array: ArrayBufferView): void {
  if (array.byteLength === array.buffer.byteLength) freeMemory(array);
}
