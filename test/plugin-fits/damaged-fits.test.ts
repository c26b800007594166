import { CherenkitError } from '@cherenkit/core';
import { FitsFile, fitsBytes } from '@cherenkit/plugin-fits';
import { columnFrom, Table } from '@cherenkit/tables';
import { expect } from 'chai';
import fc from 'fast-check';
import { errorOf } from '../support/error-of.js';

const BYTES = fitsBytes(
  new Table([
    columnFrom(
      'id',
      BigInt64Array.from({ length: 500 }, (_, i) => BigInt(i) << 32n),
    ),
    columnFrom('energy', { values: Float64Array.from({ length: 1500 }), shape: [3], unit: 'TeV' }),
    columnFrom(
      'name',
      Array.from({ length: 500 }, () => 'text'),
    ),
  ]),
  { name: 'EVENTS' },
);

async function readAll(bytes: Uint8Array): Promise<void> {
  await using file = await FitsFile.open(bytes);
  for (const { index, kind } of file.hdus) if (kind === 'table') await file.readTable(index);
  await file.checksumProblems();
}

/** Replaces the line of a keyword in the header of the table. */
function withCard(keyword: string, card: string, bytes = BYTES): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  const at = text.indexOf(`${keyword.padEnd(8)}=`, 2880);
  return Buffer.from(text.slice(0, at) + card.padEnd(80) + text.slice(at + 80), 'latin1');
}

describe('damaged FITS files', () => {
  it('are refused with an error that names the file and the place, never with another one', async () => {
    const damage = fc.array(
      fc.record({
        at: fc.nat(BYTES.length - 1),
        byte: fc.oneof(fc.constantFrom(...Buffer.from(" 019'-/EPQX")), fc.nat(255)),
      }),
      { maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(damage, fc.nat(2 * BYTES.length), async (changes, length) => {
        const bytes = BYTES.slice(0, length);
        for (const { at, byte } of changes) {
          // Most changes hit the headers.
          const place = at % 3 === 0 ? at : at % 5760;
          if (place < bytes.length) bytes[place] = byte;
        }
        try {
          await readAll(bytes);
        } catch (error) {
          expect(CherenkitError.is(error), String(error)).to.equal(true);
          expect((error as CherenkitError).code).to.be.oneOf([
            'FITS_CORRUPT',
            'FITS_UNSUPPORTED',
            'INPUT_TRUNCATED',
            'INPUT_CORRUPT',
          ]);
        }
      }),
      { numRuns: 500 },
    );
  });

  const corrupt: readonly (readonly [what: string, bytes: Uint8Array, message: RegExp])[] = [
    ['an empty file', new Uint8Array(0), /byte 0: the file is empty/],
    ['another format', Buffer.from('EventIO'.padEnd(2880)), /byte 0: this is not a FITS file/],
    ['a truncated header', BYTES.slice(0, 4000), /byte 2880: the header has no END/],
    [
      'truncated data',
      BYTES.slice(0, 9000),
      /EVENTS: byte 2880: the header declares 18000 bytes of data, but 3240 bytes follow/,
    ],
    ['a huge number of rows', withCard('NAXIS2', 'NAXIS2  = 1000000000000'), /declares 36000000000000 bytes/],
    [
      'rows beyond all numbers',
      withCard('NAXIS2', 'NAXIS2  = 99999999999999999999'),
      /NAXIS2 is .*expected an integer/,
    ],
    ['a negative size', withCard('NAXIS2', 'NAXIS2  = -1'), /NAXIS2 is "-1", expected an integer of at least 0/],
    [
      'columns beyond the row',
      withCard('TFORM2', "TFORM2  = '1000D   '"),
      /columns 1 to 2 need 8008 bytes, but rows have 36/,
    ],
    ['a missing type', withCard('TFORM2', 'COMMENT'), /TFORM2 is undefined/],
    ['two columns of one name', withCard('TTYPE2', "TTYPE2  = 'id      '"), /two columns are called "id"/],
    ['a wrong BITPIX', withCard('BITPIX', 'BITPIX  = 7'), /BITPIX is 7/],
    [
      'arrays outside the heap',
      withCard('TFORM1', "TFORM1  = 'PD(3)   '"),
      /column "id": byte \d+: the array of row 1 has 1 elements at byte 0 of 0 in the heap/,
    ],
  ];
  for (const [what, bytes, message] of corrupt) {
    it(`are described: ${what}`, async () => {
      const error = await errorOf(readAll(bytes));
      expect(error).to.include({ code: 'FITS_CORRUPT', exitCode: 65 });
      expect(error.message).to.match(message);
    });
  }

  it('with an unknown type are not supported', async () => {
    const error = await errorOf(readAll(withCard('TFORM2', "TFORM2  = '3Z      '")));
    expect(error).to.include({ code: 'FITS_UNSUPPORTED', exitCode: 65 });
  });

  it('fail their checksums', async () => {
    const bytes = BYTES.slice();
    bytes[bytes.length - 3000] ^= 1;
    await using file = await FitsFile.open(bytes);
    const problems = await file.checksumProblems();
    expect(problems).to.have.length(2);
    expect(problems[0]).to.match(/EVENTS: DATASUM is \d+, but the data have \d+/);
  });

  it('may lack padding at the end', async () => {
    await using file = await FitsFile.open(BYTES.slice(0, BYTES.length - 100));
    expect((await file.readTable('EVENTS')).nRows).to.equal(500);
  });
});
