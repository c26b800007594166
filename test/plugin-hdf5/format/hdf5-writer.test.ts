import { byteSourceFrom, MemorySink } from '@cherenkit/io';
import { Hdf5File } from '@cherenkit/plugin-hdf5';
import { Hdf5Reader, Hdf5Writer, type FilterOptions } from '@cherenkit/plugin-hdf5/internal';
import { expect } from 'chai';
import fc from 'fast-check';
import { errorOf } from '../../support/error-of.js';
import { expectedColumn, randomFilters, randomTable, type RandomTable } from '../../support/random-table.js';

async function written(tables: Record<string, RandomTable>, filters?: FilterOptions): Promise<Uint8Array> {
  const sink = new MemorySink();
  const file = new Hdf5Writer(sink, filters && { filters });
  for (const [path, { columns, rows, chunkBytes }] of Object.entries(tables)) {
    const table = file.createTable(path, columns, { chunkBytes, title: path });
    for (const row of rows) {
      table.append(row);
      await file.drain();
    }
  }
  await file.finish();
  return sink.bytes ?? new Uint8Array();
}

async function expectTables(bytes: Uint8Array, tables: Record<string, RandomTable>): Promise<void> {
  const reader = await Hdf5Reader.open(byteSourceFrom(bytes));
  expect(await reader.tables()).to.deep.equal(Object.keys(tables).sort());
  for (const [path, expected] of Object.entries(tables)) {
    const table = await reader.table(path);
    expect(table.nRows).to.equal(expected.rows.length);
    expect(table.attributes.get('TITLE')).to.equal(path);
    const values = await table.read(expected.columns.map(({ name }) => name));
    expected.columns.forEach((column, index) => {
      expect(Array.from(values[column.name] as ArrayLike<unknown>)).to.deep.equal(expectedColumn(expected, index));
    });
  }
}

