import { UNSHUFFLE_WORDS_WASM } from './unshuffle-words-wasm.js';

/** Exports of unshuffle-words.wat. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  unshuffle(nWords: number): void;
}

/** Words that are unshuffled at once: few enough for the cache of the processor. */
const PIECE = 16384;
/** Place of the words in the memory, after the four planes. */
const WORDS_AT = 4 * PIECE;

let instance: Exports | undefined | null = null;

/**
 * Unshuffles words of four bytes, of which images consist, with vector instructions: ten times as fast as byte by byte.
 *
 * @param shuffled - the first bytes of all words, then the second ones, and so on
 * @param words - the result
 * @returns false if the engine lacks the instructions, or a content security policy forbids WebAssembly
 */
export function unshuffleWords(shuffled: Uint8Array, nWords: number, words: Uint8Array): boolean {
  if (instance === null) instance = instantiate();
  if (instance === undefined) return false;
  const memory = new Uint8Array(instance.memory.buffer);
  for (let first = 0; first < nWords; first += PIECE) {
    const n = Math.min(PIECE, nWords - first);
    for (let plane = 0; plane < 4; plane++) {
      const at = plane * nWords + first;
      memory.set(shuffled.subarray(at, at + n), plane * PIECE);
    }
    instance.unshuffle(n);
    words.set(memory.subarray(WORDS_AT, WORDS_AT + 4 * n), 4 * first);
  }
  return true;
}

function instantiate(): Exports | undefined {
  try {
    const bytes = Uint8Array.from(atob(UNSHUFFLE_WORDS_WASM), (character) => character.charCodeAt(0));
    return new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as unknown as Exports;
  } catch {
    return undefined;
  }
}
