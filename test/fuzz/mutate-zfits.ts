import { createHash } from 'node:crypto';
import { CherenkitError } from '@cherenkit/core';
import { byteSource } from '@cherenkit/io';
import { ZfitsFile } from '@cherenkit/plugin-zfits/zfits';
import { damageBytes, type Damages } from './damage-bytes.js';

const DAMAGES: Damages = {
  // Headers, their numbers, tiles and the first blocks of tiles.
  signatures: ['SIMPLE', 'XTENSION', 'NAXIS', 'PCOUNT', 'ZNAXIS', 'ZHEAPPTR', 'ZTILELEN', 'ZFORM', 'TPBID', 'TILE'],
  reach: 64,
  hostileNumbers: [0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 2 ** 20, 2 ** 24, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1],
  truncations: 0.5,
  change: (bytes, at, below) => {
    // A digit of a header.
    bytes[at] = 48 + below(10);
  },
};

/** A copy of a zfits file with one to three random damages; the same for the same seed and index. */
export function mutateZfits(bytes: Uint8Array, seed: number, index: number): Uint8Array {
  return damageBytes(bytes, DAMAGES, seed, index);
}

/** What reading a file gave: a digest of all values, or the code of the error. */
export interface ZfitsOutcome {
  readonly digest: string | undefined;
  readonly code: string | undefined;
}

/**
 * Decodes all values of a file, large columns in parts.
 *
 * @throws what is no CherenkitError: a fault
 */
export async function readZfits(bytes: Uint8Array): Promise<ZfitsOutcome> {
  const hash = createHash('sha1');
  try {
    // Reads are copies, whose memory is freed, as those of files.
    const read = (offset: number, length: number): Promise<Uint8Array> =>
      Promise.resolve(new Uint8Array(bytes.subarray(offset, offset + length)));
    const source = byteSource({ name: 'mutant.fits.fz', size: bytes.length, stream: () => [bytes.slice()], read });
    const file = await ZfitsFile.open(source);
    for (const table of file.tables) {
      hash.update(`${table.name} ${table.message}\n`);
      for await (const tile of table.tiles({ inParts: true })) {
        for (const column of table.columns) {
          const next = await tile.open(column);
          for (let row = 0; row < tile.nRows; row++) {
            await tile.prepareRow();
            const value = next?.();
            hash.update(
              ArrayBuffer.isView(value)
                ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
                : String(value),
            );
          }
        }
      }
    }
    return { digest: hash.digest('hex'), code: undefined };
  } catch (error) {
    if (!CherenkitError.is(error)) throw error;
    return { digest: undefined, code: error.code };
  }
}

/**
 * Whether the headers of two files are equal, so that the checksums must find all damages of the data. (Damages of a header may
 * change types, and the checksum itself.)
 */
export function haveSameHeaders(a: Uint8Array, b: Uint8Array): boolean {
  const headers = (file: Uint8Array): string =>
    Buffer.from(file.buffer, file.byteOffset, file.byteLength)
      .toString('latin1')
      .replace(/(END {77} *)[^]*?(?=XTENSION= |$)/g, '$1');
  return headers(a) === headers(b);
}
