import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { MemorySink } from '@cherenkit/io';
import { Hdf5File } from '@cherenkit/plugin-hdf5';
import { Hdf5Writer, type FilterOptions, type StoredColumn } from '@cherenkit/plugin-hdf5/internal';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { errorOf } from '../../support/error-of.js';
import { expectedColumn, randomFilters, randomTable, type RandomTable } from '../../support/random-table.js';

async function written(tables: Readonly<Record<string, RandomTable>>, filters?: FilterOptions): Promise<Uint8Array> {
  const sink = new MemorySink();
  const file = new Hdf5Writer(sink, filters && { filters });
  for (const [path, { columns, rows, chunkBytes }] of Object.entries(tables)) {
    const table = file.createTable(path, columns, { chunkBytes, title: path, attributes: { UNIT: 'größer' } });
    for (const row of rows) table.append(row);
  }
  await file.finish();
  return sink.bytes ?? new Uint8Array();
}

const COLUMNS: StoredColumn[] = [
  { name: 'x', type: 'int16' },
  { name: 'pair', type: 'float64', shape: [2] },
];
const ROWS = Array.from({ length: 100 }, (_, i) => [i, [2 * i, 3 * i]]);
const SMALL: RandomTable = { columns: COLUMNS, rows: ROWS, chunkBytes: 126 };

