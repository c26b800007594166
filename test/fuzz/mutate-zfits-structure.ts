import { byteSourceFrom } from '@cherenkit/io';
import { ZfitsFile } from '@cherenkit/plugin-zfits/zfits';
import { Ones32 } from '@cherenkit/plugin-fits';
import { seededRandom } from './random-recipe.js';

/** Range of bytes in a file. */
interface Range {
  readonly at: number;
  readonly size: number;
}

/** Places of what tables of messages consist of. */
export interface ZfitsStructure {
  /** The data of each table. */
  readonly data: readonly Range[];
  /** The catalogue of each table. */
  readonly catalogues: readonly Range[];
  readonly tiles: readonly (Range & { readonly blocks: readonly Range[] })[];
}

const TILE_HEADER = 16;
const BLOCK_HEADER = 10;
const HOSTILE = [0n, 1n, 9n, 10n, 0xffffn, 2n ** 20n, 2n ** 31n, 2n ** 32n - 1n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n];

/** Finds the structure of an intact file. */
export async function structureOf(bytes: Uint8Array): Promise<ZfitsStructure> {
  const { tables } = await ZfitsFile.open(byteSourceFrom(bytes));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const data: Range[] = [];
  const catalogues: Range[] = [];
  const tiles: (Range & { blocks: Range[] })[] = [];
  for (const { hdu, columns, nRows = 0 } of tables) {
    const size = hdu.header.number('ZHEAPPTR') ?? hdu.header.number('THEAP') ?? 0;
    data.push({ at: hdu.dataOffset, size: hdu.end - hdu.dataOffset });
    catalogues.push({ at: hdu.dataOffset, size: Math.min(size, 16 * columns.length * hdu.nRows) });
    let at = hdu.dataOffset + size;
    for (let row = 0; row < nRows;) {
      const blocks: Range[] = [];
      let begin = at + TILE_HEADER;
      for (let i = 0; i < columns.length; i++) {
        blocks.push({ at: begin, size: Number(view.getBigUint64(begin, true)) });
        begin += blocks[i].size;
      }
      const tile = { at, size: TILE_HEADER + Number(view.getBigUint64(at + 8, true)), blocks };
      tiles.push(tile);
      row += view.getUint32(at + 4, true);
      at += tile.size;
    }
  }
  return { data, catalogues, tiles };
}

/**
 * A copy of a zfits file with one damage of its structure: swapped blocks or tiles, entries of the catalogue, sizes and counts, and
 * content that is cut out of a block. In half of the copies the checksum is renamed, so that it is not verified. The same for
 * the same seed and index.
 */
export function mutateZfitsStructure(
  file: Uint8Array,
  { catalogues, tiles }: ZfitsStructure,
  seed: number,
  index: number,
): Uint8Array {
  const random = seededRandom(seed, index);
  const below = (n: number): number => Math.floor(random() * n);
  const anyOf = <T>(list: readonly T[]): T => list[below(list.length)];
  const isUnchecked = random() < 0.5;
  const bytes = isUnchecked ? withoutChecksums(file) : new Uint8Array(file);
  const view = new DataView(bytes.buffer);
  const tile = anyOf(tiles);
  const filled = tile.blocks.filter(({ size }) => size > BLOCK_HEADER + 8);
  const block = anyOf(filled.length > 0 ? filled : tile.blocks);
  switch (below(7)) {
    case 0: {
      const [first, second] = [anyOf(tile.blocks), anyOf(tile.blocks)].sort((a, b) => a.at - b.at);
      return first === second ? bytes : swapped(bytes, first, second);
    }
    case 1: {
      const [first, second] = [tile, anyOf(tiles)].sort((a, b) => a.at - b.at);
      return first === second ? bytes : swapped(bytes, first, second);
    }
    case 2: {
      const { at, size } = anyOf(catalogues);
      const entry = at + 8 * below(Math.max(1, size / 8));
      view.setBigUint64(entry, random() < 0.5 ? anyOf(HOSTILE) : view.getBigUint64(entry) + BigInt(below(64)));
      return bytes;
    }
    case 3:
      if (random() < 0.5) view.setUint32(tile.at + 4, Number(BigInt.asUintN(32, anyOf(HOSTILE))), true);
      else view.setBigUint64(tile.at + 8, anyOf(HOSTILE), true);
      return bytes;
    case 4:
      view.setBigUint64(block.at, anyOf(HOSTILE), true);
      return bytes;
    case 5: {
      // Lengths and counts at the begin of the content: of streams, of values and symbols, of the first value.
      const at = block.at + BLOCK_HEADER + 2 * bytes[block.at + 9] + 4 * below(6);
      if (at + 8 <= block.at + block.size) view.setBigUint64(at, anyOf(HOSTILE), true);
      return bytes;
    }
    default: {
      // The sizes of block and tile are right, so that the content itself ends too early.
      const nCut = 1 + below(Math.max(1, block.size - BLOCK_HEADER - 2 * bytes[block.at + 9]));
      const end = block.at + block.size;
      view.setBigUint64(block.at, BigInt(block.size - nCut), true);
      view.setBigUint64(tile.at + 8, BigInt(tile.size - TILE_HEADER - nCut), true);
      const cut = new Uint8Array(bytes.length);
      cut.set(bytes.subarray(0, end - nCut));
      cut.set(bytes.subarray(end), end - nCut);
      return cut;
    }
  }
}

/**
 * Whether the checksums of the data of two files of the same structure are equal: they are sums of words, which do not find
 * that words were exchanged, such as blocks of the same size.
 */
export function haveSameSums(a: Uint8Array, b: Uint8Array, { data }: ZfitsStructure): boolean {
  const sumOf = (file: Uint8Array, { at, size }: Range): number => {
    const sum = new Ones32();
    sum.add(file.subarray(at, at + size));
    return sum.value;
  };
  return a.length === b.length && data.every((range) => sumOf(a, range) === sumOf(b, range));
}

/** The bytes with two ranges exchanged, the first of which is before the second. */
function swapped(bytes: Uint8Array, first: Range, second: Range): Uint8Array {
  const [afterFirst, afterSecond] = [first.at + first.size, second.at + second.size];
  const order: [number, number][] = [
    [0, first.at],
    [second.at, afterSecond],
    [afterFirst, second.at],
    [first.at, afterFirst],
    [afterSecond, bytes.length],
  ];
  return new Uint8Array(Buffer.concat(order.map(([begin, end]) => bytes.subarray(begin, end))));
}

function withoutChecksums(file: Uint8Array): Uint8Array<ArrayBuffer> {
  const text = Buffer.from(file).toString('latin1');
  return new Uint8Array(Buffer.from(text.replace(/DATASUM =/g, 'DATASUX ='), 'latin1'));
}
