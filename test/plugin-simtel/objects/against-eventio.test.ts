import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY_ROOT } from '../../support/repository-root.js';
import { inTestData, skipWithoutTestData } from '../../support/test-data.js';
import { expectSums, type ObjectReference } from '../../support/object-sums.js';

type Reference = Readonly<Record<string, Readonly<Record<string, ObjectReference>>>>;

const REFERENCE = JSON.parse(
  readFileSync(join(REPOSITORY_ROOT, 'test', 'reference', 'eventio.json'), 'utf8'),
) as Reference;

describe('sim_telarray objects', function () {
  before(skipWithoutTestData);

  for (const [file, reference] of Object.entries(REFERENCE)) {
    it(`of ${file} have the same content as with eventio`, async () => {
      await expectSums(inTestData('data', file), reference);
    });
  }
});