describe('Hdf5File', () => {
  it('reads what Hdf5Writer stored: any table with any filters', async () => {
    await fc.assert(
      fc.asyncProperty(randomTable, randomTable, randomFilters, async (first, second, filters) => {
        const tables = { '/a/b/first': first, '/a/second': second };
        await using file = await Hdf5File.open(await written(tables, filters));
        expect(await file.paths()).to.deep.equal(Object.keys(tables));
        for (const [path, expected] of Object.entries(tables)) {
          const table = await file.table(path);
          expect(table.nRows).to.equal(expected.rows.length);
          expect(Object.fromEntries(await table.attributes())).to.include({ TITLE: path, UNIT: 'größer' });
          const values = await table.read(expected.columns.map(({ name }) => name));
          expected.columns.forEach((column, i) => {
            expect(Array.from(values[column.name] as ArrayLike<unknown>)).to.deep.equal(expectedColumn(expected, i));
          });
        }
      }),
      { numRuns: 60 },
    );
  });

  it('reads ranges of rows, packed or as columns, across the borders of chunks', async () => {
    await using file = await Hdf5File.open(await written({ '/t': SMALL }));
    const table = await file.table('/t');
    expect({ rowBytes: table.rowBytes, chunkRows: table.chunkRows }).to.deep.equal({ rowBytes: 18, chunkRows: 7 });
    for (const [start, stop] of [
      [17, 20],
      [0, 100],
      [6, 8],
      [99, 200],
      [50, 50],
      [-5, 2],
    ] as const) {
      const [first, end] = [Math.max(start, 0), Math.min(stop, 100)];
      const expected = ROWS.slice(first, end);
      const { x, pair } = await table.read(['x', 'pair'], start, stop);
      expect(x).to.deep.equal(Int16Array.from(expected, ([value]) => Number(value)));
      expect(pair).to.deep.equal(Float64Array.from(expected.flatMap(([, value]) => value as number[])));
      const rows = await table.rows(start, stop);
      const view = new DataView(rows.buffer, rows.byteOffset, rows.byteLength);
      expect(rows.length).to.equal(18 * (end - first));
      for (let row = first; row < end; row++) expect(view.getInt16(18 * (row - first), true)).to.equal(row);
    }
  });

  it('opens paths, URLs, bytes and blobs, and leaves no temporary file behind', async () => {
    using folder = new TemporaryFolder();
    const bytes = await written({ '/t': SMALL });
    const path = folder.join('größer.h5');
    await writeFile(path, bytes);
    const before = process.env['TMPDIR'];
    process.env['TMPDIR'] = folder.path;
    try {
      const blob = new File([bytes as Uint8Array<ArrayBuffer>], 'upload.h5');
      for (const [source, name] of [
        [path, path],
        [new URL(`file://${encodeURI(path)}`), path],
        [bytes, 'memory'],
        [blob, 'upload.h5'],
      ] as const) {
        await using file = await Hdf5File.open(source);
        expect({ name: file.name, size: file.size }).to.deep.equal({ name, size: bytes.length });
        expect((await file.table('/t')).nRows).to.equal(100);
        if (process.platform !== 'win32') expect(readdirSync(folder.path)).to.deep.equal(['größer.h5']);
      }
      expect(readdirSync(folder.path)).to.deep.equal(['größer.h5']);
    } finally {
      if (before === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = before;
    }
  });

  it('reads attributes of groups, and knows which groups and tables exist', async () => {
    const sink = new MemorySink();
    const writer = new Hdf5Writer(sink, { title: 'a title' });
    writer.setAttributes('/', { SITE: 'Teide, größer', EMPTY: '', N: { type: 'int64', value: -5n }, F: 0.25 });
    writer.setAttributes('/h/empty', { FLAG: { type: 'bool', value: true } });
    await writer.finish();
    await using file = await Hdf5File.open(sink.bytes ?? new Uint8Array());
    const root = Object.fromEntries(await file.attributes('/'));
    expect(root).to.include({ SITE: 'Teide, größer', EMPTY: '', N: -5n, F: 0.25, TITLE: 'a title' });
    expect((await file.attributes('/h/empty')).get('FLAG')).to.equal(true);
    expect([await file.has('/'), await file.has('/h/empty'), await file.has('/h/other')]).to.deep.equal([
      true,
      true,
      false,
    ]);
    expect(await file.paths()).to.deep.equal([]);
  });

  it('suggests the nearest path and column', async () => {
    await using file = await Hdf5File.open(await written({ '/dl1/trigger': SMALL }));
    expect(await errorOf(file.table('/dl1/triger')))
      .to.include({ code: 'TABLE_UNKNOWN', exitCode: 2 })
      .with.property('message', 'memory has no /dl1/triger; did you mean "/dl1/trigger"?');
    expect(await errorOf(file.attributes('/x'))).to.have.property(
      'message',
      'memory has no /x; its tables are /dl1/trigger',
    );
    const table = await file.table('/dl1/trigger');
    expect(await errorOf(table.read(['y'])))
      .to.include({ code: 'TABLE_COLUMN_UNKNOWN', exitCode: 2 })
      .with.property('message', '/dl1/trigger has no column y; its columns are x, pair');
    expect(await errorOf(table.read(['pairs']))).to.have.property(
      'message',
      '/dl1/trigger has no column pairs; did you mean "pair"?',
    );
  });

  it('reports files that are missing, of other formats, or truncated', async () => {
    using folder = new TemporaryFolder();
    const bytes = await written({ '/t': SMALL });
    const cases: readonly [name: string, content: Uint8Array | undefined, code: string, message: RegExp][] = [
      ['missing.h5', undefined, 'INPUT_MISSING', /Cannot read .*missing.h5/],
      ['empty.h5', new Uint8Array(0), 'HDF5_CORRUPT', /empty.h5 is not an HDF5 file/],
      ['text.h5', new TextEncoder().encode('# text\n'), 'HDF5_CORRUPT', /text.h5 is not an HDF5 file/],
      [
        'short.h5',
        bytes.slice(0, -100),
        'HDF5_CORRUPT',
        new RegExp(`short.h5 .*truncated, expected ${bytes.length} bytes, found ${bytes.length - 100}`),
      ],
    ];
    for (const [name, content, code, message] of cases) {
      if (content) await writeFile(folder.join(name), content);
      expect(await errorOf(Hdf5File.open(folder.join(name))), name)
        .to.include({ code })
        .with.property('message')
        .match(message);
    }
  });

  it('can be closed twice, and is not readable afterwards', async () => {
    const file = await Hdf5File.open(await written({ '/t': SMALL }));
    const table = await file.table('/t');
    await file.close();
    await file.close();
    expect(await errorOf(table.rows())).to.have.property(
      'message',
      'memory is closed. Read from it before it is closed, as at the end of an "await using" block, or open it again.',
    );
  });
});
