import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { REPOSITORY_ROOT } from '../../support/repository-root.js';
import { digestsOf, WRITTEN, writtenBytes, type FileDigests } from '../../support/written-digests.js';

/** Written by scripts/write-hdf5-digests.mjs. */
const expected = JSON.parse(
  readFileSync(join(REPOSITORY_ROOT, 'test/plugin-hdf5/writer/written-digests.json'), 'utf8'),
) as Record<string, FileDigests>;

describe('a file of events with a value in every field', () => {
  for (const [name, options] of Object.entries(WRITTEN)) {
    it(`is unchanged to the last byte: ${name}`, async () => {
      const { file, tables } = await digestsOf(await writtenBytes(options));
      expect(tables).to.deep.equal(expected[name].tables);
      expect(file).to.equal(expected[name].file);
    });
  }
});
