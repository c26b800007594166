import { readFileSync } from 'node:fs';
import { byteSourceFrom } from '@cherenkit/io';
import { CherenkitError } from '@cherenkit/core';
import { ZfitsFile, type ZfitsTable, type ZfitsValue } from '@cherenkit/plugin-zfits/zfits';
import { expect } from 'chai';
import { deflateSync, gzipSync } from 'node:zlib';
import { errorOf } from '../../support/error-of.js';
import { inTestData, skipWithoutTestData } from '../../support/test-data.js';
import {
  block,
  bytesOf,
  counted,
  huffmanBlock,
  joined,
  zfitsFile,
  type BuiltTable,
} from '../../support/zfits-builder.js';

const COLUMNS = [
  { name: 'event_id', id: '1', form: '1K', zero: '9223372036854775808' },
  { name: 'waveform', id: '11', form: '8I', zero: '32768' },
];

function tile(ids: readonly bigint[], ...waveforms: Uint16Array[]) {
  return {
    nRows: ids.length,
    blocks: [block([0], bytesOf(BigUint64Array.from(ids))), block([7], deflateSync(counted(...waveforms)))],
  };
}

const TABLE: BuiltTable = {
  name: 'Events',
  message: 'R1v1.Event',
  columns: COLUMNS,
  tiles: [
    tile([5n, 6n], Uint16Array.of(1, 2, 3), new Uint16Array(0)),
    tile([2n ** 60n, 8n], Uint16Array.of(65535), Uint16Array.of(7, 8, 9, 10, 11, 12, 13, 14)),
  ],
};

const open = (bytes: Uint8Array): Promise<ZfitsFile> => ZfitsFile.open(byteSourceFrom(bytes, 'made-up.fits.fz'));

/** All values of a table, by column. */
async function valuesOf(table: ZfitsTable, names?: readonly string[]): Promise<Record<string, unknown[]>> {
  const columns = names === undefined ? undefined : table.columns.filter(({ name }) => names.includes(name));
  const values: Record<string, unknown[]> = {};
  for await (const each of table.tiles({ columns })) {
    for (const column of columns ?? table.columns) {
      const next = await each.open(column);
      for (let row = 0; row < each.nRows; row++) (values[column.name] ??= []).push(plain(next?.()));
    }
  }
  return values;
}

function plain(value: ZfitsValue | undefined): unknown {
  return ArrayBuffer.isView(value) ? Array.from(value as ArrayLike<unknown>) : value;
}

async function read(bytes: Uint8Array, names?: readonly string[]): Promise<Record<string, unknown[]>> {
  return valuesOf((await open(bytes)).tables[0], names);
}

const EXPECTED = {
  event_id: [5n, 6n, 2n ** 60n, 8n],
  waveform: [[1, 2, 3], [], [65535], [7, 8, 9, 10, 11, 12, 13, 14]],
};

/** The file with one byte changed. */
function changed(bytes: Uint8Array, at: number, byte: number): Uint8Array {
  const copy = bytes.slice();
  copy[at] = byte;
  return copy;
}

/** Begin of a tile of the last table; its header contains the word as well. */
function tileAt(bytes: Uint8Array, index = 0): number {
  const file = Buffer.from(bytes);
  let at = file.lastIndexOf('END'.padEnd(80));
  for (let i = 0; i <= index; i++) at = file.indexOf('TILE', at + 1);
  return at;
}

