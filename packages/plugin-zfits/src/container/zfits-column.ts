import type { FitsHdu } from '@cherenkit/plugin-fits';
import { ZfitsError, type ZfitsPlace } from './zfits-error.js';

/** Arrays of values of a message. Bytes of flags and of structures are `Uint8Array`. */
export type ZfitsArray =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | BigUint64Array
  | BigInt64Array
  | Float32Array
  | Float64Array;

type ArrayType = {
  new (length: number): ZfitsArray;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): ZfitsArray;
  readonly BYTES_PER_ELEMENT: number;
};

const SIGNED: Readonly<Record<string, ArrayType>> = {
  L: Uint8Array,
  B: Uint8Array,
  A: Int8Array,
  I: Int16Array,
  J: Int32Array,
  K: BigInt64Array,
  E: Float32Array,
  D: Float64Array,
};
const UNSIGNED: Readonly<Record<string, ArrayType>> = { I: Uint16Array, J: Uint32Array, K: BigUint64Array };

/** A column of a zfits table: a field of the messages. */
export interface ZfitsColumn {
  /** Position in the table, from 0. */
  readonly index: number;
  /** Names of the field and of the messages around it, joined by `_`. */
  readonly name: string;
  /** Path of field numbers of the message, such as `17.6`; empty if the file has none. */
  readonly id: string;
  /** Type letter of ZFORM. */
  readonly letter: string;
  readonly arrayType: ArrayType;
  /** Number of elements of the longest value; 1 for scalars. */
  readonly longest: number;
}

/**
 * Reads the columns of a table from its header.
 *
 * TZERO marks unsigned values, which are stored as they are; old writers have 32678 and 9223372036854775807 there.
 *
 * @throws ZfitsError ZFITS_CORRUPT, ZFITS_UNSUPPORTED (65)
 */
export function zfitsColumns({ header, headerOffset }: FitsHdu, place: ZfitsPlace): ZfitsColumn[] {
  return Array.from({ length: header.number('TFIELDS') ?? 0 }, (_, index) => {
    const n = index + 1;
    const form = header.text(`ZFORM${n}`);
    const [, repeat, letter] = /^\s*(\d{0,10})([A-Z])\s*$/.exec(form ?? '') ?? [];
    if (letter === undefined) {
      const found = `ZFORM${n} is ${JSON.stringify(form)}, expected a number and a type such as 148400I`;
      throw new ZfitsError('ZFITS_CORRUPT', place, headerOffset, found);
    }
    const isUnsigned = (header.number(`TZERO${n}`) ?? 0) > 0;
    const arrayType = (isUnsigned && UNSIGNED[letter]) || SIGNED[letter];
    if (arrayType === undefined) {
      throw new ZfitsError(
        'ZFITS_UNSUPPORTED',
        place,
        headerOffset,
        `ZFORM${n} is ${form}, a type that is not supported`,
      );
    }
    return {
      index,
      name: header.text(`TTYPE${n}`) ?? '',
      id: header.text(`TPBID${n}`)?.trim() ?? '',
      letter,
      arrayType,
      longest: repeat === '' ? 1 : Number(repeat),
    };
  });
}
