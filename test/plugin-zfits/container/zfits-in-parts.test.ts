import { byteSource, type ByteSource } from '@cherenkit/io';
import { ZfitsFile } from '@cherenkit/plugin-zfits/zfits';
import { expect } from 'chai';
import { errorOf } from '../../support/error-of.js';
import { block, counted, huffmanBlock, zfitsFile } from '../../support/zfits-builder.js';

const N_ROWS = 40;
const N_SAMPLES = 10_000;

/** Samples with so many symbols that their codes take more than 16 bits. */
const waveform = (row: number): Uint16Array =>
  Uint16Array.from({ length: N_SAMPLES - row }, (_, i) => ((i * 7919 + row * 104_729) % 9973) + (i % 3));

function bytesOfFile(longest = N_SAMPLES): Uint8Array {
  const values = counted(...Array.from({ length: N_ROWS }, (_, row) => waveform(row)));
  const words = new Uint16Array(values.buffer, values.byteOffset, values.length / 2);
  return zfitsFile({
    name: 'Events',
    message: 'R1v1.Event',
    columns: [{ name: 'waveform', id: '11', form: `${longest}I`, zero: '32768' }],
    tiles: [{ nRows: N_ROWS, blocks: [block([2], huffmanBlock(words))] }],
  });
}

/** Bytes whose reads are copies that can be freed, as those of files are; the largest read is kept. */
function countingSource(bytes: Uint8Array): { readonly source: ByteSource; readonly largest: () => number } {
  let largest = 0;
  const read = (offset: number, length: number): Promise<Uint8Array> => {
    largest = Math.max(largest, length);
    return Promise.resolve(new Uint8Array(bytes.subarray(offset, offset + length)));
  };
  return {
    source: byteSource({ name: 'large.fits.fz', size: bytes.length, stream: () => [bytes], read }),
    largest: () => largest,
  };
}

async function waveformsOf(source: ByteSource, inParts: boolean): Promise<unknown[]> {
  const { tables } = await ZfitsFile.open(source);
  const found: unknown[] = [];
  for await (const tile of tables[0].tiles({ inParts })) {
    const next = await tile.open(tables[0].columns[0]);
    for (let row = 0; row < tile.nRows; row++) {
      await tile.prepareRow();
      found.push(next?.());
    }
  }
  return found;
}

describe('zfits tables in parts', () => {
  const bytes = bytesOfFile();
  const expected = Array.from({ length: N_ROWS }, (_, row) => waveform(row));

  it('have the same values, and never hold a large block', async () => {
    const [whole, inParts] = [countingSource(bytes), countingSource(bytes)];
    expect(await waveformsOf(whole.source, false)).to.deep.equal(expected);
    expect(await waveformsOf(inParts.source, true)).to.deep.equal(expected);
    expect(whole.largest()).to.be.greaterThan(2 ** 19);
    expect(inParts.largest()).to.be.at.most(2 ** 18);
  });

  it('are refused if a value is longer than the header says', async () => {
    const { source } = countingSource(bytesOfFile(1000));
    const error = await errorOf(waveformsOf(source, true));
    expect(error).to.have.property('code', 'ZFITS_CORRUPT');
  });

  it('are refused if data are damaged', async () => {
    const damaged = bytes.slice();
    damaged[damaged.length - 100_000] ^= 0x10;
    const error = await errorOf(waveformsOf(countingSource(damaged).source, true));
    expect(error)
      .to.have.property('code')
      .that.matches(/^ZFITS_(?:CORRUPT|CHECKSUM)$/);
  });
});
