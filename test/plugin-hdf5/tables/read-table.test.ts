import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { MemorySink } from '@cherenkit/io';
import { Hdf5Writer } from '@cherenkit/plugin-hdf5/internal';
import { Hdf5File, readTable, readTableChunks, writeTable } from '@cherenkit/plugin-hdf5';
import { Table, toMjdTai, type Column } from '@cherenkit/tables';
import { expect } from 'chai';
import fc from 'fast-check';
import { ctapipePython, skipWithoutCtapipeOrTestData } from '../../support/ctapipe-python.js';
import { errorOf } from '../../support/error-of.js';
import { REPOSITORY_ROOT } from '../../support/repository-root.js';
import { inTestData } from '../../support/test-data.js';
import { writtenBytes } from '../../support/written-digests.js';
import { arbitraryTable, storedRows } from '../../tables/arbitrary-table.js';

/** A file with these tables by path. */
async function written(tables: Readonly<Record<string, Table>>): Promise<Uint8Array> {
  const sink = new MemorySink();
  const file = new Hdf5Writer(sink);
  for (const [path, table] of Object.entries(tables)) writeTable(file, path, table);
  await file.finish();
  return sink.bytes ?? new Uint8Array();
}

describe('readTable', () => {
  it('returns values bit for bit, units, descriptions and metadata written by writeTable', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryTable, async (table) => {
        const described = table.withColumn('c0', table.column('c0').with({ description: 'größer' }));
        const read = await readTable(await written({ '/a/b': described }), '/a/b');
        expect(storedRows(read)).to.deep.equal(storedRows(table));
        expect(read.meta).to.deep.equal(table.meta);
        for (const column of described.columns.values()) {
          const { type, shape, unit, description } = read.column(column.name);
          expect({ type, shape, unit }).to.deep.equal({
            type: column.type,
            shape: [...column.shape],
            unit: column.unit,
          });
          expect(description).to.equal(column.description);
        }
      }),
    );
  });

  it('returns the meaning of columns and metadata of each type', async () => {
    const enumeration = { name: 'EventType', members: { SUBARRAY: 32 } };
    const table = Table.of(
      {
        time: { values: Uint32Array.of(1, 2), shape: [2], meaning: { kind: 'time', format: 'ctao_high_res' } },
        start: { values: Float64Array.of(59000.25), meaning: { kind: 'time', format: 'mjd' } },
        event_type: { values: [32n], meaning: { kind: 'enumeration', enumeration } },
        tels: { values: [true, false], shape: [2], type: 'bool', meaning: { kind: 'telescopes' } },
        Hillas_alt: { values: [70], unit: 'deg', field: 'alt' },
      },
      { TAB_VER: 2n, height: 3, name: 'größer', flag: true },
    );
    const read = await readTable(await written({ '/t': table }), '/t');
    expect(read.meta).to.deep.equal(table.meta);
    expect(read.toRows()).to.deep.equal(table.toRows());
    const meanings = [...read.columns.values()].map(({ meaning }) => meaning?.kind);
    expect(meanings).to.deep.equal(['time', 'time', 'enumeration', 'telescopes', undefined]);
    expect(read.column('Hillas_alt').field).to.equal('alt');
    // The members come from the data model.
    expect(read.filter('event_type == EventType.SUBARRAY and event_type != EventType.FLATFIELD').nRows).to.equal(1);
  });

  it('reads selected columns and rows', async () => {
    const table = Table.of({ x: [1, 2, 3, 4], y: ['a', 'b', 'c', 'd'] });
    const file = await written({ '/t': table });
    const part = await readTable(file, '/t', { columns: ['y'], start: 1, stop: 3 });
    expect(part.toRows()).to.deep.equal([{ y: 'b' }, { y: 'c' }]);
    expect((await readTable(file, '/t', { start: 3, stop: 100 })).nRows).to.equal(1);
    expect((await readTable(file, '/t', { stop: 0 })).nRows).to.equal(0);
    const missing = await readTable(file, '/t', { columns: ['z'] }).catch((error: unknown) => error);
    expect(String(missing)).to.contain('/t has no column z');
  });

  it('adds descriptions from the data model for columns without one in the file', async () => {
    const layout = await readTable(await writtenBytes({}), '/configuration/instrument/subarray/layout');
    expect(layout.column('pos_x').description).to.equal('x coordinate in the ground frame, towards north');
    expect(layout.meta).to.include({ TAB_TYPE: 'subarray', name: 'Small', reference_itrs_x: 5_000_000 });
  });

  describe('agrees with ctapipe’s read_table for', function () {
    interface SeenColumn {
      readonly name: string;
      readonly mjd?: number[];
      readonly type?: string;
      readonly unit?: string | null;
      readonly description?: string | null;
      readonly shape?: number[];
      readonly texts?: string[];
      readonly crc32?: number;
    }
    type SeenTables = Record<string, { nRows: number; columns: SeenColumn[]; meta: Record<string, string> }>;

    const files = [
      'reference/gamma_diffuse_north_alpha_600.dl2.h5',
      'reference/monitoring/twopass.h5',
      'reference/ml/gamma.ml.dl2.h5',
      'data/hdf5/gamma_600.v4.0.0.dl2.h5',
      'data/hdf5/gamma_600.v7.6.0.lossy_zlib.dl1.h5',
      'data/hdf5/gamma_600.v7.6.0.tel2.r0_r1_fixed_point.h5',
    ].map((name) => inTestData(name));
    let seenFiles: Readonly<Record<string, SeenTables>> = {};

    before(skipWithoutCtapipeOrTestData);
    before(async function () {
      this.timeout(60_000);
      const script = join(REPOSITORY_ROOT, 'test', 'support', 'ctapipe_read_table.py');
      const printed = await ctapipePython([script, ...files], { cwd: REPOSITORY_ROOT });
      seenFiles = JSON.parse(printed) as Record<string, SeenTables>;
    });

    function expectColumn(column: Column, seen: SeenColumn, place: string): void {
      const { values, type, unit = null, shape } = column;
      if (seen.mjd) {
        // ctapipe reads an unknown time as the beginning of 1970.
        seen.mjd.forEach((mjd, row) =>
          expect(toMjdTai(column.timeAt(row)) || 40587, place).to.be.closeTo(mjd || 40587, 1e-9),
        );
        return;
      }
      expect({ type, unit, shape }, place).to.deep.equal({ type: seen.type, unit: seen.unit, shape: seen.shape });
      if (seen.description) expect(column.description, place).to.equal(seen.description);
      if (seen.texts) expect(values, place).to.deep.equal(seen.texts);
      else if (ArrayBuffer.isView(values)) {
        const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
        expect(crc32(bytes), place).to.equal(seen.crc32);
      }
    }

    for (const path of files) {
      it(path.split('/').slice(-3).join('/'), async () => {
        await using file = await Hdf5File.open(path);
        const seen = seenFiles[path];
        expect(await file.paths()).to.have.members(Object.keys(seen));
        for (const [tablePath, { nRows, columns, meta }] of Object.entries(seen)) {
          const table = await readTable(file, tablePath);
          expect(table.nRows, tablePath).to.equal(nRows);
          expect(table.names, tablePath).to.deep.equal(columns.map((column) => column.name));
          for (const column of columns) expectColumn(table.column(column.name), column, `${tablePath} ${column.name}`);
          expect(Object.keys(table.meta), tablePath).to.include.members(
            Object.keys(meta).filter((key) => !/^(?:TAB_|ORIGIN)/.test(key)),
          );
        }
      });
    }
  });
});

