import type { Declared, TraitType } from './trait-type.js';

export const BOOLEAN: TraitType<Declared<'boolean'>> = {
  describe: () => 'true or false',
  schema: () => ({ type: 'boolean' }),
  flag: () => ({ isBoolean: true, helpValue: 'true|false' }),
};

export const STRING: TraitType<Declared<'string'>> = {
  isText: true,
  describe: () => 'string',
  schema: () => ({ type: 'string' }),
  flag: () => ({ helpValue: 'TEXT' }),
};

/** The name of a file, relative to the working directory. Nothing is opened to check it. */
export const PATH: TraitType<Declared<'path'>> = {
  isText: true,
  describe: () => 'path',
  schema: () => ({ type: 'string' }),
  flag: () => ({ helpValue: 'PATH' }),
};

export interface ExpressionDeclaration extends Declared<'expression'> {
  /** The names that it may use; where they are missing, names are looked up when it is evaluated. */
  readonly names?: readonly string[];
}

/** An expression in the language of quality criteria. */
export const EXPRESSION: TraitType<ExpressionDeclaration> = {
  members: { names: { type: 'array', items: { type: 'string' } } },
  isText: true,
  describe: () => 'expression',
  schema: ({ names }) => ({ type: 'string', expression: names ?? true }),
  editorSchema: () => ({ type: 'string' }),
  flag: () => ({ helpValue: 'EXPRESSION' }),
};

/** A mapping whose keys are free. */
export const DICTIONARY: TraitType<Declared<'dictionary'>> = {
  describe: () => 'mapping',
  schema: () => ({ type: 'object' }),
  flag: () => ({ helpValue: '{key: value}' }),
};
