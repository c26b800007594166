import type { DeclarationOfType, TraitType } from './trait-type.js';

/** True or false. */
export const BOOLEAN: TraitType<DeclarationOfType<'boolean'>> = {
  describe: () => 'true or false',
  schema: () => ({ type: 'boolean' }),
  flag: () => ({ isBoolean: true, helpValue: 'true|false' }),
};

/** Any text. */
export const STRING: TraitType<DeclarationOfType<'string'>> = {
  isText: true,
  describe: () => 'string',
  schema: () => ({ type: 'string' }),
  flag: () => ({ helpValue: 'TEXT' }),
};

/** A file path, relative to the working directory. Whether the file exists is not checked. */
export const PATH: TraitType<DeclarationOfType<'path'>> = {
  isText: true,
  describe: () => 'path',
  schema: () => ({ type: 'string' }),
  flag: () => ({ helpValue: 'PATH' }),
};

/** Declaration of an expression. */
export interface ExpressionDeclaration extends DeclarationOfType<'expression'> {
  /** Names that the expression may use. Undefined: names are looked up when it is evaluated. */
  readonly names?: readonly string[];
  /** Names of the classes of their values, `ImageParametersContainer`, so that attributes and units can be checked. */
  readonly classes?: { readonly [name: string]: string };
  /** The result must have a truth value. */
  readonly isCondition?: true;
}

/** An expression, such as a quality criterion. */
export const EXPRESSION: TraitType<ExpressionDeclaration> = {
  members: {
    names: { type: 'array', items: { type: 'string' } },
    classes: { type: 'object', additionalProperties: { type: 'string' } },
    isCondition: { const: true },
  },
  isText: true,
  describe: () => 'expression',
  schema: ({ names, classes, isCondition }) => ({ type: 'string', expression: { names, classes, isCondition } }),
  editorSchema: () => ({ type: 'string' }),
  flag: () => ({ helpValue: 'EXPRESSION' }),
};

/** A mapping with arbitrary keys. */
export const DICTIONARY: TraitType<DeclarationOfType<'dictionary'>> = {
  describe: () => 'mapping',
  schema: () => ({ type: 'object' }),
  flag: () => ({ helpValue: '{key: value}' }),
};
