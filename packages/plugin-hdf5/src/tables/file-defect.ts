import { CherenkitError, ExitCode } from '@cherenkit/core';

/**
 * The error for a file whose tables or columns are missing, or have other types or units than expected; other errors as they are.
 *
 * @param place - name of the file, or file and path of the table
 */
export function fileDefect(place: string, cause: unknown): unknown {
  const isDefect = cause instanceof RangeError || (CherenkitError.is(cause) && cause.code.startsWith('TABLE_'));
  if (!isDefect) return cause;
  const { message } = cause;
  const text = message.startsWith(place) ? message : `${place}: ${message}`;
  const stop = text.endsWith('.') ? '' : '.';
  return new CherenkitError('HDF5_CORRUPT', ExitCode.BAD_INPUT, `${text}${stop} Create the file again.`, { cause });
}
