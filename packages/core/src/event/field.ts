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

export type NumberType = Exclude<NumericType, 'bool'>;

/** What the column of a field holds, and how. */
export type FieldColumn =
  | {
      readonly type: NumberType;
      readonly unit?: ColumnUnit;
      /** The unit that quality criteria see, where ctapipe's container holds another one than its column. */
      readonly expressionUnit?: ColumnUnit;
    }
  | { readonly type: 'bool' }
  | { readonly type: 'string' }
  | { readonly type: 'enumeration'; readonly enumeration: Enumeration }
  | { readonly type: 'time'; readonly format: TimeFormat }
  /** An array whose shape follows from the first row; left out of the table where that has none. */
  | ({ readonly type: 'array'; readonly element: NumericType } & ArrayOptions)
  /** Samples by channel, pixel and time, in the type of the first row; left out of the table where that has none. */
  | { readonly type: 'waveforms'; readonly elements: readonly NumberType[] }
  /** A list of telescope ids, written as one boolean per telescope of the array. */
  | { readonly type: 'telescopes' };

/** One entry of a container: the only description of its value and of its column. */
export interface Field<V = unknown> {
  readonly description: string;
  /** Called for each new container. */
  readonly initial: () => V;
  /** Missing for what no table holds. */
  readonly column?: FieldColumn;
  /** Finite wherever `isValid` beside it is true. */
  readonly required?: boolean;
  readonly container?: ContainerClass;
}

export type Fields = { readonly [name: string]: Field };
export type FieldValues<F> = { -readonly [K in keyof F]: F[K] extends Field<infer V> ? V : never };

interface NumberOptions {
  readonly unit?: ColumnUnit;
  readonly expressionUnit?: ColumnUnit;
  readonly required?: boolean;
  /** For integers, where -1 is not the sentinel. */
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
  /** Names of the dimensions, `['n_channels?', 'n_pixels']`; those that end with `?` may be missing. One of any length without. */
  readonly dims?: readonly string[];
}

function array<A>(element: NumericType) {
  return (description: string, options: ArrayOptions = {}): Field<A | undefined> => ({
    description,
    initial: () => undefined,
    column: { type: 'array', element, ...options },
  });
}

/** Builders of fields. Numbers are in memory's units; `unit` is the column's. Missing: NaN for floats, -1 for integers. */
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
  /** 1 and 0 in memory. */
  mask: array<Uint8Array>('bool'),

  boolean: (description: string): Field<boolean> => ({
    description,
    initial: () => false,
    column: { type: 'bool' },
  }),

  string: (description: string, initial: string): Field<string> => ({
    description,
    initial: () => initial,
    column: { type: 'string' },
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

  /** Samples of a camera; `elements` are the types that they may have. */
  waveforms: <W extends Waveforms>(description: string, elements: readonly NumberType[]): Field<W | undefined> => ({
    description,
    initial: () => undefined,
    column: { type: 'waveforms', elements },
  }),

  /** A container within; made with its defaults. */
  container: <C extends Container>(container: ContainerClass<C>, description: string): Field<C> => ({
    description,
    initial: () => new container(),
    container,
  }),

  /** A container of a level that may not be computed. */
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
  }),

  /** Containers by the name of the algorithm that made them. */
  byAlgorithm: <C extends Container>(container: ContainerClass<C>, description: string): Field<Map<string, C>> => ({
    description,
    initial: () => new Map<string, C>(),
    container,
  }),

  /** Something that no table holds. */
  transient: <V>(description: string, initial: () => V): Field<V> => ({ description, initial }),
};
