import { readdirSync } from 'node:fs';
import type { CherenkitError } from '@cherenkit/core';
import { byteSourceFrom, createSink, MemorySink, openFile } from '@cherenkit/io';
import { FitsFile, fitsBytes, fitsSink, FitsWriter } from '@cherenkit/plugin-fits';
import { columnFrom, Table } from '@cherenkit/tables';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { errorOf } from '../support/error-of.js';
import { arbitraryTable, storedRows } from '../tables/arbitrary-table.js';

/** Types as they are read back: int8 is stored as int16. */
const readType = (type: string): string => (type === 'int8' ? 'int16' : type);

describe('FITS files of tables', () => {
  it('return what was written: types, shapes, units, values to the last bit, metadata', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryTable, async (table) => {
        await using file = await FitsFile.open(fitsBytes(table, { name: 'DATA' }));
        const read = await file.readTable('data');
        const headers = [...table.columns.values()].map(({ name, type, shape, unit }) => [
          name,
          readType(type),
          shape,
          unit,
        ]);
        expect(
          [...read.columns.values()].map(({ name, type, shape, unit }) => [name, type, shape, unit]),
        ).to.deep.equal(headers);
        expect(storedRows(read)).to.deep.equal(storedRows(table));
        expect(read.meta).to.deep.equal(table.meta);
        expect(await file.checksumProblems()).to.deep.equal([]);
      }),
    );
  });

  it('return metadata of all kinds: long texts, quotes, long names, integers, floats', async () => {
    const text = fc.string({ unit: fc.constantFrom("'", 'a', '&', ' ', '/'), maxLength: 300 });
    const value = fc.oneof(
      text,
      fc.bigInt(-(10n ** 18n), 10n ** 18n),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
    );
    const name = fc.constantFrom('KEY', 'OBS_ID', 'A longer name', 'CTA PRODUCT ID');
    await fc.assert(
      fc.asyncProperty(fc.dictionary(name, value), async (meta) => {
        await using file = await FitsFile.open(fitsBytes(new Table([columnFrom('a', [1])], meta)));
        const expected = Object.entries(meta).map(([key, each]) => [
          key,
          typeof each === 'string' ? each.trimEnd() : each,
        ]);
        expect((await file.readTable(1)).meta).to.deep.equal(Object.fromEntries(expected));
      }),
    );
  });

  it('are written in parts, with several tables, and give the same bytes as in one', async () => {
    const rows = Table.of({
      id: Int32Array.from({ length: 1000 }, (_, i) => i),
      x: Array.from({ length: 1000 }, (_, i) => i / 7),
    });
    const written = async (step: number): Promise<Uint8Array> => {
      const sink = new MemorySink();
      const writer = new FitsWriter(sink, { header: { ORIGIN: 'test' } });
      for (const name of ['A', 'B']) {
        const columns = [...rows.columns.values()].map(({ header }) => header);
        const part = writer.beginTable(columns, { name });
        for (let row = 0; row < rows.nRows; row += step) part.append(rows.slice(row, row + step));
        part.end();
      }
      await writer.finish();
      return sink.bytes ?? new Uint8Array(0);
    };
    const whole = await written(1000);
    expect(await written(7)).to.deep.equal(whole);
    await using file = await FitsFile.open(whole);
    expect(file.hdus.map(({ name, kind, nRows }) => [name, kind, nRows])).to.deep.equal([
      ['PRIMARY', 'image', 0],
      ['A', 'table', 1000],
      ['B', 'table', 1000],
    ]);
    expect(await file.checksumProblems()).to.deep.equal([]);
    const chunks = [];
    for await (const chunk of file.readTableChunks('B', { chunkRows: 300, columns: ['x'], start: 10 }))
      chunks.push(chunk);
    expect(chunks.map(({ nRows }) => nRows)).to.deep.equal([300, 300, 300, 90]);
    expect(Table.stack(chunks).numbers('x')).to.deep.equal(rows.numbers('x').subarray(10));
  });

  it('are compressed if their name ends in .gz, and are whole or absent', async () => {
    using folder = new TemporaryFolder();
    const [path, absent] = [folder.join('a.fits.gz'), folder.join('b.fits.gz')];
    {
      await using sink = createSink(path, { overwrite: false });
      const writer = new FitsWriter(fitsSink(sink, path));
      writer.writeTable(Table.of({ a: [1, 2] }), { name: 'A' });
      await writer.finish();
      await using unfinished = createSink(absent, { overwrite: false });
      new FitsWriter(fitsSink(unfinished, absent)).writeTable(Table.of({ a: [1] }));
    }
    expect(readdirSync(folder.path)).to.deep.equal(['a.fits.gz']);
    await using source = await openFile(path);
    expect([...(await source.read(0, 2))]).to.deep.equal([0x1f, 0x8b]);
    await using file = await FitsFile.open(path);
    expect((await file.readTable('A')).numbers('a')).to.deep.equal(Float64Array.of(1, 2));
  });

  it('are read from blobs and open sources, which stay open', async () => {
    const bytes = fitsBytes(Table.of({ a: [3] }), { name: 'A' });
    await using blob = await FitsFile.open(new Blob([bytes as BlobPart]));
    expect((await blob.readTable('A')).numbers('a')[0]).to.equal(3);
    let isClosed = false;
    const source = Object.assign(byteSourceFrom(bytes), {
      [Symbol.asyncDispose]: () => Promise.resolve(void (isClosed = true)),
    });
    {
      await using file = await FitsFile.open(source);
      expect(file.has('A')).to.equal(true);
    }
    expect(isClosed).to.equal(false);
  });

  it('refuse what FITS cannot represent', async () => {
    const table = Table.of({ a: [1] });
    const invalid = { code: 'FITS_VALUE_INVALID', exitCode: 2 };
    const errorOfMeta = (meta: Record<string, string>): Promise<Error> =>
      errorOf((async () => Promise.resolve(fitsBytes(new Table(table.columns.values(), meta))))());
    const error = await errorOfMeta({ NAME: 'größer' });
    expect(error).to.include(invalid);
    expect(error.message).to.include('NAME: "größer"');
    expect(await errorOfMeta({ ['x'.repeat(70)]: 'a' })).to.include(invalid);
    expect(await errorOfMeta({ 'a=b': 'a' })).to.include(invalid);
    const texts = new FitsWriter(new MemorySink()).beginTable([{ name: 't', type: 'string', textBytes: 2 }]);
    expect(() => texts.append(Table.of({ t: ['abc'] }))).to.throw('"abc" is longer than 2 bytes');
    const writer = new FitsWriter(new MemorySink());
    writer.beginTable([]);
    expect(await errorOf(writer.finish())).to.include(invalid);
  });

  it('name unknown tables and columns, with the nearest name', async () => {
    await using file = await FitsFile.open(fitsBytes(Table.of({ energy: [1] }), { name: 'EVENTS' }));
    const errors = await Promise.all([
      errorOf(file.readTable('EVENT')),
      errorOf(file.readTable('PRIMARY')),
      errorOf(file.readTable('EVENTS', { columns: ['enrgy'] })),
    ]);
    expect(errors.map((error) => (error as CherenkitError).code)).to.deep.equal([
      'FITS_HDU_UNKNOWN',
      'FITS_HDU_UNKNOWN',
      'TABLE_COLUMN_UNKNOWN',
    ]);
    expect(errors[0].message).to.include('EVENTS');
    expect(errors[2].message).to.include('energy');
  });
});
