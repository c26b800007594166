import { createHash } from 'node:crypto';
import { CherenkitError } from '@cherenkit/core';
import { byteSourceFrom } from '@cherenkit/io';
import { ZfitsFile } from '@cherenkit/plugin-zfits/zfits';
import { seededRandom, type Random } from './random-recipe.js';

const HOSTILE_NUMBERS = [0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 2 ** 20, 2 ** 24, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1];

/** A copy of a zfits file with one to three random damages; the same for the same seed and index. */
export function mutateZfits(bytes: Uint8Array, seed: number, index: number): Uint8Array {
  const random = seededRandom(seed, index);
  const places = structuresOf(bytes);
  let mutant = new Uint8Array(bytes);
  for (let n = 1 + Math.floor(3 * random() ** 2); n > 0; n--) mutant = damage(mutant, places, random);
  return mutant;
}

function damage(bytes: Uint8Array<ArrayBuffer>, places: readonly number[], random: Random): Uint8Array<ArrayBuffer> {
  const below = (n: number): number => Math.floor(random() * n);
  const anywhere = (): number => below(bytes.length);
  const inStructure = (): number => (places.length > 0 ? places[below(places.length)] + below(64) : anywhere());
  const at = Math.min(random() < 0.7 ? inStructure() : anywhere(), bytes.length - 1);
  switch (below(6)) {
    case 0:
      bytes[at] ^= 1 << below(8);
      break;
    case 1:
      for (let i = at; i < Math.min(at + 1 + below(16), bytes.length); i++) bytes[i] = below(256);
      break;
    case 2:
      // A digit of a header.
      bytes[at] = 48 + below(10);
      break;
    case 3: {
      const number = HOSTILE_NUMBERS[below(HOSTILE_NUMBERS.length)];
      if (at + 4 <= bytes.length) new DataView(bytes.buffer).setUint32(at, number, true);
      break;
    }
    case 4: {
      const from = anywhere();
      bytes.copyWithin(at, from, from + 1 + below(256));
      break;
    }
    default:
      if (random() < 0.5) return bytes.slice(0, at);
      bytes[at] = below(256);
  }
  return bytes;
}

/** Positions of headers, their numbers, tiles and the first blocks of tiles. */
function structuresOf(bytes: Uint8Array): number[] {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const places: number[] = [];
  for (const text of [
    'SIMPLE',
    'XTENSION',
    'NAXIS',
    'PCOUNT',
    'ZNAXIS',
    'ZHEAPPTR',
    'ZTILELEN',
    'ZFORM',
    'TPBID',
    'TILE',
  ]) {
    for (let at = file.indexOf(text, 0, 'latin1'); at >= 0; at = file.indexOf(text, at + 1, 'latin1')) places.push(at);
  }
  return places;
}

/** What reading a file gave: a digest of all values, or the code of the error. */
export interface ZfitsOutcome {
  readonly digest: string | undefined;
  readonly code: string | undefined;
}

/**
 * Decodes all values of a file.
 *
 * @throws what is no CherenkitError: a fault
 */
export async function readZfits(bytes: Uint8Array): Promise<ZfitsOutcome> {
  const hash = createHash('sha1');
  try {
    const file = await ZfitsFile.open(byteSourceFrom(bytes, 'mutant.fits.fz'));
    for (const table of file.tables) {
      hash.update(`${table.name} ${table.message}\n`);
      for await (const tile of table.tiles()) {
        for (const column of table.columns) {
          const next = await tile.open(column);
          for (let row = 0; row < tile.nRows; row++) {
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
