import { CherenkitError, ExitCode, messageOf } from './cherenkit-error.js';
import { didYouMean } from './did-you-mean.js';
import { nameSome } from './name-some.js';

/** Expected value of an option, in words for messages, and the test for it. */
export interface OptionRule {
  readonly expected: string;
  accepts(value: unknown): boolean;
}

/** Rules for the values of options. */
export const optionRules = {
  boolean: { expected: 'true or false', accepts: (value) => typeof value === 'boolean' },
  /** Index of a row or of an event. */
  index: { expected: 'an index, an integer of at least 0', accepts: (value) => isIntegerFrom(0, value) },
  /** Index after the last row or event; Infinity stands for all. */
  end: {
    expected: 'an index, an integer of at least 0',
    accepts: (value) => value === Infinity || isIntegerFrom(0, value),
  },
  /** Number of rows or events. */
  size: { expected: 'an integer of at least 1', accepts: (value) => isIntegerFrom(1, value) },
  text: { expected: 'a text', accepts: (value) => typeof value === 'string' },
  texts: {
    expected: 'a list of texts',
    accepts: (value) => Array.isArray(value) && value.every((each) => typeof each === 'string'),
  },
} as const satisfies Readonly<Record<string, OptionRule>>;

/**
 * Checks the names and the values of the options of a function, for scripts without type checks. An option that is undefined
 * is not set.
 *
 * @param place - the function, for messages
 * @param rules - the known options
 * @throws CherenkitError OPTION_INVALID (2)
 */
export function checkOptions(place: string, options: object, rules: Readonly<Record<string, OptionRule>>): void {
  const names = Object.keys(rules);
  const isObject = typeof options === 'object' && (options as unknown) !== null && !(Symbol.iterator in options);
  if (!isObject) {
    throw invalid(`${place}: expected an object with options, such as { ${names[0]}: ... }, found ${shown(options)}.`);
  }
  for (const [name, value] of Object.entries(options) as [string, unknown][]) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (!rule) {
      throw invalid(
        `${place}: unknown option ${name}${didYouMean(name, names) || `; its options are ${nameSome(names)}.`}`,
      );
    }
    if (value !== undefined && !rule.accepts(value)) {
      throw invalid(`${place}: ${name}: expected ${rule.expected}, found ${shown(value)}.`);
    }
  }
}

function isIntegerFrom(minimum: number, value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= minimum;
}

/** A value as a script writes it. */
function shown(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'string') return JSON.stringify(value);
  return Array.isArray(value) ? `[${nameSome(value.map(shown))}]` : messageOf(value);
}

function invalid(message: string): CherenkitError {
  return new CherenkitError('OPTION_INVALID', ExitCode.USAGE, message);
}
