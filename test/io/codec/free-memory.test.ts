import { freeMemory } from '@cherenkit/io';
import { expect } from 'chai';

describe('freeMemory', () => {
  it('empties large arrays, where the engine can, and leaves small ones', () => {
    const [large, small] = [new Uint8Array(1_000_000), new Uint8Array(1000)];
    freeMemory(large.subarray(10));
    freeMemory(small);
    expect(large.length).to.equal('transfer' in ArrayBuffer.prototype ? 0 : 1_000_000);
    expect(small.length).to.equal(1000);
  });

  it('leaves memory that threads share', () => {
    const shared = new Uint8Array(new SharedArrayBuffer(1_000_000));
    freeMemory(shared);
    expect(shared.length).to.equal(1_000_000);
  });
});