describe('ZfitsFile', () => {
  const file = zfitsFile(TABLE);

  it('reads the values of all tiles', async () => {
    const { tables } = await open(file);
    expect(tables.map(({ name, message, nRows }) => [name, message, nRows])).to.deep.equal([
      ['Events', 'R1v1.Event', 4],
    ]);
    expect(await valuesOf(tables[0])).to.deep.equal(EXPECTED);
  });

  it('reads some columns without the others', async () => {
    expect(await read(file, ['waveform'])).to.deep.equal({ waveform: EXPECTED.waveform });
    expect(await read(file, [])).to.deep.equal({});
  });

  it('reads compressed files, and tables after others', async () => {
    const { tables } = await open(gzipSync(zfitsFile({ ...TABLE, name: 'First' }, TABLE)));
    expect(tables.map(({ name }) => name)).to.deep.equal(['First', 'Events']);
    expect(await valuesOf(tables[1])).to.deep.equal(EXPECTED);
  });

  it('finds the tiles without the catalogue, if it was thinned out or the file was not closed', async () => {
    expect(await read(zfitsFile({ ...TABLE, cards: { ZSHRINK: '2' } }))).to.deep.equal(EXPECTED);
    const cards = { NAXIS2: '0', PCOUNT: '0', ZNAXIS2: '0', ZHEAPPTR: '0', THEAP: '0', DATASUM: "'0'" };
    const unclosed = zfitsFile({ ...TABLE, cards });
    const begin = tileAt(unclosed);
    const cut = joined(unclosed.subarray(0, begin).fill(0, begin - 64), unclosed.subarray(begin));
    const stop = tileAt(cut, 1);
    const { tables } = await open(cut.subarray(0, stop));
    const ids: unknown[] = [];
    const error = await errorOf(
      (async () => {
        for await (const each of tables[0].tiles()) {
          const next = await each.open(tables[0].columns[0]);
          for (let row = 0; row < each.nRows; row++) ids.push(next?.());
        }
      })(),
    );
    expect(ids).to.deep.equal([5n, 6n]);
    expect(error).to.include({ code: 'ZFITS_TRUNCATED', isRecoverable: true });
    expect(error.message).to.match(/made-up\.fits\.fz, table Events, byte \d+: the file was not closed/);
  });

  it('reads tables without messages, and columns without values', async () => {
    expect(await read(zfitsFile({ ...TABLE, tiles: [] }))).to.deep.equal({});
    const empty = { nRows: 2, blocks: [block([0], bytesOf(BigUint64Array.of(1n, 2n))), block([7], new Uint8Array(0))] };
    expect(await read(zfitsFile({ ...TABLE, tiles: [empty] }))).to.deep.equal({
      event_id: [1n, 2n],
      waveform: [undefined, undefined],
    });
  });

  it('takes marks of unsigned values by old writers', async () => {
    const columns = [
      { ...COLUMNS[0], zero: '9223372036854775807' },
      { ...COLUMNS[1], zero: '32678' },
    ];
    expect(await read(zfitsFile({ ...TABLE, columns }))).to.deep.equal(EXPECTED);
  });

  it('refuses data that differ from their checksum, before the last tile', async () => {
    const at = tileAt(file) + 16 + 12 + 3;
    const error = await errorOf(read(changed(file, at, 1)));
    expect(error).to.include({ code: 'ZFITS_CHECKSUM', isRecoverable: false, table: 'Events' });
    expect(error.message).to.match(/DATASUM is \d+, but the data have \d+/);
  });

  it('refuses a header that differs from its checksum, in files that have one', async function () {
    skipWithoutTestData.call(this);
    const original = new Uint8Array(
      readFileSync(inTestData('data', 'zfits', 'lst_r1v1', 'LST-1.1.Run02008.0000.fits.fz')),
    );
    const { tables } = await open(original);
    for (const table of tables) {
      const { headerOffset, dataOffset } = table.hdu;
      const comment = Buffer.from(original.buffer).indexOf('/ Institution', headerOffset);
      expect(comment).to.be.within(headerOffset, dataOffset);
      const edited = await open(changed(original, comment + 2, 1));
      const error = await errorOf(valuesOf(edited.table(table.name) ?? table));
      expect(error).to.include({ code: 'ZFITS_CHECKSUM', table: table.name, offset: headerOffset });
      expect(error.message).to.include('CHECKSUM is wrong, although DATASUM is right: the header was changed');
      await valuesOf(table);
    }
  });

  it('yields the complete tiles of a truncated file', async () => {
    const second = tileAt(file, 1);
    for (const [length, nTiles] of [
      [second + 30, 1],
      [second + 5, 1],
      [second, 1],
      [second - 1, 0],
    ]) {
      const { tables } = await open(file.subarray(0, length));
      let found = 0;
      const error = await errorOf(
        (async () => {
          for await (const each of tables[0].tiles()) found += each.nRows / 2;
        })(),
      );
      expect(error, String(length)).to.include({ code: 'ZFITS_TRUNCATED', isRecoverable: true });
      expect(found).to.equal(nTiles);
    }
  });

  it('refuses catalogues and headers that contradict the tiles', async () => {
    const cases: readonly [Uint8Array, string][] = [
      [changed(file, tileAt(file) - 64 + 7, 99), 'the catalogue has'],
      [changed(file, tileAt(file) + 4, 5), 'more than 4 messages'],
      [changed(file, tileAt(file) + 4, 0), 'a tile without messages'],
      [changed(file, tileAt(file), 0), 'expected the begin of a tile, 54 49 4c 45, found 00 49 4c 45'],
      [changed(file, tileAt(file) + 16, 255), 'which exceeds its tile'],
      [zfitsFile({ ...TABLE, cards: { ZNAXIS2: "'x'" } }), 'ZNAXIS2 is x, expected an integer'],
      [zfitsFile({ ...TABLE, cards: { ZFORM1: "'K1'" } }), 'ZFORM1 is "K1"'],
    ];
    for (const [bytes, message] of cases) {
      const error = await errorOf(read(bytes));
      expect(error.message).to.include(message);
      expect(CherenkitError.is(error) && error.code, message).to.equal('ZFITS_CORRUPT');
    }
  });

  it('refuses other FITS files, and other files', async () => {
    const other = await errorOf(open(zfitsFile({ ...TABLE, cards: { ZTABLE: 'F' } })));
    expect(other).to.include({ code: 'ZFITS_NO_TABLE' });
    expect(other.message).to.include('it has PRIMARY, Events');
    expect(await errorOf(open(new Uint8Array(5000)))).to.include({ code: 'FITS_CORRUPT' });
  });

  it('decodes Huffman streams value by value, also of odd lengths', async () => {
    const content = counted(Uint8Array.of(1, 2, 3), Uint8Array.of(4), Uint8Array.of(5, 6), new Uint8Array(0));
    const words = new Uint16Array(joined(content, new Uint8Array(content.length % 2)).buffer);
    const column = { name: 'pixel_status', id: '12', form: '3B' };
    const built = zfitsFile({
      ...TABLE,
      columns: [column],
      tiles: [{ nRows: 4, blocks: [block([2], huffmanBlock(words))] }],
    });
    expect(await read(built)).to.deep.equal({ pixel_status: [[1, 2, 3], [4], [5, 6], []] });
  });

  it('refuses values that do not fit their block', async () => {
    const one = (content: Uint8Array): Uint8Array =>
      zfitsFile({ ...TABLE, columns: [COLUMNS[1]], tiles: [{ nRows: 1, blocks: [block([0], content)] }] });
    const cases: readonly [Uint8Array, string][] = [
      [bytesOf(Int32Array.of(8)), 'the block ends 8 bytes too early'],
      [joined(bytesOf(Int32Array.of(3)), new Uint8Array(3)), 'a value of 3 bytes, expected a multiple of 2'],
      [joined(counted(Uint16Array.of(1)), new Uint8Array(4)), '4 bytes follow the last value'],
    ];
    for (const [content, message] of cases) {
      const error = await errorOf(read(one(content)));
      expect(error).to.include({ code: 'ZFITS_CORRUPT' });
      expect(error.message).to.include(`column waveform of messages 0 to 0: ${message}`);
    }
    // A negative length marks packed values of old writers.
    expect(await read(one(joined(bytesOf(Int32Array.of(-2)), bytesOf(Uint16Array.of(9)))))).to.deep.equal({
      waveform: [[9]],
    });
  });
});
