import { CherenkitError, ExitCode } from '@cherenkit/core';

/** Error IRF_REFUSED (2): what was asked for does not fit the data or the cuts; another option or configuration avoids it. */
export function refusedIrf(message: string): CherenkitError {
  return new CherenkitError('IRF_REFUSED', ExitCode.USAGE, message);
}

/** Error DL2_UNSUPPORTED (65): an input lacks what responses need, or its runs cannot be combined. */
export function unsupportedDl2(message: string): CherenkitError {
  return new CherenkitError('DL2_UNSUPPORTED', ExitCode.BAD_INPUT, message);
}
