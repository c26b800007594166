import { createHash } from 'node:crypto';
import { CherenkitError } from '@cherenkit/core';
import { byteSourceFrom } from '@cherenkit/io';
import { Hdf5File, type Hdf5OpenOptions, type Hdf5Source } from '@cherenkit/plugin-hdf5';
import { Hdf5Reader } from '@cherenkit/plugin-hdf5/internal';
import type { ColumnValues } from '@cherenkit/tables';
import { seededRandom, type Random } from './random-recipe.js';

/** Signatures of structures of the format: superblock, B-trees, heaps, groups, object headers and indices of chunks. */
const SIGNATURES = [
  '\x89HDF',
  'TREE',
  'HEAP',
  'SNOD',
  'OHDR',
  'OCHK',
  'GCOL',
  'FRHP',
  'FADB',
  'FAHD',
  'EAHD',
  'EADB',
  'BTHD',
];
const HOSTILE_NUMBERS = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 2 ** 20, 2 ** 24, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1];

/** A copy of a file with one to three random damages; the same for the same seed and index. */
export function mutateHdf5(bytes: Uint8Array, seed: number, index: number): Uint8Array {
  const random = seededRandom(seed, index);
  const places = structuresOf(bytes);
  let mutant = new Uint8Array(bytes);
  for (let n = 1 + Math.floor(3 * random() ** 2); n > 0; n--) mutant = damage(mutant, places, random);
  return mutant;
}

function damage(bytes: Uint8Array<ArrayBuffer>, places: readonly number[], random: Random): Uint8Array<ArrayBuffer> {
  const below = (n: number): number => Math.floor(random() * n);
  const anywhere = (): number => below(bytes.length);
  // Damage of metadata finds more faults than that of data, which has checksums.
  const inStructure = (): number => (places.length > 0 ? places[below(places.length)] + below(128) : anywhere());
  const at = Math.min(random() < 0.7 ? inStructure() : anywhere(), bytes.length - 1);
  switch (below(6)) {
    case 0:
      bytes[at] ^= 1 << below(8);
      break;
    case 1:
      for (let i = at; i < Math.min(at + 1 + below(16), bytes.length); i++) bytes[i] = below(256);
      break;
    case 2:
      bytes.fill(below(2) * 255, at, at + 1 + below(64));
      break;
    case 3: {
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const number = HOSTILE_NUMBERS[below(HOSTILE_NUMBERS.length)];
      if (at + 4 <= bytes.length) view.setUint32(at, number, true);
      break;
    }
    case 4: {
      const from = anywhere();
      bytes.copyWithin(at, from, from + 1 + below(256));
      break;
    }
    default:
      // Most truncations are refused when the file is opened, so few suffice.
      if (random() < 0.3) return bytes.slice(0, at);
      bytes[at] = below(256);
  }
  return bytes;
}

/** Positions of all structures with a signature. */
function structuresOf(bytes: Uint8Array): number[] {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const places: number[] = [];
  for (const signature of SIGNATURES) {
    for (let at = file.indexOf(signature, 0, 'latin1'); at >= 0; at = file.indexOf(signature, at + 1, 'latin1')) {
      places.push(at);
    }
  }
  return places;
}

/** How much of a file could be read. */
export type Hdf5Outcome = 'read' | 'read in part' | 'refused' | 'aborted';

/** Digests of the columns that were read, by path and name. */
export type ColumnDigests = Map<string, string>;

/**
 * Reads everything of a file: structure, attributes, rows and columns.
 *
 * @param digests - receives the digests of the columns
 * @throws whatever is thrown that is not a CherenkitError of a damaged or unsupported file
 */
export async function readAllOf(
  source: Hdf5Source,
  options: Hdf5OpenOptions = {},
  digests: ColumnDigests = new Map(),
): Promise<Hdf5Outcome> {
  let failures = 0;
  const attempt = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      if (!CherenkitError.is(error) || !/^HDF5_(CORRUPT|UNSUPPORTED)$/.test(error.code)) throw error;
      if (/aborted/.test(error.message)) throw new LibraryAborted(error.message);
      failures++;
      return undefined;
    }
  };
  try {
    const file = await attempt(() => Hdf5File.open(source, options));
    if (!file) return 'refused';
    try {
      await attempt(() => file.attributes('/'));
      for (const path of (await attempt(() => file.paths())) ?? []) {
        await attempt(() => file.attributes(path));
        const table = await attempt(() => file.table(path));
        const columns = table && (await attempt(() => table.read(table.columns.map(({ name }) => name))));
        if (columns) addDigests(digests, path, columns);
        if (!table) await attempt(() => file.array(path));
      }
    } finally {
      await attempt(() => file.close());
    }
    return failures === 0 ? 'read' : 'read in part';
  } catch (error) {
    if (error instanceof LibraryAborted) return 'aborted';
    throw error;
  }
}

/**
 * Reads all tables of a file by our own reader of PyTables' format. Returns the code of the error, or `read`.
 *
 * @param digests - receives the digests of the columns
 * @throws whatever is thrown that is not a CherenkitError
 */
export async function readByOurReader(bytes: Uint8Array, digests: ColumnDigests): Promise<string> {
  try {
    const reader = await Hdf5Reader.open(byteSourceFrom(bytes));
    for (const path of await reader.tables()) {
      const table = await reader.table(path);
      addDigests(digests, path, await table.read(table.columns.map(({ name }) => name)));
    }
    return 'read';
  } catch (error) {
    if (!CherenkitError.is(error)) throw error;
    return error.code;
  }
}

/** Columns that both engines have read, but differently. */
export function differentColumns(a: ColumnDigests, b: ColumnDigests): string[] {
  return [...a].filter(([name, digest]) => b.has(name) && b.get(name) !== digest).map(([name]) => name);
}

function addDigests(digests: ColumnDigests, path: string, columns: Readonly<Record<string, ColumnValues>>): void {
  for (const [name, values] of Object.entries(columns)) {
    const hash = createHash('sha256');
    if (Array.isArray(values)) hash.update(JSON.stringify(values));
    else hash.update(values as Uint8Array);
    digests.set(`${path} ${name}`, hash.digest('hex'));
  }
}

class LibraryAborted extends Error {}
