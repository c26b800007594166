/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * The members common to the declarations of all trait types; `TraitDeclaration` adds those of each type.
 *
 * A declaration is plain data and part of the plugin's manifest. Value checks, help texts and the values that components
 * read are derived from it.
 */
export interface BaseDeclaration {
  /** Name of the trait type: a key of `TRAIT_TYPES`. */
  readonly type: string;
  /** One sentence, without default, type and unit, which have their own members. */
  readonly help?: string;
  /** Undefined: a value is required. */
  readonly default?: Json;
  readonly unit?: string;
  /** Whether `null` is allowed. */
  readonly optional?: true;
  /** Whether a list means rules, `[type, GLOB, value]` or `[id, N, value]`; any other value applies to all telescopes. */
  readonly perTelescope?: true;
}
