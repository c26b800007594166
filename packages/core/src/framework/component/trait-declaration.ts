/** What JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

interface CommonDeclaration {
  /** One sentence for people; the default, the type and the unit are told by the other members. */
  readonly help?: string;
  /** Missing: the user has to give a value. */
  readonly default?: Json;
  readonly unit?: string;
  /** `null` stands for "none". */
  readonly optional?: true;
  /** A list is a list of rules `[type, GLOB, value]` and `[id, N, value]`; anything else is the value for all telescopes. */
  readonly perTelescope?: true;
}

/**
 * All that is known of a trait at run time, as plain data: it stands in a plugin's manifest, and the JSON Schema, the help and
 * the resolved value are made from it.
 */
export type TraitDeclaration = CommonDeclaration &
  (
    | { readonly type: 'boolean' | 'string' | 'path' | 'dictionary' }
    | { readonly type: 'expression'; readonly names?: readonly string[] }
    | { readonly type: 'integer' | 'number' | 'integers'; readonly minimum?: number; readonly maximum?: number }
    | {
        readonly type: 'choice';
        readonly choices: readonly string[];
        readonly caseless?: true;
        /** The choices are members of this enumeration, and components see their numbers. */
        readonly enumeration?: { readonly name: string; readonly members: Readonly<Record<string, number>> };
      }
    | { readonly type: 'component'; readonly kind: string }
    | {
        readonly type: 'list';
        readonly items: TraitDeclaration;
        readonly minItems?: number;
        readonly maxItems?: number;
      }
    | { readonly type: 'tuple'; readonly items: readonly TraitDeclaration[] }
  );
