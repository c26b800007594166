import { hotKernels, type HotKernels } from './hot-kernels.js';
import { VectorKernels } from './vector-kernels.js';

/** The kernels whose memory a buffer is. */
const owners = new WeakMap<ArrayBufferLike, HotKernels>();

/** The kernels that use these waveforms in place, see {@link WaveformMemory}; those of {@link hotKernels} for other arrays. */
export function hotKernelsFor(waveforms: Float32Array): HotKernels {
  return owners.get(waveforms.buffer) ?? hotKernels();
}

/**
 * Provides arrays for waveforms that kernels use in place, whereas they copy other arrays for each call. For arrays that are
 * used for many events, since their space is released only with all arrays of this memory.
 *
 * The buffer of an array is the whole memory, 32 MB of which only used parts take space: it cannot be transferred to another
 * thread, and `structuredClone` copies it as a whole; `samples.slice()` copies an array.
 *
 * @example
 * ```ts
 * import { localPeaks, WaveformMemory } from '@cherenkit/kernels';
 *
 * const memory = new WaveformMemory();
 * const waveforms = memory.allocate(1855 * 40);
 * const peaks = new Int32Array(1855);
 * for (let event = 0; event < 3; event++) {
 *   waveforms.fill(0)[event] = 1;
 *   localPeaks(waveforms, 40, peaks);
 *   console.log(peaks[0]); // 0, 1, 2
 * }
 * ```
 */
export class WaveformMemory {
  readonly #kernels = VectorKernels.create(true);

  /** Returns an array with any content; an ordinary one if this memory is full or the engine has no vector instructions. */
  allocate(length: number): Float32Array<ArrayBuffer> {
    const array = this.#kernels?.allocate(length);
    if (this.#kernels === undefined || array === undefined) return new Float32Array(length);
    owners.set(array.buffer, this.#kernels);
    return array;
  }
}
