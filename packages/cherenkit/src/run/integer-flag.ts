import { CLIError } from '@oclif/core/errors';
import * as Flags from '@oclif/core/flags';

/** A flag for an integer, which is written without leading zeros, as in configuration files. */
export const integerFlag = Flags.custom<number, { readonly min?: number }>({
  parse: (input, _context, { min = -Infinity }) => {
    if (!/^-?\d+$/.test(input)) throw new CLIError(`Expected an integer but received: ${input}`);
    const value = Number(input);
    if (/^-?0\d/.test(input)) {
      throw new CLIError(`expected a number without leading zeros, found ${input}; write ${value}`);
    }
    if (value < min) throw new CLIError(`Expected an integer greater than or equal to ${min} but received: ${input}`);
    return Promise.resolve(value);
  },
});
