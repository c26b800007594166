import { growMemory, wasmExports } from '../numeric/wasm-exports.js';
import type { ClippingOptions, ElementStatistics } from './event-statistics.js';
import { VECTOR_STATISTICS_WASM } from './vector-statistics-wasm.js';

/** Exports of vector-statistics.wat. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  statistics(
    values: number,
    stride: number,
    nRows: number,
    scratch: number,
    maxSigma: number,
    iterations: number,
    out: number,
  ): void;
}

const LANES = 4;
/** Results of four elements: count, median, mean, standard deviation; bytes. */
const RESULT_BYTES = 96;
/** Scratch space for four elements of an event, bytes. */
const SCRATCH_BYTES = 16;
/** Elements that are copied together: few enough for the cache of the processor, and whole cache lines of a row. */
const [LEAST_TOGETHER, MOST_TOGETHER] = [16, 64];
const BLOCK_BYTES = 2 ** 17;
/** Limit of the memory, which is never released, bytes. Longer chunks are left to the scalar code. */
const MAX_MEMORY = 2 ** 26;

let instance: Exports | undefined | null = null;

/**
 * Statistics of single-precision values with vector instructions: those of `plainStatistics`, or `clippedStatistics` with options.
 *
 * @returns undefined if there are no vector instructions, or too many events for the memory
 */
export function vectorStatistics(
  values: Float32Array,
  nElements: number,
  { maxSigma, iterations }: ClippingOptions = { maxSigma: 0, iterations: 0 },
): ElementStatistics | undefined {
  if (instance === null) instance = wasmExports<Exports>(VECTOR_STATISTICS_WASM);
  const nRows = values.length / nElements;
  const fitting = LANES * Math.floor(BLOCK_BYTES / (LANES * 4 * nRows));
  const together = Math.min(MOST_TOGETHER, Math.max(LEAST_TOGETHER, fitting));
  const stride = 4 * together;
  const size = nRows * (stride + SCRATCH_BYTES) + RESULT_BYTES;
  if (instance === undefined || size > MAX_MEMORY) return undefined;
  const wasm = instance;
  const { memory } = wasm;
  growMemory(memory, size);
  const scratch = nRows * stride;
  const out = scratch + nRows * SCRATCH_BYTES;
  const block = new Float32Array(memory.buffer, 0, nRows * together);
  const counts = new Int32Array(memory.buffer, out, LANES);
  const medians = new Float32Array(memory.buffer, out + 16, LANES);
  const moments = new Float64Array(memory.buffer, out + 32, 2 * LANES);
  const nEvents = new Int32Array(nElements);
  const mean = new Float64Array(nElements);
  const std = new Float64Array(nElements);
  const median = new Float32Array(nElements);
  for (let first = 0; first < nElements; first += together) {
    const n = Math.min(together, nElements - first);
    for (let row = 0; row < nRows; row++) {
      const from = row * nElements + first;
      block.set(values.subarray(from, from + n), row * together);
    }
    for (let lane = 0; lane < n; lane += LANES) {
      wasm.statistics(4 * lane, stride, nRows, scratch, maxSigma, iterations, out);
      for (let i = 0; i < Math.min(LANES, n - lane); i++) {
        const element = first + lane + i;
        nEvents[element] = counts[i];
        median[element] = medians[i];
        mean[element] = moments[i];
        std[element] = moments[LANES + i];
      }
    }
  }
  return { nEvents, mean, median, std };
}