describe('Hdf5Writer', () => {
  it('stores any table with any filters so that the reader returns the same values', async () => {
    await fc.assert(
      fc.asyncProperty(randomTable, randomTable, randomFilters, async (first, second, filters) => {
        const tables = { '/a/b/first': first, '/a/second': second };
        await expectTables(await written(tables, filters), tables);
      }),
      { numRuns: 60 },
    );
  });

  it('writes the same bytes regardless of how often it is drained', async () => {
    await fc.assert(
      fc.asyncProperty(randomTable, async (table) => {
        const once = new MemorySink();
        const file = new Hdf5Writer(once);
        const { columns, rows, chunkBytes } = table;
        const target = file.createTable('/t', columns, { chunkBytes, title: '/t' });
        rows.forEach((row) => target.append(row));
        await file.finish();
        expect(once.bytes).to.deep.equal(await written({ '/t': table }));
      }),
      { numRuns: 20 },
    );
  });

  it('supports thousands of tables in a group', async () => {
    const table: RandomTable = { columns: [{ name: 'x', type: 'int8' }], rows: [[5]], chunkBytes: 1 };
    // Above 2048 tables the B-tree of the group has a second level, above 65536 a third.
    const tables = Object.fromEntries(Array.from({ length: 2100 }, (_, i) => [`/group/table_${i}`, table]));
    await expectTables(await written(tables, { compression: 'zlib', level: 0, fletcher32: false }), tables);
  });

  it('supports thousands of chunks in a table', async () => {
    const rows = Array.from({ length: 5000 }, (_, i) => [i]);
    const table: RandomTable = { columns: [{ name: 'x', type: 'int32' }], rows, chunkBytes: 4 };
    await expectTables(await written({ '/t': table }, { compression: 'zlib', level: 0, fletcher32: true }), {
      '/t': table,
    });
  });

  it('reads a range of rows', async () => {
    const rows = Array.from({ length: 100 }, (_, i) => [i, [2 * i, 3 * i]]);
    const columns = [{ name: 'x', type: 'int16' } as const, { name: 'pair', type: 'float64', shape: [2] } as const];
    const reader = await Hdf5Reader.open(byteSourceFrom(await written({ '/t': { columns, rows, chunkBytes: 126 } })));
    const { pair } = await (await reader.table('/t')).read(['pair'], 17, 20);
    expect(pair).to.deep.equal(Float64Array.of(34, 51, 36, 54, 38, 57));
  });

  it('writes zeros for cells that are not set, also after an abandoned row', async () => {
    const sink = new MemorySink();
    const file = new Hdf5Writer(sink);
    const table = file.createTable('/t', [
      { name: 'x', type: 'int32' },
      { name: 's', type: 'S3' },
    ]);
    table.startRow();
    table.set(0, 7);
    expect(() => table.set(1, 'long')).to.throw(
      RangeError,
      'Column "s": expected at most 3 bytes of UTF-8, found "long".',
    );
    table.startRow();
    table.endRow();
    await file.finish();
    const reader = await Hdf5Reader.open(byteSourceFrom(sink.bytes ?? new Uint8Array()));
    expect(await (await reader.table('/t')).read(['x', 's'])).to.deep.equal({ x: Int32Array.of(0), s: [''] });
  });

  it('stores attributes of groups and tables set at any time', async () => {
    const sink = new MemorySink();
    const file = new Hdf5Writer(sink, { title: 'a title' });
    const table = file.createTable('/g/t', [{ name: 'x', type: 'int32' }]);
    file.setAttributes('/', { 'CTA SITE': 'Teide, größer', EMPTY: '', N: { type: 'int64', value: -5n }, F: 0.25 });
    file.setAttributes('/g/t', { FLAG: { type: 'bool', value: true } });
    table.append([1]);
    file.setAttributes('/g/t', { N_EVENTS: { type: 'uint16', value: 1 } });
    file.setAttributes('/h/empty', {});
    await file.finish();
    const reader = await Hdf5Reader.open(byteSourceFrom(sink.bytes ?? new Uint8Array()));
    const root = Object.fromEntries(await reader.attributes('/'));
    expect(root).to.include({ 'CTA SITE': 'Teide, größer', EMPTY: '', N: -5n, F: 0.25, TITLE: 'a title' });
    expect(Object.fromEntries(await reader.attributes('/g/t'))).to.include({ FLAG: true, N_EVENTS: 1, CLASS: 'TABLE' });
    expect(await reader.has('/h/empty')).to.equal(true);
    expect(await reader.has('/h/other')).to.equal(false);
  });

  describe('rejects', () => {
    const file = () => new Hdf5Writer(new MemorySink());
    const x = [{ name: 'x', type: 'int32' } as const];

    it('existing paths, tables below tables, and invalid paths', () => {
      const target = file();
      target.createTable('/a', x);
      expect(() => target.createTable('/a', x)).to.throw(RangeError, '/a already exists in the file.');
      expect(() => target.createTable('/a/b', x)).to.throw(RangeError, '"a" is a table, expected a group');
      for (const path of ['a', '/', '/a/', '//a'])
        expect(() => target.createTable(path, x)).to.throw(RangeError, 'expected an absolute path');
    });

    it('invalid columns', () => {
      expect(() => file().createTable('/t', [])).to.throw(RangeError, '1 to 65535 columns, found 0');
      expect(() => file().createTable('/t', [...x, ...x])).to.throw(
        RangeError,
        'Duplicate column "x": expected unique names.',
      );
      expect(() => file().createTable('/t', [{ name: 'x', type: 'S0' }])).to.throw(RangeError, '0 bytes');
      const huge = { name: 'x', type: 'float64', shape: [2 ** 29] } as const;
      expect(() => file().createTable('/t', [huge])).to.throw(RangeError, 'less than 2 GiB');
    });

    it('cells of the wrong shape', () => {
      const table = file().createTable('/t', [...x, { name: 'pair', type: 'int32', shape: [2] }]);
      table.startRow();
      expect(() => table.set(0, [1])).to.throw(RangeError, 'Column "x": expected a scalar, found 1 values.');
      expect(() => table.set(1, 1)).to.throw(RangeError, 'Column "pair": expected 2 elements per row, found a number.');
      expect(() => table.set(1, [1, 2, 3])).to.throw(RangeError, 'found 3 values');
    });

    it('attributes larger than 64 KB', async () => {
      const target = file();
      target.setAttributes('/', { CONFIGURATION: 'x'.repeat(70_000) });
      const error = await errorOf(target.finish());
      expect(error)
        .to.be.instanceOf(RangeError)
        .with.property('message')
        .contain('Attribute "CONFIGURATION": expected at most 65528 bytes, found 70040.');
    });
  });
});

