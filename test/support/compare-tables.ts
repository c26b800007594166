import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { runCtapipePython } from './ctapipe-python.js';
import { REPOSITORY_ROOT } from './repository-root.js';
import { inTestData } from './test-data.js';

/** The declared differences to ctapipe, each with its reason. */
export const DECLARED = ['--differences', join(REPOSITORY_ROOT, 'test', 'reference', 'differences.txt')];

/** Declared differences between outputs of Cherenkit, for comparisons without others. */
const OWN = ['--differences', join(REPOSITORY_ROOT, 'test', 'reference', 'own-differences.txt')];

/** The output of the comparison if all tables agree. */
const AGREEMENT = /^[1-9]\d* tables equal, 0 differ, 0 missing(, \d+ declared)?$/m;

/**
 * Requires two files to have equal tables, compared by `tools/compare_tables.py` of the test data.
 *
 * @param options - of that script; by default the declared differences to ctapipe are allowed
 */
export async function expectSameTables(
  reference: string,
  ours: string,
  options: readonly string[] = DECLARED,
): Promise<void> {
  const declared = options.includes('--differences') ? [] : OWN;
  const script = [inTestData('tools', 'compare_tables.py'), reference, ours, ...options, ...declared];
  const { stdout, stderr } = await runCtapipePython(script, { cwd: dirname(ours) });
  expect(stdout, stdout + stderr).to.match(AGREEMENT);
}
