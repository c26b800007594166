import { join } from 'node:path';

/** A folder with `data/`, `reference/` and `tools/`. Tests that need it are skipped if it is not set. */
export const TEST_DATA = process.env['CHERENKIT_TEST_DATA'];

/** A path in the test data. */
export function inTestData(...parts: readonly string[]): string {
  return join(TEST_DATA ?? '', ...parts);
}

/** Skips a test, or a suite if used in `before`, unless the test data are available. */
export function skipWithoutTestData(this: Mocha.Context): void {
  if (TEST_DATA !== undefined) return;
  console.log('      skipped: CHERENKIT_TEST_DATA is not set');
  this.skip();
}
