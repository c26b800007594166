/** What JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * What is declared of a trait of any type. Each type adds members of its own, see `TraitDeclaration`.
 *
 * A declaration is plain data: it stands in the manifest of a plugin, and the check of values, the help and the value that
 * a component reads are made from it.
 */
export interface AnyDeclaration {
  /** The name of its type: a key of `TRAIT_TYPES`. */
  readonly type: string;
  /** One sentence for people, without default, type and unit: these have members of their own. */
  readonly help?: string;
  /** Missing: the user has to give a value. */
  readonly default?: Json;
  readonly unit?: string;
  /** `null` stands for "none". */
  readonly optional?: true;
  /** A list is a list of rules `[type, GLOB, value]` and `[id, N, value]`; anything else is the value for all telescopes. */
  readonly perTelescope?: true;
}