describe('Hdf5Reader', () => {
  const code = async (bytes: Uint8Array): Promise<unknown> => {
    try {
      const reader = await Hdf5Reader.open(byteSourceFrom(bytes));
      for (const path of await reader.tables()) {
        const table = await reader.table(path);
        await table.read(table.columns.map(({ name }) => name));
      }
      return 'read';
    } catch (error) {
      return (error as { code?: string }).code ?? error;
    }
  };
  const rows = Array.from({ length: 300 }, (_, i) => [i, Math.sin(i)]);
  const columns = [{ name: 'i', type: 'int32' } as const, { name: 'f', type: 'float64' } as const];

  it('reports truncated files and files of other formats', async () => {
    const bytes = await written({ '/t': { columns, rows, chunkBytes: 600 } });
    expect(await code(bytes)).to.equal('read');
    for (const length of [0, 7, 50, 200, bytes.length - 100]) {
      expect(await code(bytes.slice(0, length)), `${length} bytes`).to.equal('HDF5_CORRUPT');
    }
  });

  it('detects flipped bytes in chunks by their checksum', async () => {
    const bytes = await written({ '/t': { columns, rows, chunkBytes: 600 } });
    for (const at of [100, 300, 500, 1000]) {
      const broken = bytes.slice();
      broken[at] ^= 0x10;
      expect(await code(broken), `byte ${at}`).to.equal('HDF5_CORRUPT');
    }
  });

  it('reports any corruption with an error code and does not hang', async () => {
    const bytes = await written({ '/a/t': { columns, rows, chunkBytes: 600 } });
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, bits) => {
        const broken = bytes.slice();
        broken[at] ^= bits;
        expect(await code(broken)).to.be.oneOf(['read', 'HDF5_CORRUPT', 'HDF5_UNSUPPORTED']);
      }),
      { numRuns: 400 },
    );
  });
});

describe('Hdf5Writer.createArray', () => {
  it('stores arrays of any number of dimensions, which the library reads row by row', async () => {
    const shapes = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 3 });
    const options = fc.record({ n: fc.integer({ min: 1, max: 150 }), chunkBytes: fc.integer({ min: 1, max: 400 }) });
    await fc.assert(
      fc.asyncProperty(shapes, options, randomFilters, async (shape, { n, chunkBytes }, filters) => {
        const size = shape.reduce((product, length) => product * length, 1);
        const rows = Array.from({ length: n }, (_, i) => Float32Array.from({ length: size }, (_, j) => i + j / 8));
        const sink = new MemorySink();
        const file = new Hdf5Writer(sink, { filters });
        const array = file.createArray('/group/values', { type: 'float32', shape }, { chunkBytes });
        for (const row of rows) {
          array.append([shape.length === 0 ? row[0] : row]);
          await file.drain(2);
        }
        await file.finish();
        await using read = await Hdf5File.open(sink.bytes ?? new Uint8Array());
        expect(await read.shape('/group/values')).to.deep.equal([n, ...shape]);
        const all = await read.array('/group/values');
        expect(all.shape).to.deep.equal([n, ...shape]);
        expect([...(all.values as Float32Array)]).to.deep.equal(rows.flatMap((row) => [...row]));
        const [start, stop] = [Math.floor(n / 3), Math.floor(n / 3) + 2];
        const some = await read.array('/group/values', { start, stop });
        expect([...(some.values as Float32Array)]).to.deep.equal(rows.slice(start, stop).flatMap((row) => [...row]));
      }),
      { numRuns: 40 },
    );
  });
});
