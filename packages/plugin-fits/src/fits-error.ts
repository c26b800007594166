import { CherenkitError, ExitCode } from '@cherenkit/errors';

/**
 * Error FITS_CORRUPT (65): the file violates the FITS standard.
 *
 * @param place - name of the file, and of the table if known
 * @param offset - offset in the decompressed file, bytes
 * @param problem - what was found, and what was expected
 */
export function corruptFits(place: string, offset: number, problem: string): CherenkitError {
  const message = `${place}: byte ${offset}: ${problem}. The file is truncated or corrupt; copy or create it again.`;
  return new CherenkitError('FITS_CORRUPT', ExitCode.BAD_INPUT, message);
}

/**
 * Error FITS_CORRUPT (65): the file has another format.
 *
 * @param start - its first bytes, one character each
 */
export function notFits(place: string, start: string): CherenkitError {
  const format = start.startsWith('\x89HDF') ? 'an HDF5 file' : `one that starts with ${JSON.stringify(start)}`;
  const message = `${place}: byte 0: this is not a FITS file, which starts with "SIMPLE  =", but ${format}. Give a FITS file.`;
  return new CherenkitError('FITS_CORRUPT', ExitCode.BAD_INPUT, message);
}

/** Error FITS_UNSUPPORTED (65): the file is valid, but uses a feature that is not supported. */
export function unsupportedFits(place: string, offset: number, feature: string): CherenkitError {
  return new CherenkitError('FITS_UNSUPPORTED', ExitCode.BAD_INPUT, `${place}: byte ${offset}: ${feature}.`);
}

/** Error FITS_VALUE_INVALID (2): FITS cannot represent a value that was to be written. */
export function invalidFitsValue(name: string, problem: string): CherenkitError {
  return new CherenkitError('FITS_VALUE_INVALID', ExitCode.USAGE, `${name}: ${problem}.`);
}
