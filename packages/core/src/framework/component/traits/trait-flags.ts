import type { AnyDeclaration } from '../trait-declaration.js';
import type { FlagForm } from './trait-type.js';
import { typeOf } from './trait-types.js';
import { spelledValue } from './trait-values.js';

/** What values a trait takes, in words: `number in pe, at least 0; per telescope`. */
export function describeTrait(declaration: AnyDeclaration): string {
  const { optional, perTelescope } = declaration;
  const value = typeOf(declaration).describe(declaration, describeTrait);
  return `${value}${optional ? ', or null' : ''}${perTelescope ? '; per telescope' : ''}`;
}

/** The default as a configuration would give it: `10`, `["SUBARRAY"]`; `none` where there is none. */
export function describeDefault(declaration: AnyDeclaration): string {
  const { default: value } = declaration;
  return value === undefined ? 'none' : JSON.stringify(spelledValue(declaration, value, (name) => name));
}

/** Whether the values of a trait are lists. A list without rules is then no value for all telescopes. */
export function hasLists(declaration: AnyDeclaration): boolean {
  return typeOf(declaration).isList === true;
}

/**
 * How a flag of a command sets a trait. A trait per telescope takes one value, which may be a list of rules:
 * `--picture-threshold-pe '[[type, "*", 7], [id, 3, 8]]'`.
 */
export function flagForm(declaration: AnyDeclaration): FlagForm {
  const form = typeOf(declaration).flag?.(declaration, flagForm);
  const whole: FlagForm = { isBoolean: false, takesSeveral: false, helpValue: 'VALUE', ...form };
  return declaration.perTelescope ? { ...whole, isBoolean: false, takesSeveral: false } : whole;
}

/**
 * The value of the option that stands for a flag, from what was given to the flag: one text, or all of a flag that takes
 * several. `['1', '2,5-9']` of telescope ids becomes `1,2,5-9`; a list in brackets and `None` are taken as they are.
 */
export function flagText(declaration: AnyDeclaration, given: boolean | string | readonly string[]): string {
  const texts = typeof given === 'object' ? given : [String(given)];
  const [only = '', ...others] = texts;
  const type = typeOf(declaration);
  const isWhole =
    others.length === 0 && (/^\s*[[(]/.test(only) || (declaration.optional && /^(?:None|null)$/.test(only)));
  if (isWhole || !type.flagText || !flagForm(declaration).takesSeveral) return only;
  return type.flagText(declaration, texts, (item) => typeOf(item).isText === true);
}
