import { FitsFile } from '@cherenkit/plugin-fits';
import { expect } from 'chai';
import { errorOf } from '../support/error-of.js';

/** A file of one image. */
function imageFile(cards: Readonly<Record<string, string>>, data: Uint8Array): Uint8Array {
  const lines = Object.entries(cards).map(([name, value]) => `${name.padEnd(8)}= ${value}`.padEnd(80));
  const header = [...lines, 'END'.padEnd(80)].join('').padEnd(2880);
  const padding = new Uint8Array((2880 - (data.length % 2880)) % 2880);
  return new Uint8Array(Buffer.concat([Buffer.from(header, 'latin1'), data, padding]));
}

describe('FitsFile.readImage', () => {
  const cards = { SIMPLE: 'T', BITPIX: '16', NAXIS: '2', NAXIS1: '3', NAXIS2: '2' };
  const data = Uint8Array.of(0, 1, 255, 255, 1, 0, 0, 2, 0, 3, 128, 0);

  it('reads integers with their shape, the fastest axis last', async () => {
    await using file = await FitsFile.open(imageFile(cards, data));
    const { shape, values } = await file.readImage(0);
    expect(shape).to.deep.equal([2, 3]);
    expect(values).to.deep.equal(Int16Array.of(1, -1, 256, 2, 3, -32768));
  });

  it('applies BZERO and BSCALE', async () => {
    await using file = await FitsFile.open(imageFile({ ...cards, BZERO: '32768', BSCALE: '0.5' }, data));
    expect([...(await file.readImage('PRIMARY')).values]).to.deep.equal([
      32768.5, 32767.5, 32896, 32769, 32769.5, 16384,
    ]);
  });

  it('reads floats', async () => {
    const floats = Uint8Array.of(0x3f, 0x80, 0, 0, 0xc0, 0, 0, 0);
    const header = { SIMPLE: 'T', BITPIX: '-32', NAXIS: '1', NAXIS1: '2' };
    await using file = await FitsFile.open(imageFile(header, floats));
    expect((await file.readImage(0)).values).to.deep.equal(Float32Array.of(1, -2));
  });

  it('refuses types that are not supported', async () => {
    await using file = await FitsFile.open(imageFile({ ...cards, BITPIX: '64', NAXIS1: '1', NAXIS2: '1' }, data));
    expect(await errorOf(file.readImage(0))).to.include({ code: 'FITS_UNSUPPORTED' });
  });
});
