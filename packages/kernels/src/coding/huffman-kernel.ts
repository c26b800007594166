import { growMemory, wasmExports } from '../numeric/wasm-exports.js';
import { HUFFMAN_KERNEL_WASM } from './huffman-kernel-wasm.js';
import type { HuffmanCode } from './huffman-code.js';
import type { SmoothingDecoder } from './smoothing.js';

/** Exports of huffman-kernel.wat; the arguments are described there. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  decode(
    bytes: number,
    bit: number,
    nBits: number,
    mask: number,
    tree: number,
    values: number,
    count: number,
    state: number,
    smooths: number,
  ): number;
}

/** Places in memory: number of bits and the last two values; tables of the code, as in huffman-kernel.wat; then tree, input and values. */
const PAIRS = 16;
const LENGTHS = PAIRS + 4 * 2 ** 15;
const TREE = LENGTHS + 2 ** 15;
/** Bytes that are readable beyond the input. */
const READ_BEYOND = 16;
/** Limits of the scratch memory, which is never released: values per call, and nodes of the tree. */
const MAX_VALUES = 2 ** 20;
const MAX_NODES = 2 ** 16;

/** Values that were decoded, and the number of bits that they took. */
export interface DecodedPart {
  readonly nValues: number;
  readonly nBits: number;
}

/** The loop over the values of a Huffman stream in WebAssembly. Its memory is scratch space, except for the tables of the last code. */
export class HuffmanKernel {
  #code: HuffmanCode | undefined;

  private constructor(private readonly wasm: Exports) {}

  /** Undefined if a content security policy forbids WebAssembly. */
  static create(): HuffmanKernel | undefined {
    const wasm = wasmExports<Exports>(HUFFMAN_KERNEL_WASM);
    return wasm && new HuffmanKernel(wasm);
  }

  /**
   * Decodes values, except for the last ones. It stops at undefined codes, and after as many bytes as there are values.
   *
   * @param words - the encoded values
   * @param bit - position of the first bit
   * @param nBits - number of bits of `words`
   * @param smoothing - undoes the smoothing of the values; it has decoded the first two values
   */
  decode(
    code: HuffmanCode,
    words: Uint32Array,
    bit: number,
    nBits: number,
    values: Uint16Array,
    smoothing?: SmoothingDecoder,
  ): DecodedPart {
    if (code.tree.length > 2 * MAX_NODES) return { nValues: 0, nBits: 0 };
    const count = Math.min(values.length, MAX_VALUES);
    const begin = Math.floor(bit / 8);
    // Most values take less than a byte; the caller calls again for the rest.
    const size = Math.min(count, Math.ceil(nBits / 8) - begin);
    const input = new Uint8Array(
      words.buffer,
      words.byteOffset + begin,
      Math.min(size + READ_BEYOND, words.byteLength - begin),
    );
    const inputAt = TREE + code.tree.byteLength;
    const valuesAt = inputAt + ((size + 2 * READ_BEYOND) & ~7);
    growMemory(this.wasm.memory, valuesAt + 2 * count + READ_BEYOND);
    const { buffer } = this.wasm.memory;
    if (this.#code !== code) {
      new Uint32Array(buffer, PAIRS, code.pairs.length).set(code.pairs);
      new Uint8Array(buffer, LENGTHS, code.lengths.length).set(code.lengths);
      new Int32Array(buffer, TREE, code.tree.length).set(code.tree);
      this.#code = code;
    }
    new Uint8Array(buffer, inputAt, input.length).set(input);
    const mask = (1 << code.lookupBits) - 1;
    const available = Math.min(nBits - 8 * begin, 8 * size);
    const state = new Int32Array(buffer, 0, 3);
    state[1] = smoothing?.before ?? 0;
    state[2] = smoothing?.last ?? 0;
    const smooths = smoothing === undefined ? 0 : -1;
    const nValues = this.wasm.decode(inputAt, bit % 8, available, mask, TREE, valuesAt, count, 0, smooths);
    values.set(new Uint16Array(buffer, valuesAt, nValues));
    smoothing?.setLast(state[1], state[2]);
    return { nValues, nBits: state[0] - (bit % 8) };
  }
}

let created: HuffmanKernel | 'unavailable' | undefined;

/** The loop in WebAssembly; undefined if it is not available. */
export function huffmanKernel(): HuffmanKernel | undefined {
  created ??= HuffmanKernel.create() ?? 'unavailable';
  return created === 'unavailable' ? undefined : created;
}
