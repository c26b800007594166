import type { ZfitsArray } from '../container/zfits-column.js';
import type { ValueLayout, ZfitsValue } from '../container/zfits-tile.js';

/** A field of a message that is stored in a column of its own. */
export interface StoredField<T> {
  /** Number of the field in the definition of the message. */
  readonly number: number;
  readonly layout: ValueLayout;
  /** Type letters of columns that can hold it. */
  readonly letters: string;
  /** Value of a scalar or text that is not set; arrays are undefined if no message of the file has them. */
  readonly missing: T;
  /** Converts the value of a column. */
  readonly convert: (value: ZfitsValue) => T;
}

/** A message in a message, whose fields have columns of their own. */
export interface NestedFields<F extends MessageFields> {
  readonly number: number;
  readonly fields: F;
}

/** Fields of a message by name. */
export interface MessageFields {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- fields of all types
  readonly [name: string]: StoredField<any> | NestedFields<MessageFields>;
}

/** The message that fields describe. */
export type MessageOf<F extends MessageFields> = {
  readonly [K in keyof F]: F[K] extends StoredField<infer T>
    ? T
    : F[K] extends NestedFields<infer G>
      ? MessageOf<G>
      : never;
};

/** Type of messages. */
export interface MessageType<F extends MessageFields> {
  /** Values of PBFHEAD: the present name, and those of older writers. */
  readonly names: readonly string[];
  readonly fields: F;
}

/** Integer of up to 32 bits. */
export function int(number: number): StoredField<number> {
  return { number, layout: 'scalar', letters: 'BIJ', missing: 0, convert: Number };
}

/** Integer of 64 bits. */
export function long(number: number): StoredField<bigint> {
  return { number, layout: 'scalar', letters: 'BIJK', missing: 0n, convert: (value) => BigInt(value as bigint) };
}

export function float(number: number): StoredField<number> {
  return { number, layout: 'scalar', letters: 'ED', missing: 0, convert: Number };
}

export function flag(number: number): StoredField<boolean> {
  return { number, layout: 'scalar', letters: 'LB', missing: false, convert: Boolean };
}

export function text(number: number): StoredField<string> {
  return { number, layout: 'text', letters: 'A', missing: '', convert: String };
}

/** Array of numbers of any type: undefined if no message of the file has it, empty if this one has not. */
export function array(number: number): StoredField<ZfitsArray | undefined> {
  const convert = (value: ZfitsValue): ZfitsArray => value as ZfitsArray;
  return { number, layout: 'array', letters: 'LBAIJKED', missing: undefined, convert };
}

/** Message in a message. */
export function nested<F extends MessageFields>(number: number, fields: F): NestedFields<F> {
  return { number, fields };
}
