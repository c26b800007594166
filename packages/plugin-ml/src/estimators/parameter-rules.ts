import { CherenkitError, didYouMean, ExitCode, nameSome, type Json } from '@cherenkit/core';

/** A parameter of an estimator: its default, and the values that it accepts. */
export interface ParameterRule {
  readonly default: Json;
  /** Accepted values in words, for messages. */
  readonly expected: string;
  accepts(value: Json): boolean;
}

export type ParameterRules = Readonly<Record<string, ParameterRule>>;
export type Parameters = Readonly<Record<string, Json>>;

function rule(defaultValue: Json, expected: string, accepts: (value: Json) => boolean): ParameterRule {
  return { default: defaultValue, expected, accepts };
}

const isInteger = (value: Json, minimum: number): value is number =>
  Number.isInteger(value) && Number(value) >= minimum;
const isFraction = (value: Json): boolean => typeof value === 'number' && value > 0 && value <= 1;

/** Rules for parameters, with the meanings of scikit-learn. */
export const parameter = {
  count: (defaultValue: number, minimum = 1): ParameterRule =>
    rule(defaultValue, `an integer of at least ${minimum}`, (value) => isInteger(value, minimum)),
  optionalCount: (defaultValue: number | null, minimum = 1): ParameterRule =>
    rule(
      defaultValue,
      `an integer of at least ${minimum}, or null`,
      (value) => value === null || isInteger(value, minimum),
    ),
  /** A number of rows, or a fraction of all rows. */
  rows: (defaultValue: number, minimum: number): ParameterRule =>
    rule(
      defaultValue,
      `an integer of at least ${minimum}, or a fraction below 1`,
      (value) => isInteger(value, minimum) || (isFraction(value) && Number(value) < 1),
    ),
  number: (defaultValue: number, expected: string, accepts: (value: number) => boolean): ParameterRule =>
    rule(defaultValue, expected, (value) => typeof value === 'number' && accepts(value)),
  boolean: (defaultValue: boolean): ParameterRule =>
    rule(defaultValue, 'true or false', (value) => typeof value === 'boolean'),
  choice: (choices: readonly Json[]): ParameterRule =>
    rule(choices[0] ?? null, choices.map((choice) => JSON.stringify(choice)).join(' or '), (value) =>
      choices.includes(value),
    ),
  /** Number or fraction of features. */
  features: (defaultValue: Json): ParameterRule =>
    rule(
      defaultValue,
      '"sqrt", "log2", null (all), an integer of at least 1, or a fraction up to 1.0',
      (value) => value === null || value === 'sqrt' || value === 'log2' || isInteger(value, 1) || isFraction(value),
    ),
  seed: (): ParameterRule =>
    rule(null, 'an integer of at least 0, or null', (value) => value === null || isInteger(value, 0)),
  /** Has no effect on results, and is not used. */
  ignored: (defaultValue: Json): ParameterRule =>
    rule(
      defaultValue,
      'a number or null',
      (value) => value === null || typeof value === 'number' || typeof value === 'boolean',
    ),
};

/**
 * Completes parameters with their defaults.
 *
 * @param place - where they are set, for messages: `EnergyRegressor.model_config`
 * @param estimator - class of the estimator
 * @throws CherenkitError ESTIMATOR_PARAMETER_INVALID (2) naming an unknown parameter, or a value that is not accepted
 */
export function checkedParameters(
  place: string,
  estimator: string,
  given: Parameters,
  rules: ParameterRules,
): Parameters {
  for (const [name, value] of Object.entries(given)) {
    const known = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (!known) {
      const hint = didYouMean(name, Object.keys(rules)) || `; its parameters are ${nameSome(Object.keys(rules))}.`;
      throw invalid(`${place}: ${estimator} has no parameter ${name}${hint}`);
    }
    if (!known.accepts(value)) {
      throw invalid(`${place}.${name}: expected ${known.expected}, found ${JSON.stringify(value)}.`);
    }
  }
  const defaults = Object.fromEntries(Object.entries(rules).map(([name, each]) => [name, each.default]));
  return { ...defaults, ...given };
}

function invalid(message: string): CherenkitError {
  return new CherenkitError('ESTIMATOR_PARAMETER_INVALID', ExitCode.USAGE, message);
}
