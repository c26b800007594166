import { wasmExports } from '../../numeric/wasm-exports.js';

const PAGE = 65536;
const VECTOR = 16;
/** Limit of a WebAssembly memory, pages. */
const MAX_PAGES = 32768;

/** Memory of arrays, with the functions of a WebAssembly module that work on it. */
export interface VectorMemory<Exports> {
  readonly buffer: ArrayBuffer;
  /** Position of each array. */
  readonly places: readonly number[];
  /** Undefined if the arrays exceed a WebAssembly memory, or the engine has no vector instructions or must not compile. */
  readonly wasm: Exports | undefined;
}

/**
 * Allocates arrays of zeros in one memory, aligned for vector instructions.
 *
 * @param sizes - of the arrays, bytes
 * @param base64 - the module; undefined for arrays alone
 */
export function vectorMemory<Exports>(sizes: readonly number[], base64: string | undefined): VectorMemory<Exports> {
  const places: number[] = [];
  let end = VECTOR; // no array is at 0
  for (const size of sizes) {
    places.push(end);
    end += Math.ceil(size / VECTOR) * VECTOR;
  }
  const memory = base64 === undefined ? undefined : memoryOf(end);
  const wasm = memory && base64 !== undefined ? wasmExports<Exports>(base64, { memory: { memory } }) : undefined;
  return { buffer: memory && wasm ? memory.buffer : new ArrayBuffer(end), places, wasm };
}

function memoryOf(bytes: number): WebAssembly.Memory | undefined {
  const initial = Math.ceil(bytes / PAGE) + 1;
  if (initial > MAX_PAGES) return undefined;
  try {
    return new WebAssembly.Memory({ initial, maximum: initial });
  } catch {
    return undefined;
  }
}
