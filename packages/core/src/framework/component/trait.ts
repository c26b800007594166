import type { ComponentKind } from './component.js';
import type { TelescopeValues } from './telescope-values.js';
import type { Json } from './trait-declaration.js';
import type { ExpressionDeclaration } from './traits/plain-traits.js';
import type { TraitDeclaration } from './traits/trait-types.js';

/** A configurable value of a component. At run time it is only the declaration; `V` is the static type of the value. */
export interface Trait<V = unknown> {
  readonly declaration: TraitDeclaration;
  readonly valueType?: V;
}

/** Traits by their names in code. */
export type Traits = { readonly [name: string]: Trait };

/** The types of the values of traits. */
export type TraitValues<T extends Traits> = { readonly [K in keyof T]: T[K] extends Trait<infer V> ? V : never };

/** A rule that sets the value of some telescopes: by a glob pattern on the telescope type, or by telescope id. */
export type TelescopeRule<V = unknown> = readonly ['type', string, V] | readonly ['id', number, V];

interface TraitOptions<D> {
  /** One sentence. Required for the traits of a component, not for the items of a list or tuple. */
  readonly help?: string;
  /** Undefined: a value is required. */
  readonly default?: D;
}

interface NumberOptions<D = number> extends TraitOptions<D> {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly unit?: string;
}

interface RealOptions extends NumberOptions {
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
}

interface ListOptions<D> extends TraitOptions<D> {
  readonly minItems?: number;
  readonly maxItems?: number;
}

interface ChoiceOptions<D> extends TraitOptions<D> {
  /** Makes the choices case-insensitive in configurations; the component reads the declared spelling. */
  readonly caseless?: true;
}

type ExpressionOptions = TraitOptions<string> & Pick<ExpressionDeclaration, 'names' | 'classes' | 'isCondition'>;

type ItemTraits = readonly Trait[];
type ItemValues<T extends ItemTraits> = { readonly [K in keyof T]: T[K] extends Trait<infer V> ? V : never };

/**
 * Builders of traits. Each returns a declaration as plain data together with the static type of its value.
 *
 * @example
 * ```ts
 * class PairCounter extends Component.withTraits({
 *   minTelescopes: trait.integer({ default: 2, minimum: 2, help: 'Minimum number of telescopes.' }),
 *   weighting: trait.oneOf(['intensity', 'uniform'], { default: 'intensity', help: 'Weight of each image.' }),
 *   minIntensity: trait.perTelescope(trait.number({ default: 50, unit: 'pe', help: 'Minimum image intensity.' })),
 *   maxAngle: trait.optional(trait.number({ unit: 'deg', help: 'Maximum angle between two image axes.' })),
 * }) {
 *   static override readonly kind = 'PairCounter';
 *   // this.traits.weighting is 'intensity' | 'uniform'; this.traits.minIntensity.for(3) is the value for telescope 3.
 * }
 * ```
 */
export const trait = {
  integer: (options: NumberOptions = {}): Trait<number> => declare({ type: 'integer', ...options }),
  /** An integer of any size. Its digits are kept, with or without quotes. */
  bigInteger: (options: TraitOptions<string> & { readonly unit?: string } = {}): Trait<bigint> =>
    declare({ type: 'bigInteger', ...options }),
  number: (options: RealOptions = {}): Trait<number> => declare({ type: 'number', ...options }),
  /** A number with a unit: `"5 deg"` or, in the unit of the trait, `5`. The component reads the number. */
  quantity: (options: RealOptions & { readonly unit: string }): Trait<number> =>
    declare({ type: 'quantity', ...options }),
  boolean: (options: TraitOptions<boolean> = {}): Trait<boolean> => declare({ type: 'boolean', ...options }),
  string: (options: TraitOptions<string> = {}): Trait<string> => declare({ type: 'string', ...options }),

  /** A file path, relative to the working directory. The file is neither opened nor checked. */
  path: (options: TraitOptions<string> = {}): Trait<string> => declare({ type: 'path', ...options }),

  /** An expression, such as a quality criterion. It is checked before the input is opened. */
  expression: (options: ExpressionOptions = {}): Trait<string> => declare({ type: 'expression', ...options }),

  /** One of the given choices. */
  oneOf: <const V extends string>(choices: readonly V[], options: ChoiceOptions<NoInfer<V>> = {}): Trait<V> =>
    declare({ type: 'choice', choices, ...options }),

  /** A member of an enumeration: by name or number in configurations, by number in code and as default. */
  member: <M extends Readonly<Record<string, number>>>(
    enumeration: { readonly name: string; readonly members: M },
    options: TraitOptions<M[keyof M]> = {},
  ): Trait<M[keyof M]> =>
    declare({ type: 'choice', choices: Object.keys(enumeration.members), caseless: true, enumeration, ...options }),

  /** The name of a component of the given kind. */
  componentName: (kind: ComponentKind, options: TraitOptions<string> = {}): Trait<string> =>
    declare({ type: 'component', kind: kind.kind, ...options }),

  /** A list of values of one type. */
  list: <V>(items: Trait<V>, options: ListOptions<readonly V[]> = {}): Trait<readonly V[]> =>
    declare({ type: 'list', items: items.declaration, ...(options as ListOptions<Json>) }),

  /** A list of fixed length, with one trait per item. */
  tuple: <const T extends ItemTraits>(items: T, options: TraitOptions<ItemValues<T>> = {}): Trait<ItemValues<T>> =>
    declare({ type: 'tuple', items: items.map((item) => item.declaration), ...(options as TraitOptions<Json>) }),

  /** A set of integers such as telescope ids; configurations write a list or `"1,2,5-9"`. */
  integerSet: (options: NumberOptions<readonly number[]> = {}): Trait<ReadonlySet<number>> =>
    declare({ type: 'integers', ...options }),

  /** A mapping with arbitrary keys. */
  dictionary: <V extends Json = Json>(
    options: TraitOptions<{ readonly [key: string]: V }> = {},
  ): Trait<{ readonly [key: string]: V }> => declare({ type: 'dictionary', ...options }),

  /** A value that may be absent: `null` (Python's `None`) in configurations, `undefined` in code. Absent by default. */
  optional: <V>({ declaration }: Trait<V>): Trait<V | undefined> => {
    if (declaration.perTelescope)
      throw new TypeError('Write perTelescope(optional(...)), not optional(perTelescope(...)).');
    return declare({ ...declaration, default: declaration.default ?? null, optional: true });
  },

  /**
   * A value per telescope: in configurations, one value for all telescopes, or a list of rules. The last matching rule
   * wins. A list always means rules, even where the value itself is a list.
   *
   * @param rules - default rules, where the default is not the same for all telescopes
   */
  perTelescope: <V>({ declaration }: Trait<V>, rules?: readonly TelescopeRule<V>[]): Trait<TelescopeValues<V>> => {
    if (declaration.perTelescope) throw new TypeError('A trait cannot be per telescope twice.');
    return declare({ ...declaration, ...(rules && { default: rules as Json }), perTelescope: true });
  },
};

function declare<V>(declaration: TraitDeclaration): Trait<V> {
  return { declaration };
}
