import { wasmExports } from '../../numeric/wasm-exports.js';

const PAGE = 65536;
const VECTOR = 16;
/** Limit of a WebAssembly memory, pages. */
const MAX_PAGES = 32768;

/** What is used of a `WebAssembly.Memory`, whose type programs that are compiled without the types of browsers do not have. */
export interface ModuleMemory {
  readonly buffer: ArrayBuffer;
  grow(delta: number): number;
}

/** Memory of arrays, with the functions of a WebAssembly module that work on it. */
export interface VectorMemory<Exports> {
  readonly buffer: ArrayBufferLike;
  /** Position of each array. */
  readonly places: readonly number[];
  /** Undefined if the arrays exceed a WebAssembly memory, or the engine has no vector instructions or must not compile. */
  readonly wasm: Exports | undefined;
  /** The memory if the functions work on it. */
  readonly memory: ModuleMemory | undefined;
}

/** Options of {@link vectorMemory}. */
export interface VectorMemoryOptions {
  /** The module. Default: arrays alone. */
  readonly base64?: string | undefined;
  /** Whether threads can share the memory, as the module declares. Default: false. */
  readonly isShared?: boolean;
  /** Memory of the same arrays to use, from another thread. Default: a new one, filled with zeros. */
  readonly memory?: ModuleMemory | undefined;
}

/**
 * Allocates arrays in one memory, aligned for vector instructions.
 *
 * @param sizes - of the arrays, bytes
 */
export function vectorMemory<Exports>(
  sizes: readonly number[],
  { base64, isShared = false, memory: given }: VectorMemoryOptions,
): VectorMemory<Exports> {
  const places: number[] = [];
  let end = VECTOR; // no array is at 0
  for (const size of sizes) {
    places.push(end);
    end += Math.ceil(size / VECTOR) * VECTOR;
  }
  const memory = given ?? (base64 === undefined ? undefined : memoryOf(end, isShared));
  const wasm = memory && base64 !== undefined ? wasmExports<Exports>(base64, { memory: { memory } }) : undefined;
  return memory && wasm
    ? { buffer: memory.buffer, places, wasm, memory }
    : { buffer: new ArrayBuffer(end), places, wasm: undefined, memory: undefined };
}

function memoryOf(bytes: number, shared: boolean): ModuleMemory | undefined {
  const initial = Math.ceil(bytes / PAGE) + 1;
  if (initial > MAX_PAGES) return undefined;
  try {
    return new WebAssembly.Memory({ initial, maximum: initial, shared });
  } catch {
    return undefined;
  }
}
