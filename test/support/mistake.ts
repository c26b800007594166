import { CherenkitError } from '@cherenkit/errors';

/** The code and the message of what a function throws: `TABLE_KEY_INVALID: ...`. */
export function mistake(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return CherenkitError.is(error) ? `${error.code}: ${error.message}` : String(error);
  }
  return 'nothing is thrown';
}
