import type { BaseDeclaration } from '../trait-declaration.js';
import type { FlagForm } from './trait-type.js';
import { traitTypeOf } from './trait-types.js';
import { normalizedValue } from './trait-values.js';

/** Describes the values that a trait accepts: `number in pe, at least 0; per telescope`. */
export function describeTrait(declaration: BaseDeclaration): string {
  const { optional, perTelescope } = declaration;
  const value = traitTypeOf(declaration).describe(declaration, describeTrait);
  return `${value}${optional ? ', or null' : ''}${perTelescope ? '; per telescope' : ''}`;
}

/** Formats the default as in a configuration: `10`, `["SUBARRAY"]`; `none` if there is no default. */
export function describeDefault(declaration: BaseDeclaration): string {
  const { default: value } = declaration;
  return value === undefined ? 'none' : JSON.stringify(normalizedValue(declaration, value, (name) => name));
}

/** Whether the values of a trait are lists. If it is per telescope, a value for all telescopes must then be written as a rule. */
export function isListTrait(declaration: BaseDeclaration): boolean {
  return traitTypeOf(declaration).isList === true;
}

/**
 * Returns the form of the command-line flag of a trait. The flag of a trait per telescope takes a single argument, a value
 * or a list of rules: `--picture-threshold-pe '[[type, "*", 7], [id, 3, 8]]'`.
 */
export function flagForm(declaration: BaseDeclaration): FlagForm {
  const form = traitTypeOf(declaration).flag?.(declaration, flagForm);
  const complete: FlagForm = { isBoolean: false, isMultiple: false, helpValue: 'VALUE', ...form };
  return declaration.perTelescope ? { ...complete, isBoolean: false, isMultiple: false } : complete;
}

/**
 * Converts the arguments of a flag to the text of the equivalent option `--Component.trait=TEXT`. The arguments of a
 * repeated flag are joined: `['1', '2,5-9']` becomes `1,2,5-9`. A list in brackets and `None` are passed unchanged.
 */
export function flagText(declaration: BaseDeclaration, given: boolean | string | readonly string[]): string {
  const texts = typeof given === 'object' ? given : [String(given)];
  const [only = '', ...others] = texts;
  const type = traitTypeOf(declaration);
  const isLiteral =
    others.length === 0 && (/^\s*[[(]/.test(only) || (declaration.optional && /^(?:None|null)$/.test(only)));
  if (isLiteral || !type.flagText || !flagForm(declaration).isMultiple) return only;
  return type.flagText(declaration, texts, (item) => traitTypeOf(item).isText === true);
}
