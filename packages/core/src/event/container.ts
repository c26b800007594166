import { DECLARED_FIELDS, type DeclaredField } from '@cherenkit/expression';
import { cloneContainer } from './clone-container.js';
import { containerFrom, containerToJson } from './container-json.js';
import { describeContainer } from './describe-container.js';
import { expressionFields } from './expression-fields.js';
import type { Fields, FieldValues } from './field.js';
import { noteMisspeltField } from './misspelt-field.js';

/** A container class. */
export type ContainerClass<C extends Container = Container> = Pick<typeof Container, 'prefix' | 'fields'> &
  (new (values?: object) => C);

/** The fields of several tables. An intersection keeps the comments of the fields, unlike the type of a spread. */
type AllFields<T extends readonly Fields[]> = T extends readonly [
  infer First extends Fields,
  ...infer Rest extends readonly Fields[],
]
  ? First & AllFields<Rest>
  : unknown;

type WithFields<F> = Pick<typeof Container, 'prefix' | 'from'> & { readonly fields: F } & (new (
    values?: Partial<FieldValues<F>>,
  ) => Container & FieldValues<F>);

/**
 * A set of named values with units and descriptions, such as one data level of an event. Source: ctapipe 0.32 `Container`.
 *
 * Extend `Container.withFields(prefix, { ... })`. The fields define the static types, the defaults, the columns and the
 * documentation. `new X({ ... })` sets some fields; the others have their defaults.
 */
export abstract class Container {
  /** Prefix of its column names; empty for none. */
  static readonly prefix: string = '';
  static readonly fields: Fields = {};

  /**
   * Returns the base class of a container with the given fields, in order. To extend another container:
   * `withFields('', Other.fields, { ... })`. Editors show the comment above each field.
   *
   * @example
   * ```ts
   * class TimingContainer extends Container.withFields('timing', {

   *   slope: field.float64('Change of the peak time along the major axis', { unit: 'deg**-1' }),
   *   isValid: field.boolean('Whether the fit converged'),
   * }) {}
   *
   * const timing = new TimingContainer({ isValid: true });
   * console.log(timing.slope, timing.isValid); // NaN true
   * ```
   */
  static withFields<const T extends readonly Fields[]>(prefix: string, ...tables: T): WithFields<AllFields<T>> {
    const fields: Fields = Object.assign({}, ...tables) as Fields;
    const names = Object.keys(fields);
    const defaults = Object.values(fields).map(({ initial }) => initial);
    class FieldsBase extends Container {
      static override readonly prefix = prefix;
      static override readonly fields = fields;

      constructor(values: Readonly<Record<string, unknown>> = {}) {
        super();
        const target = this as unknown as Record<string, unknown>;
        // A loop over indices, since several of these containers are made for each telescope event.
        for (let i = 0; i < names.length; i++) {
          const name = names[i] ?? '';
          target[name] = values[name] ?? defaults[i]?.();
        }
        noteMisspeltField(this, values, fields);
      }
    }
    return FieldsBase as unknown as WithFields<AllFields<T>>;
  }

  /**
   * Makes a container of this class from plain data: what `JSON.parse` returns for the JSON of a container, or what
   * `structuredClone` returns for one, as after it was sent to a worker. Members that are no fields are kept as they are in
   * the data of a whole container; in data with some of the fields, they are errors.
   *
   * @throws TypeError for data of another form, and for unknown fields
   * @example
   * ```ts
   * const copy = ArrayEvent.from(JSON.parse(JSON.stringify(event)));
   * ```
   */
  static from<C extends Container>(this: ContainerClass<C>, plain: unknown): C {
    return containerFrom(this, plain);
  }

  /** The fields of its class. */
  get fields(): Fields {
    return (this.constructor as typeof Container).fields;
  }

  /** Prefix of its column names; empty for none. */
  get prefix(): string {
    return (this.constructor as typeof Container).prefix;
  }

  get [DECLARED_FIELDS](): ReadonlyMap<string, DeclaredField> {
    return expressionFields(this.fields);
  }

  /** Returns a copy that shares no arrays, maps or containers with the original, which may be changed independently. */
  clone(): this {
    return cloneContainer(this);
  }

  /**
   * Returns the values as plain data, used by `JSON.stringify`: typed arrays as lists, maps as objects, NaN as null, infinite
   * numbers as text. `from` makes a container of it.
   */
  toJSON(): Readonly<Record<string, unknown>> {
    return containerToJson(this);
  }

  /** Formats each field with value, unit and description. Node's console and `util.inspect` use it. */
  toString(): string {
    return describeContainer(this.constructor.name, this);
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }
}

/** Returns the value of a field by its name. */
export function valueOf(container: Container, name: string): unknown {
  return (container as unknown as Readonly<Record<string, unknown>>)[name];
}
