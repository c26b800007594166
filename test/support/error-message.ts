import { CherenkitError } from '@cherenkit/errors';

/** The code and message of the error that a function throws: `TABLE_KEY_INVALID: ...`. */
export function errorMessage(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return CherenkitError.is(error) ? `${error.code}: ${error.message}` : String(error);
  }
  return 'no error';
}
