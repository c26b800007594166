import type { AnyDeclaration } from '../trait-declaration.js';
import { LIST, TUPLE } from './list-traits.js';
import { CHOICE, COMPONENT } from './name-traits.js';
import { INTEGER, INTEGERS, NUMBER } from './number-traits.js';
import { BOOLEAN, DICTIONARY, EXPRESSION, PATH, STRING } from './plain-traits.js';
import type { TraitType } from './trait-type.js';

/**
 * All types of traits, by the names that declarations have for them. A further type is a file beside this one and a line
 * here; a builder in `trait` gives its values a static type.
 */
export const TRAIT_TYPES = {
  boolean: BOOLEAN,
  string: STRING,
  path: PATH,
  expression: EXPRESSION,
  integer: INTEGER,
  number: NUMBER,
  integers: INTEGERS,
  choice: CHOICE,
  component: COMPONENT,
  list: LIST,
  tuple: TUPLE,
  dictionary: DICTIONARY,
};

type DeclarationOf<T> = T extends TraitType<infer D> ? D : never;

/** The declaration of a trait: what `AnyDeclaration` has, and the members of its type. */
export type TraitDeclaration = DeclarationOf<(typeof TRAIT_TYPES)[keyof typeof TRAIT_TYPES]>;

/** @throws TypeError for a declaration of no type; manifests with one are refused before */
export function typeOf({ type }: AnyDeclaration): TraitType {
  const found = Object.hasOwn(TRAIT_TYPES, type) ? TRAIT_TYPES[type as keyof typeof TRAIT_TYPES] : undefined;
  if (!found) throw new TypeError(`There is no type of trait called ${type}.`);
  return found as TraitType;
}
