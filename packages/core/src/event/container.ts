import { DECLARED_FIELDS, type DeclaredField } from '@cherenkit/expression';
import { describeContainer } from './describe-container.js';
import { expressionFields } from './expression-fields.js';
import type { Fields, FieldValues } from './field.js';

/** A class of containers, with its table of fields. */
export type ContainerClass<C extends Container = Container> = Pick<typeof Container, 'prefix' | 'fields'> &
  (new (values?: object) => C);

/** The fields of several tables; an intersection, since the type of a spread has no comments. */
type AllFields<T extends readonly Fields[]> = T extends readonly [
  infer First extends Fields,
  ...infer Rest extends readonly Fields[],
]
  ? First & AllFields<Rest>
  : unknown;

type WithFields<F> = Pick<typeof Container, 'prefix'> & { readonly fields: F } & (new (
    values?: Partial<FieldValues<F>>,
  ) => Container & FieldValues<F>);

/**
 * Values with names, units and descriptions: one level of an event's data.
 *
 * Subclass `Container.withFields(prefix, { ... })`; the table of fields is at once the static type, the defaults, the
 * columns and the documentation. `new X({ ... })` takes values for some fields, the others have their defaults.
 */
export abstract class Container {
  /** Begins the names of its columns; empty for none. */
  static readonly prefix: string = '';
  static readonly fields: Fields = {};

  /**
   * The base class of a container with these fields, those of each table after those of the one before. To take over another's:
   * `withFields('', Other.fields, { more })`; a comment above each field is what an editor shows of it.
   */
  static withFields<const T extends readonly Fields[]>(prefix: string, ...tables: T): WithFields<AllFields<T>> {
    const fields: Fields = Object.assign({}, ...tables) as Fields;
    const entries = Object.entries(fields);
    class FieldsBase extends Container {
      static override readonly prefix = prefix;
      static override readonly fields = fields;

      constructor(values: Readonly<Record<string, unknown>> = {}) {
        super();
        const target = this as unknown as Record<string, unknown>;
        for (const [name, { initial }] of entries) target[name] = values[name] ?? initial();
      }
    }
    return FieldsBase as unknown as WithFields<AllFields<T>>;
  }

  get fields(): Fields {
    return (this.constructor as typeof Container).fields;
  }

  get prefix(): string {
    return (this.constructor as typeof Container).prefix;
  }

  get [DECLARED_FIELDS](): ReadonlyMap<string, DeclaredField> {
    return expressionFields(this.fields);
  }

  /** Name, unit, shape, description and the first values of each field; Node's console and `util.inspect` show this. */
  toString(): string {
    return describeContainer(this.constructor.name, this);
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }
}

/** The value of a field by its name in the table of fields. */
export function valueOf(container: Container, name: string): unknown {
  return (container as unknown as Readonly<Record<string, unknown>>)[name];
}
