import { CherenkitError, ExitCode } from '@cherenkit/core';

/**
 * Natural logarithms of values to be learned.
 *
 * @param name - of the values, for messages
 * @throws CherenkitError TARGET_INVALID (65) for a value that is not positive
 */
export function logarithms(values: Float64Array, name: string): Float64Array {
  const wrong = values.findIndex((value) => !(value > 0));
  if (wrong < 0) return values.map(Math.log);
  const message = `${name} is ${values[wrong]} in row ${wrong} of the events for training, so that it has no logarithm. Set log_target to false, or exclude such events by quality criteria.`;
  throw new CherenkitError('TARGET_INVALID', ExitCode.BAD_INPUT, message);
}
