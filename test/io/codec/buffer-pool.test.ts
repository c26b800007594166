import { expect } from 'chai';
import { BufferPool } from '@cherenkit/io';

describe('BufferPool', () => {
  it('returns buffers that were given back, of the same size only', () => {
    const pool = new BufferPool();
    const buffer = pool.take(100);
    pool.give(buffer);
    expect(pool.take(50)).to.have.length(50);
    expect(pool.take(100)).to.equal(buffer);
    expect(pool.take(100)).to.not.equal(buffer);
  });

  it('keeps a limited number of buffers of each size', () => {
    const pool = new BufferPool(1);
    const buffers = [pool.take(8), pool.take(8)];
    for (const buffer of buffers) pool.give(buffer);
    expect(pool.take(8)).to.equal(buffers[0]);
    expect(pool.take(8)).to.not.equal(buffers[1]);
  });
});
