import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY_ROOT, TEST_DATA } from '../../support/repository-root.js';
import { expectSums, type ObjectReference } from '../../support/object-sums.js';

type Reference = Readonly<Record<string, Readonly<Record<string, ObjectReference>>>>;

const REFERENCE = JSON.parse(
  readFileSync(join(REPOSITORY_ROOT, 'test', 'reference', 'eventio.json'), 'utf8'),
) as Reference;

describe('the objects of sim_telarray', function () {
  before(function () {
    if (TEST_DATA === undefined) {
      console.log('      CHERENKIT_TEST_DATA is not set: no real files to compare with eventio');
      this.skip();
    }
  });

  for (const [file, reference] of Object.entries(REFERENCE)) {
    it(`are read from ${file} as eventio reads them`, async () => {
      await expectSums(join(TEST_DATA ?? '', 'data', file), reference);
    });
  }
});
