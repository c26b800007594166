/** Longest code that a file can hold, bits. */
const MAX_CODE_BITS = 64;
/** Bits of a look-up: 14 for streams that repay the larger tables, 11 for short ones. */
const LONG_LOOKUP = 14;
const SHORT_LOOKUP = 11;
/** Number of values from which the larger tables are faster. */
const MANY_VALUES = 100_000;
/** Flag in `lengths`: the look-up yields two symbols. */
export const TWO_SYMBOLS = 0x80;

/**
 * Tables for decoding a Huffman code of 16-bit symbols, least significant bit first.
 *
 * A look-up of the next bits yields one or two symbols; codes that are longer than the look-up are followed bit by bit.
 */
export interface HuffmanCode {
  /** Number of bits of a look-up. */
  readonly lookupBits: number;
  /** Number of bits of the longest code. */
  readonly longest: number;
  /** Symbols by the next bits: the first one in the lower 16 bits, the second one above. */
  readonly pairs: Uint32Array;
  /** Number of bits of these symbols, with {@link TWO_SYMBOLS}; 0 where the code is longer than the look-up. */
  readonly lengths: Uint8Array;
  /** The first symbol alone: `symbol << 8 | bits`; 0 where the code is longer. */
  readonly singles: Uint32Array;
  /** Binary tree: two children per node, positive for a node, `-1 - symbol` for a leaf, 0 for an unused code. */
  readonly tree: Int32Array;
}

/**
 * Reads the codes of symbols: for each the symbol (uint16), the number of bits (uint8), and the bits in whole bytes.
 *
 * @param nValues - number of encoded values, for the choice of the tables
 * @returns the code, and the offset of the byte after it
 * @throws RangeError if the codes are longer than the input, or invalid
 */
export function readHuffmanCode(
  bytes: Uint8Array,
  begin: number,
  nSymbols: number,
  nValues: number,
): { readonly code: HuffmanCode; readonly end: number } {
  const lookupBits = nValues >= MANY_VALUES ? LONG_LOOKUP : SHORT_LOOKUP;
  const size = 1 << lookupBits;
  const singles = new Uint32Array(size);
  const tree = [0, 0];
  let at = begin;
  let longest = 0;
  for (let i = 0; i < nSymbols; i++) {
    if (at + 3 > bytes.length) throw new RangeError(`the codes of ${nSymbols} symbols end after ${i}`);
    const symbol = bytes[at] | (bytes[at + 1] << 8);
    const bits = bytes[at + 2];
    at += 3;
    if (bits === 0 || bits > MAX_CODE_BITS) {
      throw new RangeError(`the code of symbol ${symbol} has ${bits} bits, expected 1 to ${MAX_CODE_BITS}`);
    }
    longest = Math.max(longest, bits);
    const nBytes = (bits + 7) >> 3;
    if (at + nBytes > bytes.length) throw new RangeError(`the codes of ${nSymbols} symbols end after ${i}`);
    if (bits <= lookupBits) {
      const code = (bytes[at] | (nBytes > 1 ? bytes[at + 1] << 8 : 0)) & ((1 << bits) - 1);
      for (let k = code; k < size; k += 1 << bits) singles[k] = (symbol << 8) | bits;
    } else addToTree(tree, bytes, at, bits, symbol);
    at += nBytes;
  }
  return {
    code: { lookupBits, longest, singles, ...pairsOf(singles, lookupBits), tree: Int32Array.from(tree) },
    end: at,
  };
}

function addToTree(tree: number[], bytes: Uint8Array, at: number, bits: number, symbol: number): void {
  let node = 0;
  for (let b = 0; b < bits; b++) {
    const child = 2 * node + ((bytes[at + (b >> 3)] >> (b & 7)) & 1);
    if (b === bits - 1) {
      tree[child] = -1 - symbol;
      return;
    }
    if (tree[child] < 0) throw new RangeError(`the code of symbol ${symbol} begins with the code of another one`);
    if (tree[child] === 0) {
      tree[child] = tree.length >> 1;
      tree.push(0, 0);
    }
    node = tree[child];
  }
}

function pairsOf(singles: Uint32Array, lookupBits: number): Pick<HuffmanCode, 'pairs' | 'lengths'> {
  const pairs = new Uint32Array(singles.length);
  const lengths = new Uint8Array(singles.length);
  for (let k = 0; k < singles.length; k++) {
    const [first, firstBits] = [singles[k] >>> 8, singles[k] & 0xff];
    if (firstBits === 0) continue;
    const next = singles[k >>> firstBits];
    const bits = firstBits + (next & 0xff);
    const hasNext = next !== 0 && bits <= lookupBits;
    pairs[k] = hasNext ? first | ((next >>> 8) << 16) : first;
    lengths[k] = hasNext ? bits | TWO_SYMBOLS : firstBits;
  }
  return { pairs, lengths };
}
