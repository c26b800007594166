import { nameSome, printable, printableLines } from '@cherenkit/errors';
import { expect } from 'chai';
import fc from 'fast-check';

describe('printable', () => {
  it('escapes control characters, line breaks, separators and reversed text', () => {
    expect(printable('a\x1b[2Jb\r\nc\x9b0m\x7f\u2028\u202e')).to.equal('a\\x1b[2Jb\\r\\nc\\x9b0m\\x7f\\u2028\\u202e');
    expect(printable('\u{e0001}')).to.equal('\\u{e0001}');
  });

  it('keeps other text', () => {
    for (const text of ['', 'Größe\t5 m²', '望遠鏡', 'a\\nb']) expect(printable(text)).to.equal(text);
  });

  it('contains no control character and is one line, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(printable(text)).to.not.match(/(?!\t)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(printable(printable(text))).to.equal(printable(text));
        expect(printableLines(text).split('\n')).to.deep.equal(text.split('\n').map(printable));
      }),
    );
  });
});

describe('nameSome', () => {
  it('names at most ten of a thousand', () => {
    expect(nameSome([1, 2])).to.equal('1, 2');
    expect(nameSome(Array(1000).keys())).to.equal('0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 990 more');
  });
});
