import type { BaseDeclaration } from '../trait-declaration.js';
import { LIST, TUPLE } from './list-traits.js';
import { CHOICE, COMPONENT } from './name-traits.js';
import { BIG_INTEGER, INTEGER, INTEGERS, NUMBER, QUANTITY } from './number-traits.js';
import { BOOLEAN, DICTIONARY, EXPRESSION, PATH, STRING } from './plain-traits.js';
import type { TraitType } from './trait-type.js';

/**
 * The trait types, by name. To add a type: implement `TraitType`, register it here, and add a builder to `trait`, which gives
 * its values a static type.
 */
export const TRAIT_TYPES = {
  boolean: BOOLEAN,
  string: STRING,
  path: PATH,
  expression: EXPRESSION,
  integer: INTEGER,
  bigInteger: BIG_INTEGER,
  number: NUMBER,
  quantity: QUANTITY,
  integers: INTEGERS,
  choice: CHOICE,
  component: COMPONENT,
  list: LIST,
  tuple: TUPLE,
  dictionary: DICTIONARY,
};

type DeclarationOf<T> = T extends TraitType<infer D> ? D : never;

/** The declaration of a trait of any type. */
export type TraitDeclaration = DeclarationOf<(typeof TRAIT_TYPES)[keyof typeof TRAIT_TYPES]>;

/**
 * Returns the type of a trait.
 *
 * @throws TypeError for an unknown type; the validation of manifests rejects these before
 */
export function traitTypeOf({ type }: BaseDeclaration): TraitType {
  const found = Object.hasOwn(TRAIT_TYPES, type) ? TRAIT_TYPES[type as keyof typeof TRAIT_TYPES] : undefined;
  if (!found)
    throw new TypeError(`Unknown trait type ${type}; expected one of ${Object.keys(TRAIT_TYPES).join(', ')}.`);
  return found as TraitType;
}
