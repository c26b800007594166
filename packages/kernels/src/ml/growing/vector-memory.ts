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
  const wasm = memory && base64 !== undefined ? instance<Exports>(base64, memory) : undefined;
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

const compiled = new Map<string, WebAssembly.Module>();

/** Undefined if the engine has no vector instructions or a content security policy forbids WebAssembly. */
function instance<Exports>(base64: string, memory: WebAssembly.Memory): Exports | undefined {
  try {
    const module =
      compiled.get(base64) ??
      new WebAssembly.Module(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
    compiled.set(base64, module);
    return new WebAssembly.Instance(module, { memory: { memory } }).exports as unknown as Exports;
  } catch {
    return undefined;
  }
}
