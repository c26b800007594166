import { readFileSync } from 'node:fs';
import { createSink } from '@cherenkit/io';
import { Hdf5File, Hdf5Writer, writeTable } from '@cherenkit/plugin-hdf5';
import { scanStructure } from '@cherenkit/plugin-hdf5/internal';
import { Table } from '@cherenkit/tables';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { inTestData, skipWithoutTestData } from '../../support/test-data.js';

describe('scanStructure', () => {
  const folder = new TemporaryFolder();
  after(() => folder[Symbol.dispose]());

  before(async () => {
    await using sink = createSink(folder.join('tables.h5'), { overwrite: false });
    const writer = new Hdf5Writer(sink);
    for (let i = 0; i < 100; i++) {
      const values = Float32Array.from({ length: i }, (_, row) => row);
      writeTable(writer, `/group_${i % 7}/sub/table_${i}`, Table.of({ values: { values, unit: 'm' } }));
    }
    await writer.finish();
  });

  async function expectAsByLibrary(path: string): Promise<void> {
    await using file = await Hdf5File.open(path);
    const found = scanStructure(readFileSync(path));
    expect([...(found?.keys() ?? [])], path).to.deep.equal(await file.paths());
    for (const [table, { nRows }] of found ?? []) expect(nRows).to.equal((await file.table(table)).nRows);
  }

  it('finds the tables that the library finds, with equal signatures for equal layouts', async () => {
    await expectAsByLibrary(folder.join('tables.h5'));
    const found = scanStructure(readFileSync(folder.join('tables.h5')));
    expect(new Set([...(found?.values() ?? [])].map(({ signature }) => signature)).size).to.equal(1);
  });

  it('finds the tables of files of ctapipe', async function () {
    skipWithoutTestData.call(this);
    for (const name of ['gamma_600.v4.0.0.dl2', 'gamma_600.v7.6.0.lossy_zlib.dl1']) {
      await expectAsByLibrary(inTestData('data', 'hdf5', `${name}.h5`));
    }
  });

  it('returns tables or undefined for damaged files', () => {
    const bytes = readFileSync(folder.join('tables.h5'));
    expect(scanStructure(bytes.subarray(0, bytes.length - 1))).to.equal(undefined);
    expect(scanStructure(new Uint8Array(0))).to.equal(undefined);
    const damages = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 })), { minLength: 1 });
    fc.assert(
      fc.property(damages, (changes) => {
        const damaged = Uint8Array.from(bytes);
        for (const [at, value] of changes) damaged[at] = value;
        expect(scanStructure(damaged)).to.satisfy((found: unknown) => found === undefined || found instanceof Map);
      }),
      { numRuns: 100 },
    );
  });
});
