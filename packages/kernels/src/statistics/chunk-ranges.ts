import { lowerBound } from '../numeric/lower-bound.js';

/** Range of rows of a table, in time order: the first one, and the one after the last. */
export type RowRange = readonly [start: number, end: number];

/**
 * What happens to the rows after the last whole chunk: a chunk of full size that overlaps with the one before, a smaller chunk, or
 * none.
 */
export const LAST_CHUNK_POLICIES = ['overlap', 'truncate', 'skip'] as const;
export type LastChunkPolicy = (typeof LAST_CHUNK_POLICIES)[number];

/** How rows are divided into chunks; sizes are rows, or durations in seconds. */
export interface ChunkOptions {
  readonly size: number;
  /** From the start of a chunk to that of the next one: smaller than the size for overlapping chunks. */
  readonly shift: number;
  readonly lastChunk: LastChunkPolicy;
}

/**
 * Divides rows into chunks of a number of rows.
 *
 * As in ctapipe, there is a last overlapping chunk also if the last one of overlapping chunks ends with the last row: it is there
 * twice. Source: ctapipe 0.32 `SizeChunking`.
 *
 * @param nRows - at least `size`
 */
export function chunksOfSize(nRows: number, { size, shift, lastChunk }: ChunkOptions): RowRange[] {
  const chunks: RowRange[] = [];
  let start = 0;
  for (; start + size <= nRows; start += shift) chunks.push([start, start + size]);
  if (start === nRows || lastChunk === 'skip') return chunks;
  if (lastChunk === 'overlap') chunks.push([nRows - size, nRows]);
  else if (start < nRows) chunks.push([start, nRows]);
  return chunks;
}

/**
 * Divides rows into chunks of a duration. A chunk has the rows from its start to its end, both inclusive. Chunks without rows are
 * left out. Source: ctapipe 0.32 `TimeChunking`.
 *
 * @param seconds - time of each row, ascending; the last one is at least `size` after the first
 */
export function chunksOfDuration(seconds: Float64Array, { size, shift, lastChunk }: ChunkOptions): RowRange[] {
  const first = seconds[0];
  const total = seconds[seconds.length - 1] - first;
  if (total === size) return [[0, seconds.length]];
  const times = first === 0 ? seconds : seconds.map((time) => time - first);
  // The number of starts is computed first, as by numpy's arange, so that rounding does not add another one.
  const nChunks = Math.ceil((total - size) / shift);
  const chunks: RowRange[] = [];
  for (let i = 0; i < nChunks; i++) {
    const start = i * shift;
    chunks.push([lowerBound(times, start), upperBound(times, start + size)]);
  }
  const next = lowerBound(times, nChunks * shift);
  if (next < times.length && lastChunk !== 'skip') {
    chunks.push([lastChunk === 'overlap' ? lowerBound(times, total - size) : next, times.length]);
  }
  return chunks.filter(([start, end]) => end > start);
}

/**
 * Rows around a faulty chunk of {@link chunksOfSize} without overlap, which are to be divided again into overlapping chunks: from
 * one shift after the start of the chunk before, unless this is faulty, too, to one shift before the end of the next one.
 * Source: ctapipe 0.32 `PixelStatisticsCalculator.second_pass`.
 *
 * @param index - of the faulty chunk
 * @param afterFaulty - whether the chunk before is faulty, too
 * @returns undefined if there are not more rows than in a chunk
 */
export function rowsAroundChunk(
  nRows: number,
  index: number,
  afterFaulty: boolean,
  { size, shift }: Pick<ChunkOptions, 'size' | 'shift'>,
): RowRange | undefined {
  const start = Math.max(0, size * (afterFaulty ? index : index - 1)) + shift;
  const end = Math.min(nRows - 1, size * (index + 2)) - (shift - 1);
  return end - start > size ? [start, end] : undefined;
}

/** As {@link rowsAroundChunk}, for chunks of {@link chunksOfDuration}. */
export function durationAroundChunk(
  seconds: Float64Array,
  index: number,
  afterFaulty: boolean,
  { size, shift }: Pick<ChunkOptions, 'size' | 'shift'>,
): RowRange | undefined {
  const first = seconds[0];
  const start = Math.max(0, size * (afterFaulty ? index : index - 1)) + shift;
  const end = Math.min(seconds[seconds.length - 1] - first, size * (index + 2)) - shift;
  const rows: RowRange = [lowerBound(seconds, first + start), upperBound(seconds, first + end)];
  const isLonger = rows[1] > rows[0] && seconds[rows[1] - 1] - seconds[rows[0]] > size;
  return isLonger ? rows : undefined;
}

/** Index of the first element of an ascending array that is larger than a value; its length if there is none. */
function upperBound(sorted: Float64Array, value: number): number {
  let index = lowerBound(sorted, value);
  while (index < sorted.length && sorted[index] === value) index++;
  return index;
}
