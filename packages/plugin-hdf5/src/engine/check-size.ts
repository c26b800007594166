import type { DatasetLayout } from './dataset-layout.js';

/** Most bytes that are read from the library at once. Its memory ends at 2 GiB. */
export const MAX_READ_BYTES = 2 ** 30;
/** Largest chunk that is decompressed. Those of ctapipe and PyTables have less than a megabyte. */
const MAX_CHUNK_BYTES = 2 ** 28;
/** Size in the file of the index entry of a chunk, at least. */
const MIN_CHUNK_ENTRY = 8;

/** Number of elements of a shape. */
export function elementsIn(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/**
 * Compares the dimensions of a dataset with the size of its file, before memory is reserved for its values. Compressed
 * data may be larger than the file, but each chunk needs an entry in the index, and uncompressed data their size.
 *
 * @returns what is wrong; undefined if the size is possible
 */
export function sizeProblem(layout: DatasetLayout, fileSize: number): string | undefined {
  const { shape, elementBytes, chunkShape, filters } = layout;
  const bytes = elementsIn(shape) * elementBytes;
  const claim = `its dimensions [${shape.join(', ')}] need ${bytes} bytes`;
  if (chunkShape === undefined) return bytes > fileSize ? `${claim}, the file has ${fileSize}` : undefined;
  const chunkBytes = elementsIn(chunkShape) * elementBytes;
  if (chunkBytes > MAX_CHUNK_BYTES) return `its chunks have ${chunkBytes} bytes, expected at most ${MAX_CHUNK_BYTES}`;
  const nChunks = shape.reduce((product, length, axis) => product * Math.ceil(length / chunkShape[axis]), 1);
  const smallest = filters.length === 0 ? Math.min(chunkBytes, bytes / nChunks) : 0;
  return nChunks * (MIN_CHUNK_ENTRY + smallest) > fileSize
    ? `${claim} in ${nChunks} chunks, the file has ${fileSize} bytes`
    : undefined;
}
