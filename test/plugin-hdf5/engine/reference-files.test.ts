import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { openFile } from '@cherenkit/io';
import { Hdf5File } from '@cherenkit/plugin-hdf5';
import { Hdf5Reader } from '@cherenkit/plugin-hdf5/internal';
import { expect } from 'chai';
import { ctapipePython, skipWithoutCtapipe } from '../../support/ctapipe-python.js';
import { REPOSITORY_ROOT } from '../../support/repository-root.js';
import { inTestData, TEST_DATA } from '../../support/test-data.js';

interface Digest {
  readonly shape: readonly number[];
  readonly elementBytes: number;
  readonly crc32: number;
}

async function digestOf(file: Hdf5File, path: string): Promise<Digest> {
  const table = await file.table(path).catch(() => undefined);
  if (table) return { shape: [table.nRows], elementBytes: table.rowBytes, crc32: crc32(await table.rows()) };
  const { shape, values } = await file.array(path);
  const numbers = values as Float64Array;
  return { shape, elementBytes: numbers.BYTES_PER_ELEMENT, crc32: crc32(new Uint8Array(numbers.buffer)) };
}

/** All HDF5 files of the test data: of ctapipe's data models v4.0 to v7.6, merged files, and files of other tools. */
const FILES = TEST_DATA === undefined ? [] : ['reference', join('data', 'hdf5')].flatMap(hdf5FilesIn);

function hdf5FilesIn(folder: string): string[] {
  return readdirSync(inTestData(folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(h5|hdf5)$/.test(name))
    .map((name) => join(folder, name))
    .sort();
}

describe('every table and array of the reference files', () => {
  let seen: Readonly<Record<string, Readonly<Record<string, Digest>>>> = {};

  before(function () {
    if (FILES.length > 0) return;
    console.log('      skipped: CHERENKIT_TEST_DATA is not set');
    this.skip();
  });

  describe('has the bytes that PyTables reads:', () => {
    before(skipWithoutCtapipe);
    before(async () => {
      const script = join(REPOSITORY_ROOT, 'test', 'support', 'pytables_digests.py');
      const paths = FILES.map((name) => inTestData(name));
      seen = JSON.parse(await ctapipePython([script, ...paths], { cwd: REPOSITORY_ROOT })) as typeof seen;
    });

    for (const name of FILES) {
      it(name, async () => {
        await using file = await Hdf5File.open(inTestData(name));
        const found: Record<string, Digest> = {};
        for (const path of await file.paths()) found[path] = await digestOf(file, path);
        expect(found).to.deep.equal(seen[inTestData(name)]);
      });
    }
  });

  describe('has the columns and attributes that our reader of PyTables’ format reads:', () => {
    for (const name of FILES) {
      it(name, async () => {
        await using bytes = await openFile(inTestData(name));
        const reader = await Hdf5Reader.open(bytes);
        await using file = await Hdf5File.open(inTestData(name));
        expect(await file.paths()).to.deep.equal(await reader.tables());
        for (const path of await file.paths()) {
          const expected = await reader.table(path).catch(() => undefined);
          // Arrays, which our reader does not support.
          if (!expected) continue;
          const table = await file.table(path);
          expect(
            table.filters.map(({ id }) => id),
            path,
          ).to.deep.equal(expected.filters.map(({ id }) => id));
          const names = expected.columns.map((column) => column.name);
          const [values, columns] = [await table.read(names), await expected.read(names)];
          for (const column of names)
            expect(bytesOf(values[column]), `${path} ${column}`).to.deep.equal(bytesOf(columns[column]));
          expect(
            table.columns.map(({ isBigEndian: _, shape = [], ...column }) => ({ ...column, shape })),
            path,
          ).to.deep.equal(expected.columns.map(({ shape = [], ...column }) => ({ ...column, shape })));
          expect(Object.fromEntries(await table.attributes()), path).to.deep.equal(
            Object.fromEntries(expected.attributes),
          );
        }
        expect(Object.fromEntries(await file.attributes('/'))).to.deep.equal(
          Object.fromEntries(await reader.attributes('/')),
        );
      });
    }
  });
});

/** The bits of numbers, since NaN has many; texts as they are. */
function bytesOf(values: unknown): unknown {
  return ArrayBuffer.isView(values) ? Buffer.from(values.buffer, values.byteOffset, values.byteLength) : values;
}
