import type { AnyDeclaration, Json } from '../trait-declaration.js';

/**
 * JSON Schema (draft 7), with keywords of ours. Checked: `component` (the name of a component of this kind), `expression`
 * (the names that it may use, or true) and `glob`. For the wording of messages: `unit`, `rule`, `integers` and `orNull`.
 */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** What the declarations of one type have in common. */
export interface Declared<T extends string> extends AnyDeclaration {
  readonly type: T;
}

/** How a flag of a command gives a trait its value. */
export interface FlagForm {
  /** The flag has no value: `--overwrite`, `--no-overwrite`. */
  readonly isBoolean: boolean;
  /** The flag may be repeated, and takes values separated by commas: `-t 1 -t 2,5-9`. */
  readonly takesSeveral: boolean;
  /** The words to choose from, for help and completion; other spellings of them may be valid, too. */
  readonly choices?: readonly string[];
  /** What stands for the value in the help of a command: `N`, `PATH`, `gamma|proton`. */
  readonly helpValue: string;
}

/** The names of components for `TraitType.editorSchema`. */
export interface EditorNames {
  /** Of the components of a kind, those that only ctapipe has included. */
  ofKind(kind: string): readonly string[];
  /** A regular expression for the name of a class behind that of its plugin. */
  readonly qualified: string;
}

/**
 * Everything that is known of a type of trait. All that the framework does with declarations and values goes through these
 * objects; no other code depends on the type of a trait. `optional` and `perTelescope` are added from outside, the same for
 * all types: the methods are never given `null` for an optional trait, nor a list of rules.
 */
export interface TraitType<D extends AnyDeclaration = AnyDeclaration> {
  /** The members that its declarations have beside those of `AnyDeclaration`: a JSON Schema for each. */
  readonly members?: { readonly [member: string]: JsonSchema };
  /** Those of the members that have to be there. */
  readonly required?: readonly (string & keyof D)[];
  /** The text of an option is the value, even where it reads as a number or as `None`. */
  readonly isText?: true;
  /** Values are lists. Per telescope, even one value for all has to be given as a rule. */
  readonly isList?: true;
  /** As an option, an item may stand for a list of one: `--ShowerProcessor.reconstructor_types=HillasReconstructor`. */
  readonly takesOneItem?: true;

  /** The values in words, `number in pe, at least 0`. */
  describe(declaration: D, describeItem: (item: AnyDeclaration) => string): string;
  /** Checks values as `spell` returns them. */
  schema(declaration: D, itemSchema: (item: AnyDeclaration) => JsonSchema): JsonSchema;
  /** Checks values as people write them, in an editor, without keywords of ours. The same as `schema` where it is missing. */
  editorSchema?(declaration: D, itemSchema: (item: AnyDeclaration) => JsonSchema, names: EditorNames): JsonSchema;
  /** How a flag takes it; what is missing has the value that it has for most types. */
  flag?(declaration: D, itemFlag: (item: AnyDeclaration) => FlagForm): Partial<FlagForm>;
  /** For flags that take several values: what the option of the trait is given for them. */
  flagText?(declaration: D, texts: readonly string[], isTextItem: (item: AnyDeclaration) => boolean): string;

  /**
   * The value in the one spelling that is checked and used. What is not understood is returned as it is.
   *
   * @param componentId - the id of a component from the name that people write; undefined where there is none
   */
  spell?(declaration: D, value: Json, componentId: (written: string) => string | undefined): Json;
  /** What components read for a checked value; by default the value itself. */
  runtime?(declaration: D, value: Json): unknown;
  /** The kind of component that values name. */
  kind?(declaration: D): string;

  /** For types whose values hold values: the declarations of these. Spelling, `runtime` and `kind` are applied to them. */
  items?(declaration: D): readonly AnyDeclaration[];
  /** The declaration of the value at this index; undefined beyond the last. */
  itemAt?(declaration: D, index: number): AnyDeclaration | undefined;
}

/** The members that are given, for JSON Schemas. */
export function given(members: { readonly [name: string]: number | undefined }): JsonSchema {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
