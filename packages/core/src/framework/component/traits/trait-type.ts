import type { BaseDeclaration, Json } from '../trait-declaration.js';

/**
 * JSON Schema (draft 7) with custom keywords. Validated: `component` (name of a component of this kind), `expression`
 * (allowed names and the classes of their values) and `glob`. Used for messages only: `unit`, `rule`, `integers`, `bigInteger`, `quantity`, `orNull` and `perTelescope`.
 */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** Base of the declarations of one trait type. */
export interface DeclarationOfType<T extends string> extends BaseDeclaration {
  readonly type: T;
}

/** The form of a command-line flag that sets a trait. */
export interface FlagForm {
  /** The flag takes no argument: `--overwrite`, `--no-overwrite`. */
  readonly isBoolean: boolean;
  /** The flag may be repeated and takes comma-separated values: `-t 1 -t 2,5-9`. */
  readonly isMultiple: boolean;
  /** Choices for help and completion; other spellings may be valid as well. */
  readonly choices?: readonly string[];
  /** Placeholder of the argument in the help: `N`, `PATH`, `gamma|proton`. */
  readonly helpValue: string;
}

/** Component names for `TraitType.editorSchema`. */
export interface EditorNames {
  /** Returns the names of the components of a kind, including those that only ctapipe has. */
  ofKind(kind: string): readonly string[];
  /** Regular expression of a class name qualified with its plugin, `plane-fit/PlaneFit`. */
  readonly qualified: string;
}

/**
 * The behaviour of one type of trait. The framework handles declarations and values only through these objects; no other
 * code depends on trait types.
 *
 * `optional` and `perTelescope` are handled outside, in the same way for all types: the methods never receive `null` for an
 * optional trait, nor a list of rules.
 */
export interface TraitType<D extends BaseDeclaration = BaseDeclaration> {
  /** JSON Schemas of the members that its declarations add to `BaseDeclaration`. */
  readonly members?: { readonly [member: string]: JsonSchema };
  /** Required members. */
  readonly required?: readonly (string & keyof D)[];
  /** The text of an option is the value, even if it reads as a number or as `None`. */
  readonly isText?: true;
  /** Large integers are read as the text of their digits: a number has fewer. */
  readonly readsDigits?: true;
  /** Values are lists. Per telescope, a value for all telescopes must be written as a rule. */
  readonly isList?: true;
  /** An option may give a single item instead of a list: `--ShowerProcessor.reconstructor_types=HillasReconstructor`. */
  readonly acceptsSingleItem?: true;

  /** Describes the values: `number in pe, at least 0`. */
  describe(declaration: D, describeItem: (item: BaseDeclaration) => string): string;
  /** Returns the JSON Schema of normalized values. */
  schema(declaration: D, itemSchema: (item: BaseDeclaration) => JsonSchema): JsonSchema;
  /** Returns the JSON Schema of values as written in a file, without custom keywords. Default: `schema`. */
  editorSchema?(declaration: D, itemSchema: (item: BaseDeclaration) => JsonSchema, names: EditorNames): JsonSchema;
  /** Returns the form of the command-line flag; members that are omitted have their defaults. */
  flag?(declaration: D, itemFlag: (item: BaseDeclaration) => FlagForm): Partial<FlagForm>;
  /** For a flag with several values: joins them to the text of an option. */
  flagText?(declaration: D, texts: readonly string[], isTextItem: (item: BaseDeclaration) => boolean): string;

  /**
   * Converts a value to its canonical form, which is validated and used. Returns invalid values unchanged.
   *
   * @param componentId - returns the id of a component from a name as written; undefined for unknown names
   */
  normalize?(declaration: D, value: Json, componentId: (written: string) => string | undefined): Json;
  /** Converts a valid value to the one that components read. Default: the value itself. */
  runtime?(declaration: D, value: Json): unknown;
  /** Returns the kind of the component named by a value. */
  kind?(declaration: D): string;

  /** For container types: returns the declarations of the items. `normalize`, `runtime` and `kind` are applied to the items. */
  items?(declaration: D): readonly BaseDeclaration[];
  /** For container types: returns the declaration of the item at an index; undefined beyond the last. */
  itemAt?(declaration: D, index: number): BaseDeclaration | undefined;
}

/** Returns the members that are not undefined, for JSON Schemas. */
export function definedMembers(members: { readonly [name: string]: number | undefined }): JsonSchema {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
