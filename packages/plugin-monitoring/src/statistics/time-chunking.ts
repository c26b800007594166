import { CherenkitError, ExitCode, trait } from '@cherenkit/core';
import { chunksOfDuration, durationAroundChunk, type RowRange } from '@cherenkit/kernels';
import { BaseChunking, faultyChunks, movedChunks } from './base-chunking.js';

/** Divides the events of a telescope into chunks of a duration. Source: ctapipe 0.32 `TimeChunking`. */
export class TimeChunking extends BaseChunking.withTraits({
  chunkDuration: trait.quantity({
    default: 0,
    minimum: 0,
    unit: 's',
    help: 'Duration of a chunk; 0 for a chunk of all events.',
  }),
  chunkShift: trait.optional(
    trait.quantity({
      default: 0,
      minimum: 0,
      unit: 's',
      help: 'Time between the starts of consecutive chunks in the second pass, around faulty chunks; 0 for no second pass.',
    }),
  ),
}) {
  static override readonly help = 'Divides the events of a telescope into chunks of a duration.';

  override get hasSecondPass(): boolean {
    const { chunkDuration, chunkShift = 0 } = this.traits;
    return chunkDuration > 0 && chunkShift > 0;
  }

  override chunks(seconds: Float64Array, isShifted: boolean): readonly RowRange[] {
    const { chunkDuration: size, allowUndersizedTables, lastChunkPolicy: lastChunk } = this.traits;
    const { length } = seconds;
    if (size === 0) return [[0, length]];
    const total = seconds[length - 1] - seconds[0];
    if (total >= size) return chunksOfDuration(seconds, { size, shift: this.#shift(size, isShifted), lastChunk });
    if (allowUndersizedTables) return [[0, length]];
    const message = `there are events of ${total.toPrecision(4)} s, less than the ${size} s of a chunk. Set TimeChunking.chunk_duration to a shorter time, or TimeChunking.allow_undersized_tables.`;
    throw new CherenkitError('CHUNK_TOO_LARGE', ExitCode.USAGE, message);
  }

  override chunksAroundFaulty(seconds: Float64Array, isValid: readonly boolean[]): readonly RowRange[] {
    const { chunkDuration: size, lastChunkPolicy: lastChunk } = this.traits;
    const shift = this.#shift(size, true);
    return faultyChunks(isValid).flatMap(({ index, afterFaulty }) => {
      const rows = durationAroundChunk(seconds, index, afterFaulty, { size, shift });
      return rows ? movedChunks(chunksOfDuration(seconds.subarray(...rows), { size, shift, lastChunk }), rows[0]) : [];
    });
  }

  #shift(size: number, isShifted: boolean): number {
    const { chunkShift = 0 } = this.traits;
    return isShifted && chunkShift > 0 ? chunkShift : size;
  }
}
