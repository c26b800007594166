const compiled = new Map<string, WebAssembly.Module>();

/**
 * Instantiates a WebAssembly module, which is compiled once.
 *
 * @param base64 - the module, encoded
 * @returns its exports; undefined if the engine lacks its instructions, such as those for vectors, or a content security policy
 *   forbids WebAssembly
 */
export function wasmExports<Exports>(base64: string, imports?: WebAssembly.Imports): Exports | undefined {
  try {
    const module = compiled.get(base64) ?? new WebAssembly.Module(bytesOf(base64));
    compiled.set(base64, module);
    return new WebAssembly.Instance(module, imports).exports as unknown as Exports;
  } catch {
    return undefined;
  }
}

const PAGE = 65536;

/** Lets a memory have at least a number of bytes. If it grows, arrays on its former buffer have no elements any more. */
export function growMemory(memory: WebAssembly.Memory, bytes: number): void {
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
