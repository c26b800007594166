import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Hdf5File } from '@cherenkit/plugin-hdf5';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { ctapipePython, skipWithoutCtapipe } from '../../support/ctapipe-python.js';
import { errorOf } from '../../support/error-of.js';
import { REPOSITORY_ROOT } from '../../support/repository-root.js';

/** Columns by name; 64-bit integers and texts are strings. */
type Columns = Readonly<Record<string, readonly (number | string)[]>>;

async function columnsOf(file: Hdf5File, path: string): Promise<Columns> {
  const table = await file.table(path);
  const columns = await table.read(table.columns.map(({ name }) => name));
  return Object.fromEntries(
    Object.entries(columns).map(([name, values]) => [
      name,
      Array.from<unknown, number | string>(values, (value) => (typeof value === 'number' ? value : String(value))),
    ]),
  );
}

describe('Hdf5File, with files of h5py and PyTables,', () => {
  let folder: TemporaryFolder;
  let expected: Readonly<Record<string, Columns>> = {};

  before(skipWithoutCtapipe);
  before(async () => {
    folder = new TemporaryFolder();
    const script = join(REPOSITORY_ROOT, 'test', 'support', 'foreign_hdf5.py');
    expected = JSON.parse(await ctapipePython([script, folder.path], { cwd: folder.path })) as typeof expected;
  });
  after(() => folder?.[Symbol.dispose]());

  it('refuses chunks that are too large or not stored, with a remedy', async () => {
    const path = folder.join('chunks.h5');
    const code = [
      'import sys, tables',
      'with tables.open_file(sys.argv[1], "w") as f:',
      '    for name, n, filters in (("large", 10**8, tables.Filters(1)), ("sparse", 10**7, None)):',
      '        f.create_carray("/", name, tables.Int64Atom(), (n,), chunkshape=(n,), filters=filters)',
    ].join('\n');
    await ctapipePython(['-c', code, path], { cwd: folder.path });
    await using file = await Hdf5File.open(path);
    const large = await errorOf(file.array('/large'));
    expect(large).to.include({ code: 'HDF5_UNSUPPORTED' });
    expect(large.message).to.match(/\/large: its chunks have 800000000 bytes, .* Repack it with smaller chunks/);
    const sparse = await errorOf(file.array('/sparse'));
    expect(sparse).to.include({ code: 'HDF5_UNSUPPORTED' });
    expect(sparse.message).to.match(
      /\/sparse: its dimensions \[10000000\] need 80000000 bytes in 1 chunks, .* repack it/,
    );
  });

  for (const version of ['earliest', 'latest']) {
    describe(`in the ${version} version of the format,`, () => {
      let file: Hdf5File;
      before(async () => (file = await Hdf5File.open(folder.join(`${version}.h5`))));
      after(() => file?.close());

      for (const order of ['little', 'big', 'mixed']) {
        it(`reads ${order}-endian columns, contiguous and in chunks`, async () => {
          expect(await columnsOf(file, `/${order}`)).to.deep.equal(expected[`/${order}`]);
          expect(await columnsOf(file, `/chunked/${order}`)).to.deep.equal(expected[`/${order}`]);
        });
      }

      it('reads compact storage and tables without rows', async () => {
        expect(await columnsOf(file, '/compact')).to.deep.equal(expected['/compact']);
        expect((await columnsOf(file, '/no_rows'))['c0']).to.deep.equal([]);
      });

      it('reads nested columns under the names of PyTables, and enumerations as integers', async () => {
        expect(await columnsOf(file, '/nested')).to.deep.equal({
          id: [0, 0, 0],
          'outer/x': [1.5, 2, 3],
          'outer/inner/y': [1, 2, 3, 4, 5, 6],
        });
        expect(await columnsOf(file, '/enumeration')).to.deep.equal({ colour: [3, -4] });
      });

      it('reads arrays, texts and scalars', async () => {
        const values = Int32Array.from({ length: 24 }, (_, i) => i);
        expect(await file.array('/array')).to.deep.equal({ type: 'int32', shape: [2, 3, 4], values });
        expect(await file.array('/texts')).to.deep.equal({ type: 'string', shape: [2], values: ['a', 'bcd'] });
        expect((await file.array('/scalar')).values).to.deep.equal(Float64Array.of(2.5));
        expect((await file.array('/empty')).values).to.deep.equal(new Float64Array(0));
      });

      it('reads attributes of all types but references', async () => {
        expect(Object.fromEntries(await file.attributes('/little'))).to.deep.equal({
          big: Int32Array.of(1, 2),
          fixed: 'bytes',
          flag: true,
          negative: -(2n ** 60n),
          none: new Float32Array(0),
          nothing: '',
          number: -2.5,
          variable: 'größer',
          variables: ['a', '', 'ccc'],
        });
        expect([...(await file.attributes('/little', /^f/)).keys()]).to.deep.equal(['fixed', 'flag']);
      });

      it('follows links within the file only', async () => {
        expect(await columnsOf(file, '/soft/big')).to.deep.equal(expected['/big']);
        expect(await columnsOf(file, '/hard')).to.deep.equal(expected['/big']);
        for (const path of [
          '/broken',
          '/outside',
          '/outside_group',
          '/outside_group/little',
          '/little/c0',
          '//big',
          '',
        ]) {
          expect(await file.has(path), path).to.equal(false);
        }
        const paths = await file.paths();
        expect(paths).to.include.members(['/little', '/chunked/mixed', '/array']);
        expect(paths.filter((path) => /soft|broken|outside/.test(path))).to.deep.equal([]);
        expect(paths).to.deep.equal([...paths].sort());
      });

      it('names what it does not support', async () => {
        const messages: readonly [path: string, message: RegExp][] = [
          ['/lists', /\/lists has variable-length lists in column "list"/],
          ['/big_enumeration', /big-endian enumerations in column "colour"/],
          ['/lzf', /filter 32000 \(lzf\) of \/lzf. Compress it otherwise: "h5repack -f GZIP=5 IN OUT"/],
          ['/array', /\/array is not a table. Read it as an array/],
          ['/chunked', /\/chunked is a group/],
        ];
        for (const [path, message] of messages) {
          expect(await errorOf(file.table(path)), path)
            .to.include({ code: 'HDF5_UNSUPPORTED', exitCode: 65 })
            .with.property('message')
            .match(message);
        }
        expect(await errorOf(file.array('/little'))).to.have.property('code', 'HDF5_UNSUPPORTED');
      });
    });
  }

  for (const name of ['plain', 'zlib', 'blosc_lz4', 'blosc_blosclz']) {
    it(`reads a table with the filter ${name}`, async () => {
      await using file = await Hdf5File.open(folder.join(`${name}.h5`));
      expect(await columnsOf(file, '/table')).to.deep.equal(expected[`/${name}`]);
    });
  }

  for (const [name, filter] of [
    ['bzip2', 'filter 307 (bzip2)'],
    ['blosc2', 'filter 32026 (blosc2)'],
    ['blosc_zlib', 'filter Blosc with zlib'],
  ]) {
    it(`names the unsupported ${filter}`, async () => {
      await using file = await Hdf5File.open(folder.join(`${name}.h5`));
      expect(String(await errorOf(file.table('/table'))))
        .to.contain(`${filter} of /table`)
        .and.to.contain('h5repack');
    });
  }

  it('ends requests to which the library does not return, in a worker', async () => {
    const bytes = readFileSync(folder.join('earliest.h5'));
    // Texts of variable length are in a heap; the library searches those without size for ever.
    const heap = bytes.indexOf('GCOL');
    bytes.fill(0, heap + 16, heap + 64);
    // The worker is running before the time is limited, so that it does not depend on how fast it starts.
    await using before = await Hdf5File.open(folder.join('earliest.h5'), { worker: true });
    expect(await before.has('/little')).to.equal(true);
    await using file = await Hdf5File.open(bytes, { worker: true, timeout: 15_000 });
    const error = await errorOf(file.attributes('/little'));
    expect(error)
      .to.have.property('message')
      .match(/the HDF5 library did not return within 15 s/);
    expect(await errorOf(file.paths())).to.have.property('code', 'HDF5_LIBRARY_ABORTED');
    await using again = await Hdf5File.open(folder.join('earliest.h5'), { worker: true });
    expect((await again.attributes('/little')).get('variable')).to.equal('größer');
  });

  it('does not follow virtual datasets to other files', async () => {
    await using file = await Hdf5File.open(folder.join('virtual.h5'));
    expect(String(await errorOf(file.table('/view')))).to.contain('/view is a view of data in other files');
  });
});
