import type { ComponentKind } from './component.js';
import type { TelescopeValues } from './telescope-values.js';
import type { Json } from './trait-declaration.js';
import type { TraitDeclaration } from './traits/trait-types.js';

/** One configurable value. The declaration is all there is at run time; `V`, what the component reads, is a type only. */
export interface Trait<V = unknown> {
  readonly declaration: TraitDeclaration;
  readonly valueType?: V;
}

export type Traits = { readonly [name: string]: Trait };
export type TraitValues<T extends Traits> = { readonly [K in keyof T]: T[K] extends Trait<infer V> ? V : never };

/** A rule of a configuration that gives some telescopes a value: by a glob on their type, or by id. */
export type TelescopeRule<V = unknown> = readonly ['type', string, V] | readonly ['id', number, V];

interface TraitOptions<D> {
  /** One sentence. Every trait of a component has one; those inside a list or a tuple need none. */
  readonly help?: string;
  /** Left out: the user has to give a value. */
  readonly default?: D;
}

interface NumberOptions<D = number> extends TraitOptions<D> {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly unit?: string;
}

interface ListOptions<D> extends TraitOptions<D> {
  readonly minItems?: number;
  readonly maxItems?: number;
}

interface ChoiceOptions<D> extends TraitOptions<D> {
  /** Configurations may write the choices in any case; the component sees the spelling of the declaration. */
  readonly caseless?: true;
}

interface ExpressionOptions extends TraitOptions<string> {
  /** The names that it may use; left out, they are found on evaluation. */
  readonly names?: readonly string[];
}

type ItemTraits = readonly Trait[];
type ItemValues<T extends ItemTraits> = { readonly [K in keyof T]: T[K] extends Trait<infer V> ? V : never };

/** The builders of traits. Each declares the trait as data and carries the static type of its value. */
export const trait = {
  integer: (options: NumberOptions = {}): Trait<number> => declare({ type: 'integer', ...options }),
  number: (options: NumberOptions = {}): Trait<number> => declare({ type: 'number', ...options }),
  boolean: (options: TraitOptions<boolean> = {}): Trait<boolean> => declare({ type: 'boolean', ...options }),
  string: (options: TraitOptions<string> = {}): Trait<string> => declare({ type: 'string', ...options }),

  /** The name of a file, relative to the working directory. Not opened or checked here. */
  path: (options: TraitOptions<string> = {}): Trait<string> => declare({ type: 'path', ...options }),

  /** An expression in the language of quality criteria; it is checked before any input is opened. */
  expression: (options: ExpressionOptions = {}): Trait<string> => declare({ type: 'expression', ...options }),

  /** One of a few words. */
  oneOf: <const V extends string>(choices: readonly V[], options: ChoiceOptions<NoInfer<V>> = {}): Trait<V> =>
    declare({ type: 'choice', choices, ...options }),

  /** A member of an enumeration: its name or its number in configurations, its number in code and as a default. */
  member: <M extends Readonly<Record<string, number>>>(
    enumeration: { readonly name: string; readonly members: M },
    options: TraitOptions<M[keyof M]> = {},
  ): Trait<M[keyof M]> =>
    declare({ type: 'choice', choices: Object.keys(enumeration.members), caseless: true, enumeration, ...options }),

  /** The name of a component of this kind. */
  componentName: (kind: ComponentKind, options: TraitOptions<string> = {}): Trait<string> =>
    declare({ type: 'component', kind: kind.kind, ...options }),

  list: <V>(items: Trait<V>, options: ListOptions<readonly V[]> = {}): Trait<readonly V[]> =>
    declare({ type: 'list', items: items.declaration, ...(options as ListOptions<Json>) }),

  /** A list of fixed length, each place with a trait of its own. */
  tuple: <const T extends ItemTraits>(items: T, options: TraitOptions<ItemValues<T>> = {}): Trait<ItemValues<T>> =>
    declare({ type: 'tuple', items: items.map((item) => item.declaration), ...(options as TraitOptions<Json>) }),

  /** A set of integers such as telescope ids; configurations write a list or `"1,2,5-9"`. */
  integerSet: (options: NumberOptions<readonly number[]> = {}): Trait<ReadonlySet<number>> =>
    declare({ type: 'integers', ...options }),

  /** A mapping whose keys are free. */
  dictionary: <V extends Json = Json>(
    options: TraitOptions<{ readonly [key: string]: V }> = {},
  ): Trait<{ readonly [key: string]: V }> => declare({ type: 'dictionary', ...options }),

  /** A value that may be missing: `null` (Python's `None`) in configurations, `undefined` in code. That is also its default. */
  optional: <V>({ declaration }: Trait<V>): Trait<V | undefined> => {
    if (declaration.perTelescope)
      throw new TypeError('Write perTelescope(optional(...)), not optional(perTelescope(...)).');
    return declare({ ...declaration, default: declaration.default ?? null, optional: true });
  },

  /**
   * A value per telescope: a plain value for all, or a list of rules of which the last that matches wins. A list is always
   * rules, also where the value is a list. `rules` are a default of more than one value.
   */
  perTelescope: <V>({ declaration }: Trait<V>, rules?: readonly TelescopeRule<V>[]): Trait<TelescopeValues<V>> => {
    if (declaration.perTelescope) throw new TypeError('A trait cannot be per telescope twice.');
    return declare({ ...declaration, ...(rules && { default: rules as Json }), perTelescope: true });
  },
};

function declare<V>(declaration: TraitDeclaration): Trait<V> {
  return { declaration };
}
