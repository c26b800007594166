import { Component, trait } from '@cherenkit/core';
import { LAST_CHUNK_POLICIES, type RowRange } from '@cherenkit/kernels';

/**
 * Divides the events of a telescope into chunks, of each of which statistics are computed. Source: ctapipe 0.32 `BaseChunking`.
 *
 * @example
 * ```ts
 * import { BaseChunking } from '@cherenkit/plugin-monitoring';
 * import type { RowRange } from '@cherenkit/kernels';
 *
 * class HalvesChunking extends BaseChunking {
 *   static override readonly help = 'Divides the events into two halves.';
 *
 *   override chunks(seconds: Float64Array): readonly RowRange[] {
 *     const half = seconds.length >> 1;
 *     return [[0, half], [half, seconds.length]];
 *   }
 * }
 * ```
 */
export abstract class BaseChunking extends Component.withTraits({
  allowUndersizedTables: trait.boolean({
    default: false,
    help: 'Make one chunk of all events, if there are fewer than the size of a chunk, instead of refusing them.',
  }),
  lastChunkPolicy: trait.oneOf(LAST_CHUNK_POLICIES, {
    default: 'overlap',
    help: 'Events after the last whole chunk: make a chunk of full size that overlaps with the one before, a smaller chunk, or none.',
  }),
}) {
  static override readonly kind: string = 'BaseChunking';
  static override readonly methods: readonly string[] = ['chunks'];

  /** Whether faulty chunks are divided again, see {@link BaseChunking.chunksAroundFaulty}. */
  get hasSecondPass(): boolean {
    return false;
  }

  /**
   * Divides events into chunks.
   *
   * @param seconds - time of each event, ascending, s
   * @param isShifted - whether chunks overlap, if they are configured so
   * @throws CherenkitError CHUNK_TOO_LARGE (2) for fewer events than in a chunk
   */
  abstract chunks(seconds: Float64Array, isShifted: boolean): readonly RowRange[];

  /**
   * Overlapping chunks around the faulty ones among those without overlap. Default: none.
   *
   * @param isValid - of each chunk
   */
  chunksAroundFaulty(_seconds: Float64Array, _isValid: readonly boolean[]): readonly RowRange[] {
    return [];
  }
}

/** Indices of the faulty chunks, and whether the chunk before is faulty, too. */
export function faultyChunks(isValid: readonly boolean[]): { readonly index: number; readonly afterFaulty: boolean }[] {
  return isValid.flatMap((valid, index) => (valid ? [] : [{ index, afterFaulty: isValid[index - 1] === false }]));
}

/** Moves chunks of a part of the events to their place among all events. */
export function movedChunks(chunks: readonly RowRange[], by: number): RowRange[] {
  return chunks.map(([start, end]) => [start + by, end + by]);
}
