import { createHash } from 'node:crypto';
import { CherenkitError } from '@cherenkit/core';
import { byteSourceFrom } from '@cherenkit/io';
import { Hdf5File, type Hdf5OpenOptions, type Hdf5Source } from '@cherenkit/plugin-hdf5';
import { Hdf5Reader } from '@cherenkit/plugin-hdf5/internal';
import type { ColumnValues } from '@cherenkit/tables';
import { damageBytes, type Damages } from './damage-bytes.js';

const DAMAGES: Damages = {
  // Superblock, B-trees, heaps, groups, object headers and indices of chunks.
  signatures: [
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
  ],
  reach: 128,
  hostileNumbers: [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 2 ** 20, 2 ** 24, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1],
  truncations: 0.3,
  change: (bytes, at, below) => {
    bytes.fill(below(2) * 255, at, at + 1 + below(64));
  },
};

/** A copy of a file with one to three random damages; the same for the same seed and index. */
export function mutateHdf5(bytes: Uint8Array, seed: number, index: number): Uint8Array {
  return damageBytes(bytes, DAMAGES, seed, index);
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
