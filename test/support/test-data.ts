import { join } from 'node:path';

/** A folder with `data/`, `reference/` and `tools/`, or undefined where there is none: such tests then say so and skip. */
export const TEST_DATA = process.env['CHERENKIT_TEST_DATA'];

/** A path in the test data. */
export function inTestData(...parts: readonly string[]): string {
  return join(TEST_DATA ?? '', ...parts);
}

/** Skips a test, or in `before` a suite, where there is no test data. */
export function skipWithoutTestData(this: Mocha.Context): void {
  if (TEST_DATA !== undefined) return;
  console.log('      skipped: CHERENKIT_TEST_DATA names no folder');
  this.skip();
}
