/** How an expression sees one field of an object that declares its fields. */
export interface DeclaredField {
  /** The unit that expressions see, and how many of it make one of the value as stored; missing for plain values. */
  readonly unit?: string;
  readonly factor?: number;
  /** The members of an enumeration, whose number the value is. */
  readonly members?: Readonly<Record<string, number>>;
  /** Integers that are no mask, though they are stored in 8 bits, or a list of them. */
  readonly isIntegers?: boolean;
}

/**
 * The key under which an object declares its fields to the expression language: by their names in code, as plain data. A
 * symbol of the registry, so that an object made by another copy of the library is understood as well.
 */
export const DECLARED_FIELDS = Symbol.for('cherenkit.expression.fields');

/** An object with declared fields, such as a container of an event. The map has to be the same for all objects of a class. */
export interface DeclaringObject {
  readonly [DECLARED_FIELDS]: ReadonlyMap<string, DeclaredField>;
}

/** The fields that an object declares; undefined for any other value. */
export function declaredFields(object: unknown): ReadonlyMap<string, DeclaredField> | undefined {
  if (typeof object !== 'object' || object === null) return undefined;
  return (object as Partial<DeclaringObject>)[DECLARED_FIELDS];
}
