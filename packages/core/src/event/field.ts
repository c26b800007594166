import {
  NAN_TIME,
  type ColumnUnit,
  type Enumeration,
  type NumericType,
  type Time,
  type TimeFormat,
} from '@cherenkit/tables';
import type { Container, ContainerClass } from './container.js';
import type { Waveforms } from './waveforms.js';

/** Numeric types of fields. */
export type NumberType = Exclude<NumericType, 'bool'>;

/** The column of a field: type, unit and shape. */
export type FieldColumn =
  | {
      readonly type: NumberType;
      readonly unit?: ColumnUnit;
      /** Unit in quality criteria, if ctapipe's container has another unit than its column. */
      readonly expressionUnit?: ColumnUnit;
    }
  | { readonly type: 'bool' }
  /** A text. Without a length in bytes, the table's is that of the first row, or a default for results of reconstructors. */
  | { readonly type: 'string'; readonly bytes?: number }
  | { readonly type: 'enumeration'; readonly enumeration: Enumeration }
  | { readonly type: 'time'; readonly format: TimeFormat }
  /** An array whose shape is that of the first row; without value there and without `length`, the table has no such column. */
  | ({ readonly type: 'array'; readonly element: NumericType } & ArrayOptions)
  /** Waveforms with axes channel, pixel and sample, in the type of the first row; without value there, the table has no such column. */
  | { readonly type: 'waveforms'; readonly elements: readonly NumberType[] }
  /** Telescope ids, written as one boolean per telescope of the subarray. */
  | { readonly type: 'telescopes' };

/** A field of a container: the single definition of its value and its column. */
export interface Field<V = unknown> {
  readonly description: string;
  /** Returns the default, called for each new container. */
  readonly initial: () => V;
  /** Undefined for a field that is not written to tables. */
  readonly column?: FieldColumn;
  /** Whether the value must be finite if `isValid` of the container is true. */
  readonly required?: boolean;
  /** Element type of an array that is not written to tables. */
  readonly element?: NumericType;
  /** Whether the value is the default in all containers of the class. */
  readonly isConstant?: boolean;
  /** Class of nested containers. */
  readonly container?: ContainerClass;
  /** Other classes that nested containers may have. */
  readonly alternatives?: readonly ContainerClass[];
  /** The keys of a map of nested containers. */
  readonly keyedBy?: 'telescope' | 'algorithm';
}

/** Fields by name. */
export type Fields = { readonly [name: string]: Field };

/** The types of the values of fields. */
export type FieldValues<F> = { -readonly [K in keyof F]: F[K] extends Field<infer V> ? V : never };

interface NumberOptions {
  readonly unit?: ColumnUnit;
  readonly expressionUnit?: ColumnUnit;
  readonly required?: boolean;
  /** Default of an integer, if it is not -1. */
  readonly initial?: number;
}

function numeric(type: NumberType, sentinel: number) {
  return (description: string, options: NumberOptions = {}): Field<number> => {
    const { required = false, initial = sentinel, ...units } = options;
    return { description, required, initial: () => initial, column: { type, ...units } };
  };
}

interface ArrayOptions {
  readonly unit?: ColumnUnit;
  /** Names of the dimensions, `['n_channels?', 'n_pixels']`; optional ones end with `?`. Default: one dimension of any length. */
  readonly dims?: readonly string[];
  /** Number of values. Default: that of the first row, which must have a value then. */
  readonly length?: number;
}

function array<A>(element: NumericType) {
  return (description: string, options: ArrayOptions = {}): Field<A | undefined> => ({
    description,
    initial: () => undefined,
    column: { type: 'array', element, ...options },
  });
}

/**
 * Builders of fields. Values in memory are in rad, m, ns, TeV and p.e.; `unit` is the unit of the column. Defaults (sentinels
 * for missing values): NaN for floats, -1 for integers, undefined for arrays.
 */
export const field = {
  float64: numeric('float64', NaN),
  float32: numeric('float32', NaN),
  int16: numeric('int16', -1),
  int32: numeric('int32', -1),
  int64: numeric('int64', -1),
  uint16: numeric('uint16', 0xffff),
  uint64: numeric('uint64', -1),

  float32Array: array<Float32Array>('float32'),
  float64Array: array<Float64Array>('float64'),
  int8Array: array<Int8Array>('int8'),
  uint8Array: array<Uint8Array>('uint8'),
  uint16Array: array<Uint16Array>('uint16'),
  int32Array: array<Int32Array>('int32'),
  /** A boolean array: 1 and 0 in memory. */
  mask: array<Uint8Array>('bool'),

  boolean: (description: string): Field<boolean> => ({
    description,
    initial: () => false,
    column: { type: 'bool' },
  }),

  /** A text; `bytes` is the length of the column. */
  string: (description: string, initial: string, options: { readonly bytes?: number } = {}): Field<string> => ({
    description,
    initial: () => initial,
    column: { type: 'string', ...options },
  }),

  enumeration: <const M extends Readonly<Record<string, number>>>(
    description: string,
    name: string,
    members: M,
    initial: M[keyof M],
  ): Field<M[keyof M]> => ({
    description,
    initial: () => initial,
    column: { type: 'enumeration', enumeration: { name, members } },
  }),

  time: (description: string, format: TimeFormat = 'ctao_high_res'): Field<Time> => ({
    description,
    initial: () => NAN_TIME,
    column: { type: 'time', format },
  }),

  telescopes: (description: string): Field<readonly number[]> => ({
    description,
    initial: () => [],
    column: { type: 'telescopes' },
  }),

  /** Waveforms of a camera; `elements` are the allowed types of the samples. */
  waveforms: <W extends Waveforms>(description: string, elements: readonly NumberType[]): Field<W | undefined> => ({
    description,
    initial: () => undefined,
    column: { type: 'waveforms', elements },
  }),

  /** A nested container with default values; it may be of one of the alternative classes instead. */
  container: <C extends Container>(
    container: ContainerClass<C>,
    description: string,
    alternatives?: readonly ContainerClass<C>[],
  ): Field<C> => ({
    description,
    initial: () => new container(),
    container,
    ...(alternatives && { alternatives }),
  }),

  /** A nested container that may be undefined, such as a level that is not computed. */
  optional: <C extends Container>(container: ContainerClass<C>, description: string): Field<C | undefined> => ({
    description,
    initial: () => undefined,
    container,
  }),

  /** Containers by telescope id. */
  byTelescope: <C extends Container>(container: ContainerClass<C>, description: string): Field<Map<number, C>> => ({
    description,
    initial: () => new Map<number, C>(),
    container,
    keyedBy: 'telescope',
  }),

  /** Containers by the name of the algorithm. */
  byAlgorithm: <C extends Container>(container: ContainerClass<C>, description: string): Field<Map<string, C>> => ({
    description,
    initial: () => new Map<string, C>(),
    container,
    keyedBy: 'algorithm',
  }),

  /** A value that is the same in all containers of the class and is not written to tables. It tells classes apart by type. */
  constant: <const V extends string>(description: string, value: V): Field<V> => ({
    description,
    initial: () => value,
    isConstant: true,
  }),

  /** A value that is not written to tables. `element` is the type of an array. */
  transient: <V>(description: string, initial: () => V, element?: NumericType): Field<V> => ({
    description,
    initial,
    ...(element && { element }),
  }),
};
