import { Hdf5Reader, Hdf5Writer, type FilterOptions } from '@cherenkit/plugin-hdf5/internal';
import { FileSink, openFile } from '@cherenkit/io/node';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { skipWithoutCtapipe } from '../../support/ctapipe-python.js';
import { pytables, type SeenTable } from '../../support/pytables.js';
import { expectedColumn, randomTable, type RandomTable } from '../../support/random-table.js';

const EVENT_TYPE = { ascii: 'cctapipe.containers\nEventType\np0\n.' };
const STORED_AS: Record<string, string> = {
  int8: '|i1',
  uint8: '|u1',
  int16: '<i2',
  uint16: '<u2',
  int32: '<i4',
  uint32: '<u4',
  int64: '<i8',
  uint64: '<u8',
  float32: '<f4',
  float64: '<f8',
  bool: '|b1',
  S12: '|S12',
};
const ARRAYS: Record<string, (values: never[]) => { buffer: ArrayBufferLike }> = {
  int8: (values) => Int8Array.from(values),
  uint8: (values) => Uint8Array.from(values),
  int16: (values) => Int16Array.from(values),
  uint16: (values) => Uint16Array.from(values),
  int32: (values) => Int32Array.from(values),
  uint32: (values) => Uint32Array.from(values),
  int64: (values) => BigInt64Array.from(values),
  uint64: (values) => BigUint64Array.from(values),
  float32: (values) => Float32Array.from(values),
  float64: (values) => Float64Array.from(values),
  bool: (values) => Uint8Array.from(values),
  S12: (values) =>
    Uint8Array.from(values.flatMap((text) => [...Buffer.alloc(12, 0).fill(text, 0, Buffer.from(text).length)])),
};

describe('a file written by Hdf5Writer', () => {
  let folder: TemporaryFolder;
  before(skipWithoutCtapipe);
  beforeEach(() => (folder = new TemporaryFolder()));
  afterEach(() => folder[Symbol.dispose]());

  async function write(name: string, tables: Record<string, RandomTable>, filters?: FilterOptions): Promise<string> {
    const path = folder.join(name);
    const file = new Hdf5Writer(new FileSink(path, { overwrite: true }), filters && { filters });
    file.setAttributes('/', { 'CTA PRODUCT FORMAT': 'hdf5 größer', EMPTY: '', N: { type: 'int64', value: 5 }, F: 0.1 });
    for (const [tablePath, { columns, rows, chunkBytes }] of Object.entries(tables)) {
      const attributes = { CTAFIELD_0_ENUM: EVENT_TYPE, CTAFIELD_0_UNIT: 'g.cm**-2' };
      const table = file.createTable(tablePath, columns, { chunkBytes, title: 'Storage of A', attributes });
      rows.forEach((row) => table.append(row));
    }
    await file.finish();
    return path;
  }

  function expectSameTable(seen: SeenTable | undefined, table: RandomTable): void {
    expect(seen?.nRows).to.equal(table.rows.length);
    expect(seen?.columns.map(({ name, type, shape }) => ({ name, type, shape }))).to.deep.equal(
      table.columns.map(({ name, type, shape }) => ({ name, type: STORED_AS[type], shape })),
    );
    table.columns.forEach(({ type }, i) => {
      const { buffer } = ARRAYS[type](expectedColumn(table, i) as never[]);
      expect(seen?.columns[i].data, `column ${i}`).to.equal(Buffer.from(buffer).toString('base64'));
    });
  }

  const all: RandomTable[] = fc.sample(randomTable, { numRuns: 40, seed: 1 });
  const tables = Object.fromEntries(all.map((table, i) => [`/group_${i % 3}/deeper/table_${i}`, table]));

  for (const compression of ['blosc:zstd', 'zlib'] as const) {
    for (const level of [0, 5]) {
      it(`is read by PyTables with equal columns, ${compression} at level ${level}`, async () => {
        const path = await write('all.h5', tables, { compression, level, fletcher32: true });
        const seen = await pytables('describe', path);
        expect(Object.keys(seen.tables)).to.have.members(Object.keys(tables));
        expect(seen.others).to.deep.equal([]);
        for (const [tablePath, table] of Object.entries(tables)) {
          expectSameTable(seen.tables[tablePath], table);
          expect(seen.tables[tablePath]?.filters).to.include({
            fletcher32: true,
            shuffle: level > 0,
            complevel: level,
          });
          if (level > 0) expect(seen.tables[tablePath]?.filters).to.include({ complib: compression });
        }
      });
    }
  }

  it('has attributes in the format of PyTables', async () => {
    const seen = await pytables('describe', await write('attributes.h5', tables));
    expect(seen.root).to.deep.include({
      'CTA PRODUCT FORMAT': 'str_ hdf5 größer',
      EMPTY: 'str_ ',
      N: 'int64 5',
      F: 'float64 0.1',
      PYTABLES_FORMAT_VERSION: 'str_ 2.1',
    });
    expect(seen.root['FILTERS']).to.contain("complib='blosc:zstd'").and.to.contain('fletcher32=True');
    const table = seen.tables['/group_0/deeper/table_0'];
    expect(table?.title).to.equal('Storage of A');
    expect(table?.attributes).to.include({
      CTAFIELD_0_ENUM: "EnumType <enum 'EventType'>",
      CTAFIELD_0_UNIT: 'str_ g.cm**-2',
    });
  });

  it('can be extended by PyTables and read again', async () => {
    const path = await write('append.h5', tables);
    const target = Object.keys(tables).find((name) => tables[name].rows.length > 20) ?? '';
    const table = tables[target];
    const extended = { ...table, rows: [...table.rows, ...table.rows.slice(0, 15)] };
    const seen = await pytables('append', path, target, '15');
    expectSameTable(seen.tables[target], extended);
    expectSameTable(seen.tables['/added/copy'], { ...table, rows: table.rows.slice(0, 15) });
    await using file = await openFile(path);
    const reader = await Hdf5Reader.open(file);
    const names = table.columns.map(({ name }) => name);
    for (const [name, rows] of [
      [target, extended],
      ['/added/copy', { ...table, rows: table.rows.slice(0, 15) }],
    ] as const) {
      const values = await (await reader.table(name)).read(names);
      names.forEach((column, i) => {
        expect(Array.from(values[column] as ArrayLike<unknown>)).to.deep.equal(expectedColumn(rows, i));
      });
    }
  });

  it('can have thousands of tables in a group and of chunks in a table', async () => {
    const one: RandomTable = { columns: [{ name: 'x', type: 'int32', shape: [] }], rows: [[7]], chunkBytes: 4 };
    const many = Object.fromEntries(Array.from({ length: 2200 }, (_, i) => [`/g/table_${i}`, one]));
    const long = { ...one, rows: Array.from({ length: 9000 }, (_, i) => [i]) };
    const seen = await pytables(
      'describe',
      await write('many.h5', { ...many, '/long': long }, { compression: 'zlib', level: 0, fletcher32: false }),
    );
    expect(Object.keys(seen.tables)).to.have.length(2201);
    expectSameTable(seen.tables['/g/table_2199'], one);
    expectSameTable(seen.tables['/long'], long);
  });
});
