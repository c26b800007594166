import { CherenkitError, ExitCode, trait } from '@cherenkit/core';
import { chunksOfSize, rowsAroundChunk, type RowRange } from '@cherenkit/kernels';
import { BaseChunking, faultyChunks, movedChunks } from './base-chunking.js';

/** Divides the events of a telescope into chunks of a number of events. Source: ctapipe 0.32 `SizeChunking`. */
export class SizeChunking extends BaseChunking.withTraits({
  chunkSize: trait.optional(trait.integer({ minimum: 1, help: 'Number of events per chunk; default: all events.' })),
  chunkShift: trait.optional(
    trait.integer({
      minimum: 0,
      help: 'Number of events between the starts of consecutive chunks in the second pass, around faulty chunks; default: no second pass.',
    }),
  ),
}) {
  static override readonly help = 'Divides the events of a telescope into chunks of a number of events.';

  override get hasSecondPass(): boolean {
    const { chunkSize, chunkShift = 0 } = this.traits;
    return chunkSize !== undefined && chunkShift > 0;
  }

  override chunks({ length }: Float64Array, isShifted: boolean): readonly RowRange[] {
    const { chunkSize: size, allowUndersizedTables, lastChunkPolicy: lastChunk } = this.traits;
    if (size === undefined) return [[0, length]];
    if (length >= size) return chunksOfSize(length, { size, shift: this.#shift(size, isShifted), lastChunk });
    if (allowUndersizedTables) return [[0, length]];
    const message = `there are ${length} events, fewer than the ${size} of a chunk. Set SizeChunking.chunk_size to ${length} at most, or SizeChunking.allow_undersized_tables.`;
    throw new CherenkitError('CHUNK_TOO_LARGE', ExitCode.USAGE, message);
  }

  override chunksAroundFaulty(seconds: Float64Array, isValid: readonly boolean[]): readonly RowRange[] {
    const { chunkSize: size, lastChunkPolicy: lastChunk } = this.traits;
    if (size === undefined) return [];
    const shift = this.#shift(size, true);
    return faultyChunks(isValid).flatMap(({ index, afterFaulty }) => {
      const rows = rowsAroundChunk(seconds.length, index, afterFaulty, { size, shift });
      return rows ? movedChunks(chunksOfSize(rows[1] - rows[0], { size, shift, lastChunk }), rows[0]) : [];
    });
  }

  #shift(size: number, isShifted: boolean): number {
    const { chunkShift = 0 } = this.traits;
    if (isShifted && chunkShift > size) {
      const message = `chunk_shift is ${chunkShift}, larger than chunk_size, ${size}: in the second pass, events between the chunks are not used. Set SizeChunking.chunk_shift to ${size} at most.`;
      this.context.warnOnce(message);
    }
    return isShifted && chunkShift > 0 ? chunkShift : size;
  }
}
