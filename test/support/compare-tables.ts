import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { runCtapipePython } from './ctapipe-python.js';
import { REPOSITORY_ROOT } from './repository-root.js';
import { inTestData } from './test-data.js';

/** Deviations from ctapipe's numbers that are meant, each with its reason. */
const DECLARED = ['--differences', join(REPOSITORY_ROOT, 'test', 'reference', 'differences.txt')];

/** All tables agree. */
const AGREEMENT = /^[1-9]\d* tables equal, 0 differ, 0 missing(, \d+ declared)?$/m;

/**
 * Expects that two files have equal tables, as `tools/compare_tables.py` of the test data compares them.
 *
 * @param options - of that program; by default the declared differences to ctapipe
 */
export async function expectSameTables(
  reference: string,
  ours: string,
  options: readonly string[] = DECLARED,
): Promise<void> {
  const judge = [inTestData('tools', 'compare_tables.py'), reference, ours, ...options];
  const { stdout, stderr } = await runCtapipePython(judge, { cwd: dirname(ours) });
  expect(stdout, stdout + stderr).to.match(AGREEMENT);
}
