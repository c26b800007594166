import { seededRandom, type Random } from './random-recipe.js';

/** How files of a format are damaged. */
export interface Damages {
  /** Texts at which structures of the format begin: damages there find more faults than those of data, which have checksums. */
  readonly signatures: readonly string[];
  /** Largest distance of damages from a signature, bytes. */
  readonly reach: number;
  /** Numbers that are written over others, 32 bits. */
  readonly hostileNumbers: readonly number[];
  /** Part of the replaced bytes that are truncations instead: most of these are refused when the file is opened. */
  readonly truncations: number;
  /** A damage that is typical of the format. */
  readonly change: (bytes: Uint8Array, at: number, below: (n: number) => number) => void;
}

/** A copy of a file with one to three random damages; the same for the same seed and index. */
export function damageBytes(bytes: Uint8Array, damages: Damages, seed: number, index: number): Uint8Array {
  const random = seededRandom(seed, index);
  const places = placesOf(bytes, damages.signatures);
  let mutant = new Uint8Array(bytes);
  for (let n = 1 + Math.floor(3 * random() ** 2); n > 0; n--) mutant = damage(mutant, places, damages, random);
  return mutant;
}

function damage(
  bytes: Uint8Array<ArrayBuffer>,
  places: readonly number[],
  { reach, hostileNumbers, truncations, change }: Damages,
  random: Random,
): Uint8Array<ArrayBuffer> {
  const below = (n: number): number => Math.floor(random() * n);
  const anywhere = (): number => below(bytes.length);
  const inStructure = (): number => (places.length > 0 ? places[below(places.length)] + below(reach) : anywhere());
  const at = Math.min(random() < 0.7 ? inStructure() : anywhere(), bytes.length - 1);
  switch (below(6)) {
    case 0:
      bytes[at] ^= 1 << below(8);
      break;
    case 1:
      for (let i = at; i < Math.min(at + 1 + below(16), bytes.length); i++) bytes[i] = below(256);
      break;
    case 2:
      change(bytes, at, below);
      break;
    case 3: {
      const number = hostileNumbers[below(hostileNumbers.length)];
      if (at + 4 <= bytes.length) new DataView(bytes.buffer).setUint32(at, number, true);
      break;
    }
    case 4: {
      const from = anywhere();
      bytes.copyWithin(at, from, from + 1 + below(256));
      break;
    }
    default:
      if (random() < truncations) return bytes.slice(0, at);
      bytes[at] = below(256);
  }
  return bytes;
}

/** Positions of all signatures. */
function placesOf(bytes: Uint8Array, signatures: readonly string[]): number[] {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const places: number[] = [];
  for (const signature of signatures) {
    for (let at = file.indexOf(signature, 0, 'latin1'); at >= 0; at = file.indexOf(signature, at + 1, 'latin1')) {
      places.push(at);
    }
  }
  return places;
}
