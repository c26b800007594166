/** Properties of one field of an object, for expressions. */
export interface DeclaredField {
  /** Unit of the value in expressions; absent for plain values. */
  readonly unit?: string;
  /** Factor from the stored value to the value in this unit. Default: 1. */
  readonly factor?: number;
  /** Members of an enumeration; the stored value is a member's number. */
  readonly members?: Readonly<Record<string, number>>;
  /** Whether the values are integers and not a mask, although they are stored as 8-bit integers or in a list. */
  readonly isIntegers?: boolean;
}

/**
 * Key under which an object declares its fields to the expression language: a map from their names in code. The symbol
 * is registered globally, so that it is shared by several copies of the package.
 */
export const DECLARED_FIELDS = Symbol.for('cherenkit.expression.fields');

/** Object with declared fields, such as a container of an event. All objects of a class must share one map. */
export interface DeclaringObject {
  readonly [DECLARED_FIELDS]: ReadonlyMap<string, DeclaredField>;
}

/** Declared fields of an object; undefined for all other values. */
export function declaredFields(object: unknown): ReadonlyMap<string, DeclaredField> | undefined {
  if (typeof object !== 'object' || object === null) return undefined;
  return (object as Partial<DeclaringObject>)[DECLARED_FIELDS];
}
