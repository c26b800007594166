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

/** Why a dataset is not read. */
export interface SizeProblem {
  readonly found: string;
  /** What to do, if the file may be valid but cannot be read here; undefined if it is corrupt. */
  readonly remedy?: string;
}

/**
 * Compares the dimensions of a dataset with the size of its file, before memory is reserved for its values. Compressed
 * data may be larger than the file, but each chunk needs an entry in the index, and uncompressed data their size.
 *
 * @returns what is wrong; undefined if the size is possible
 */
export function sizeProblem(layout: DatasetLayout, fileSize: number): SizeProblem | undefined {
  const { shape, elementBytes, chunkShape, filters } = layout;
  const bytes = elementsIn(shape) * elementBytes;
  const claim = `its dimensions [${shape.join(', ')}] need ${bytes} bytes`;
  if (chunkShape === undefined) {
    return bytes > fileSize ? { found: `${claim}, the file has ${fileSize}` } : undefined;
  }
  const chunkBytes = elementsIn(chunkShape) * elementBytes;
  if (chunkBytes > MAX_CHUNK_BYTES) {
    const found = `its chunks have ${chunkBytes} bytes, expected at most ${MAX_CHUNK_BYTES}`;
    return { found, remedy: 'Repack it with smaller chunks, for example with h5repack and its option -l.' };
  }
  const nChunks = shape.reduce((product, length, axis) => product * Math.ceil(length / chunkShape[axis]), 1);
  const found = `${claim} in ${nChunks} chunks, the file has ${fileSize} bytes`;
  if (nChunks * MIN_CHUNK_ENTRY > fileSize) return { found };
  if (nChunks === 0) return undefined;
  const smallest = filters.length === 0 ? Math.min(chunkBytes, bytes / nChunks) : 0;
  if (nChunks * (MIN_CHUNK_ENTRY + smallest) <= fileSize) return undefined;
  const remedy =
    'If it is not truncated, chunks without values are not stored: write all values, or repack it with a filter.';
  return { found, remedy };
}
