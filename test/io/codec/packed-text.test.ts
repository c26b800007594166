import { fromBase64, packText, toBase64, unpackText } from '@cherenkit/io';
import { expect } from 'chai';
import fc from 'fast-check';

describe('packText', () => {
  it('gives a text that unpackText converts back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 2000 }), async (text) => {
        expect(await unpackText(await packText(text))).to.equal(text);
      }),
    );
  });

  it('converts bytes to base64 and back, also more than a function takes arguments', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(toBase64(bytes)).to.equal(Buffer.from(bytes).toString('base64'));
        expect(fromBase64(toBase64(bytes))).to.deep.equal(bytes);
      }),
    );
    const many = Uint8Array.from({ length: 300_000 }, (_, i) => i % 251);
    expect(fromBase64(toBase64(many))).to.deep.equal(many);
  });

  it('rejects damaged text', async () => {
    const rejected = await unpackText('AAAA').then(
      () => false,
      () => true,
    );
    expect(rejected).to.equal(true);
  });
});
