import { Ones32 } from '@cherenkit/plugin-fits';

/** A column of a made-up table. */
interface BuiltColumn {
  readonly name: string;
  readonly id: string;
  readonly form: string;
  readonly zero?: string;
}

/** A made-up table of messages. */
export interface BuiltTable {
  readonly name: string;
  readonly message: string;
  readonly columns: readonly BuiltColumn[];
  /** Blocks by column, of {@link block}. */
  readonly tiles: readonly { readonly nRows: number; readonly blocks: readonly Uint8Array[] }[];
  /** Changes of header values; undefined leaves the line out. */
  readonly cards?: Readonly<Record<string, string | undefined>>;
}

/** A zfits file of made-up tables, as protozfits writes it. */
export function zfitsFile(...tables: readonly BuiltTable[]): Uint8Array {
  const primary = header({ SIMPLE: 'T', BITPIX: '8', NAXIS: '0', EXTEND: 'T' });
  return joined(primary, ...tables.map(tableBytes));
}

/** A block: its header, and content that was compressed by the steps. */
export function block(steps: readonly number[], content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(10 + 2 * steps.length + content.length);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(bytes.length), true);
  bytes[8] = 'C'.charCodeAt(0);
  bytes[9] = steps.length;
  steps.forEach((step, i) => view.setUint16(10 + 2 * i, step, true));
  bytes.set(content, 10 + 2 * steps.length);
  return bytes;
}

/** Values of a column, each behind its length in bytes. */
export function counted(...values: readonly ArrayBufferView[]): Uint8Array {
  return joined(...values.flatMap((value) => [bytesOf(Int32Array.of(value.byteLength)), bytesOf(value)]));
}

export function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/**
 * Encodes values by a Huffman code. The codes are as long as the symbols are many: the first one has one bit, the second
 * one two bits, up to `longest`; the remaining ones have that length and more.
 */
export function huffman(values: Uint16Array, longest = 20): Uint8Array {
  const symbols = [...new Set(values)];
  if (symbols.length === 1) return joined(huffmanHeader(values.length, 1), bytesOf(Uint16Array.of(symbols[0])));
  const rest = Math.max(0, symbols.length - longest);
  const restBits = Math.ceil(Math.log2(rest + 1));
  // Least significant bit first: n ones and a zero; then `longest` ones and the number of the symbol.
  const codes = symbols.map((_, i) =>
    i < longest
      ? '1'.repeat(i) + '0'
      : '1'.repeat(longest) + (i - longest).toString(2).padStart(restBits, '0').split('').reverse().join(''),
  );
  const byValue = new Map(symbols.map((symbol, i) => [symbol, codes[i]]));
  const table = symbols.map((symbol, i) =>
    joined(bytesOf(Uint16Array.of(symbol)), Uint8Array.of(codes[i].length), packed(codes[i])),
  );
  const stream = packed(Array.from(values, (value) => byValue.get(value)).join(''));
  return joined(huffmanHeader(values.length, symbols.length), ...table, stream);
}

/** A Huffman stream behind its length, the content of a block. */
export function huffmanBlock(values: Uint16Array, longest?: number): Uint8Array {
  const stream = huffman(values, longest);
  return joined(bytesOf(Uint32Array.of(stream.length)), stream);
}

function huffmanHeader(nValues: number, nSymbols: number): Uint8Array {
  return bytesOf(BigUint64Array.of(BigInt(nValues), BigInt(nSymbols)));
}

/** Bits as bytes, the first one the least significant. */
function packed(bits: string): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(bits.length / 8));
  for (let i = 0; i < bits.length; i++) if (bits[i] === '1') bytes[i >> 3] |= 1 << (i & 7);
  return bytes;
}

function tableBytes({ name, message, columns, tiles, cards = {} }: BuiltTable): Uint8Array {
  const catalogue = new Uint8Array(16 * tiles.length * columns.length);
  const view = new DataView(catalogue.buffer);
  const heap: Uint8Array[] = [];
  let offset = 0;
  tiles.forEach(({ nRows, blocks }, t) => {
    const size = blocks.reduce((total, each) => total + each.length, 0);
    const head = joined(Buffer.from('TILE'), bytesOf(Uint32Array.of(nRows)), bytesOf(BigUint64Array.of(BigInt(size))));
    offset += head.length;
    heap.push(head);
    blocks.forEach((each, c) => {
      view.setBigUint64(16 * (t * columns.length + c), BigInt(each.length));
      view.setBigUint64(16 * (t * columns.length + c) + 8, BigInt(offset));
      offset += each.length;
      heap.push(each);
    });
  });
  const data = joined(catalogue, ...heap);
  const padding = new Uint8Array((2880 - (data.length % 2880)) % 2880);
  const sum = new Ones32();
  sum.add(joined(data, padding));
  const nRows = tiles.reduce((total, tile) => total + tile.nRows, 0);
  const columnCards = columns.flatMap(({ name: column, id, form, zero }, i): [string, string][] => [
    [`TTYPE${i + 1}`, `'${column}'`],
    [`TFORM${i + 1}`, "'1QB'"],
    [`ZFORM${i + 1}`, `'${form}'`],
    [`TPBID${i + 1}`, `'${id}'`],
    ...(zero === undefined ? [] : ([[`TZERO${i + 1}`, zero]] as [string, string][])),
  ]);
  const head = header({
    XTENSION: "'BINTABLE'",
    BITPIX: '8',
    NAXIS: '2',
    NAXIS1: String(16 * columns.length),
    NAXIS2: String(tiles.length),
    PCOUNT: String(data.length - catalogue.length),
    GCOUNT: '1',
    TFIELDS: String(columns.length),
    EXTNAME: `'${name}'`,
    PBFHEAD: `'${message}'`,
    ZTABLE: 'T',
    ZNAXIS2: String(nRows),
    ZTILELEN: String(tiles[0]?.nRows ?? 1),
    ZSHRINK: '1',
    ZHEAPPTR: String(catalogue.length),
    THEAP: String(catalogue.length),
    DATASUM: `'${sum.value}'`,
    ...Object.fromEntries(columnCards),
    ...cards,
  });
  return joined(head, data, padding);
}

function header(cards: Readonly<Record<string, string | undefined>>): Uint8Array {
  const lines = Object.entries(cards).flatMap(([name, value]) =>
    value === undefined ? [] : `${name.padEnd(8)}= ${value}`.padEnd(80),
  );
  const text = [...lines, 'END'.padEnd(80)].join('');
  return Buffer.from(text.padEnd(Math.ceil(text.length / 2880) * 2880), 'latin1');
}