describe('readTableChunks', () => {
  /** The chunks, as an array. */
  async function chunksOf(...parameters: Parameters<typeof readTableChunks>): Promise<Table[]> {
    const chunks: Table[] = [];
    for await (const chunk of readTableChunks(...parameters)) chunks.push(chunk);
    return chunks;
  }

  it('gives the rows of readTable, in chunks of any size', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryTable, fc.integer({ min: 1, max: 30 }), async (table, chunkRows) => {
        await using file = await Hdf5File.open(await written({ '/a/b': table }));
        const chunks = await chunksOf(file, '/a/b', { chunkRows });
        const sizes = chunks.map(({ nRows }) => nRows);
        expect(sizes.slice(0, -1)).to.deep.equal(sizes.slice(0, -1).fill(chunkRows));
        expect(sizes.length).to.equal(Math.ceil(table.nRows / chunkRows));
        if (chunks.length === 0) return;
        expect(storedRows(Table.stack(chunks))).to.deep.equal(storedRows(table));
        for (const { meta } of chunks) expect(meta).to.deep.equal(table.meta);
      }),
    );
  });

  const numbers = Table.of({
    id: { values: Array.from({ length: 25 }, (_, i) => i) },
    x: { values: Array(25).fill(0.5) },
  });

  it('reads selected columns of a range of rows', async () => {
    const bytes = await written({ '/t': numbers });
    const rows = async (start: number, stop: number, chunkRows: number): Promise<(readonly number[])[]> =>
      (await chunksOf(bytes, '/t', { columns: ['id'], start, stop, chunkRows })).map((chunk) => {
        expect([...chunk.columns.keys()]).to.deep.equal(['id']);
        return [...chunk.numbers('id')];
      });
    expect(await rows(3, 10, 4)).to.deep.equal([
      [3, 4, 5, 6],
      [7, 8, 9],
    ]);
    expect(await rows(22, 100, 10)).to.deep.equal([[22, 23, 24]]);
    expect(await rows(5, 5, 10)).to.deep.equal([]);
    expect(await rows(30, 40, 10)).to.deep.equal([]);
  });

  it('closes the file that it has opened, also when the loop is left', async () => {
    const bytes = await written({ '/t': numbers });
    await readTable(bytes, '/t');
    // Open files of this process, where the system lists them.
    const openFiles = (): number => (existsSync('/proc/self/fd') ? readdirSync('/proc/self/fd').length : 0);
    const before = openFiles();
    for await (const chunk of readTableChunks(bytes, '/t', { chunkRows: 10 })) {
      expect(chunk.nRows).to.equal(10);
      if (before > 0) expect(openFiles()).to.be.greaterThan(before);
      break;
    }
    expect(openFiles()).to.equal(before);
    await using file = await Hdf5File.open(bytes);
    for await (const chunk of readTableChunks(file, '/t', { chunkRows: 10 })) {
      expect(chunk.nRows).to.equal(10);
      break;
    }
    // A file that was open remains open.
    expect((await readTable(file, '/t')).nRows).to.equal(25);
  });

  it('refuses chunks without rows, unknown tables and unknown columns', async () => {
    const bytes = await written({ '/t': numbers });
    for (const chunkRows of [0, -1, NaN]) {
      expect(await errorOf(chunksOf(bytes, '/t', { chunkRows })))
        .to.include({ code: 'OPTION_INVALID' })
        .with.property('message', `readTableChunks: chunkRows: expected an integer of at least 1, found ${chunkRows}.`);
    }
    expect(await errorOf(chunksOf(bytes, '/u'))).to.have.property('code', 'TABLE_UNKNOWN');
    expect(await errorOf(chunksOf(bytes, '/t', { columns: ['y'] }))).to.have.property('code', 'TABLE_COLUMN_UNKNOWN');
  });

  it('refuses unknown options and values of other types', async () => {
    const bytes = await written({ '/t': numbers });
    expect((await readTable(bytes, '/t', { stop: Infinity })).nRows).to.equal(25);
    const mistakes: [options: object, message: string][] = [
      [{ column: ['x'] }, 'unknown option column; did you mean "columns"?'],
      [{ columns: 'x' }, 'columns: expected a list of texts, found "x".'],
      [{ start: -1 }, 'start: expected an index, an integer of at least 0, found -1.'],
      [{ stop: '1' }, 'stop: expected an index, an integer of at least 0, found "1".'],
      [['x'], 'expected an object with options, such as { columns: ... }, found ["x"].'],
    ];
    for (const [options, message] of mistakes) {
      expect(await errorOf(readTable(bytes, '/t', options)))
        .to.include({ code: 'OPTION_INVALID', exitCode: 2 })
        .with.property('message', `readTable: ${message}`);
    }
  });

  it('names a file that is closed', async () => {
    const file = await Hdf5File.open(await written({ '/t': numbers }));
    await file.close();
    expect(await errorOf(readTable(file, '/t'))).to.have.property('code', 'INPUT_CLOSED');
  });
});
