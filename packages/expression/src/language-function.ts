import { Fault } from './expression-error.js';
import type { Value } from './expression-value.js';

/** Function or method of the language. */
export interface LanguageFunction {
  /** Names of the parameters in order; as in Python, arguments may be positional or named. */
  readonly parameters: readonly string[];
  /** Number of required parameters. */
  readonly required: number;
  /** Whether further positional arguments are allowed. */
  readonly isVariadic: boolean;
  /** Omitted optional arguments are undefined. */
  readonly call: (...values: (Value | undefined)[]) => Value;
}

/**
 * Defines a function by its signature.
 *
 * @param signature - names of the parameters; optional ones end with `?`, `...` stands for further ones
 */
export function defineFunction(signature: string, call: (...values: never[]) => Value): LanguageFunction {
  const words = signature.split(' ').filter((word) => word !== '');
  const parameters = words.filter((word) => word !== '...').map((word) => word.replace('?', ''));
  return {
    parameters,
    required: words.filter((word) => !word.endsWith('?') && word !== '...').length,
    isVariadic: words.includes('...'),
    // The compiler passes a value, or undefined, for each parameter.
    call: call as LanguageFunction['call'],
  };
}

/**
 * Assigns arguments to parameters: for each parameter the index of an argument, or -1. Positional arguments come first,
 * named ones follow.
 *
 * @param nReceivers - 1 for methods, whose receiver is the first positional argument
 * @throws Fault if the arguments do not match the parameters
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
    throw new Fault(`too many arguments for ${usage}: ${nPositional - nReceivers}`);
  }
  const order = Array.from({ length: Math.max(parameters.length, nPositional) }, (_, i) => (i < nPositional ? i : -1));
  names.forEach((argument, i) => {
    const position = parameters.indexOf(argument);
    if (position < 0) throw new Fault(`unknown argument ${JSON.stringify(argument)} of ${usage}`);
    if (order[position] !== -1) throw new Fault(`duplicate argument ${JSON.stringify(argument)} of ${usage}`);
    order[position] = nPositional + i;
  });
  const missing = parameters.find((_, i) => i < required && order[i] === -1);
  if (missing !== undefined) throw new Fault(`missing argument ${JSON.stringify(missing)} of ${usage}`);
  return order;
}
