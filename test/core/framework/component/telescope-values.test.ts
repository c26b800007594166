import { expect } from 'chai';
import { TelescopeValues } from '@cherenkit/core';

describe('TelescopeValues', () => {
  const values = new TelescopeValues(
    new Map([
      [1, 'a'],
      [2, 'a'],
      [5, 'b'],
    ]),
  );

  it('returns the value of a telescope and throws for unknown telescopes', () => {
    expect(values.telIds).to.deep.equal([1, 2, 5]);
    expect([1, 2, 5].map((telId) => values.for(telId))).to.deep.equal(['a', 'a', 'b']);
    expect(() => values.for(3)).to.throw(RangeError, 'No value for telescope 3; there are values for 1, 2, 5.');
  });

  it('converts each distinct value once', () => {
    const seen: string[] = [];
    const made = values.map((value) => {
      seen.push(value);
      return { value };
    });
    expect(seen).to.deep.equal(['a', 'b']);
    expect(made.for(1)).to.equal(made.for(2));
    expect(made.for(5)).to.deep.equal({ value: 'b' });
  });

  it('supports undefined as a value', () => {
    expect(new TelescopeValues(new Map([[1, undefined]])).for(1)).to.equal(undefined);
  });
});
