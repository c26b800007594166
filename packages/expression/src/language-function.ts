import { Fault } from './expression-error.js';
import type { Value } from './expression-value.js';

/** A function or method of the language. */
export interface LanguageFunction {
  /** In order; Python allows each to be given by its name. */
  readonly parameters: readonly string[];
  /** How many of them must be given. */
  readonly required: number;
  /** Whether more may follow. */
  readonly isVariadic: boolean;
  /** Optional arguments that are left out are undefined. */
  readonly call: (...values: (Value | undefined)[]) => Value;
}

/**
 * @param signature - names of the parameters; optional ones end with `?`, `...` stands for any number more
 */
export function define(signature: string, call: (...values: never[]) => Value): LanguageFunction {
  const words = signature.split(' ').filter((word) => word !== '');
  const parameters = words.filter((word) => word !== '...').map((word) => word.replace('?', ''));
  return {
    parameters,
    required: words.filter((word) => !word.endsWith('?') && word !== '...').length,
    isVariadic: words.includes('...'),
    // The compiler gives each parameter a value, or undefined where it is optional.
    call: call as LanguageFunction['call'],
  };
}

/**
 * Where each argument goes: for each parameter the index of an argument or -1; positional arguments come first,
 * those by name follow.
 *
 * @param nReceivers - 1 for methods, whose receiver is the first positional argument
 * @throws Fault when the arguments do not fit the parameters
 */
export function bindArguments(
  name: string,
  { parameters, required, isVariadic }: LanguageFunction,
  nPositional: number,
  names: readonly string[],
  nReceivers = 0,
): number[] {
  const words = parameters.map((parameter, i) => (i < required ? parameter : `${parameter}=...`)).slice(nReceivers);
  const usage = `${name}(${[...words, ...(isVariadic ? ['...'] : [])].join(', ')})`;
  if (nPositional > parameters.length && !isVariadic) {
    throw new Fault(`${nPositional - nReceivers} arguments are too many for ${usage}`);
  }
  const order = Array.from({ length: Math.max(parameters.length, nPositional) }, (_, i) => (i < nPositional ? i : -1));
  names.forEach((argument, i) => {
    const position = parameters.indexOf(argument);
    if (position < 0) throw new Fault(`${usage} has no argument ${JSON.stringify(argument)}`);
    if (order[position] !== -1) throw new Fault(`${usage} got its argument ${JSON.stringify(argument)} twice`);
    order[position] = nPositional + i;
  });
  const missing = parameters.find((_, i) => i < required && order[i] === -1);
  if (missing !== undefined) throw new Fault(`${usage} lacks its argument ${JSON.stringify(missing)}`);
  return order;
}
