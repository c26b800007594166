import { readFileSync } from 'node:fs';
import { chunksOfDuration, chunksOfSize, durationAroundChunk, rowsAroundChunk } from '@cherenkit/kernels';
import type { LastChunkPolicy } from '@cherenkit/kernels';
import { expect } from 'chai';
import fc from 'fast-check';
import { inTestData, skipWithoutTestData } from '../../support/test-data.js';

interface Reference {
  readonly seconds: readonly number[];
  readonly chunks: readonly {
    readonly type: string;
    readonly chunk_size?: number | null;
    readonly chunk_duration?: string;
    readonly chunk_shift: number | string | null;
    readonly policy: LastChunkPolicy;
    readonly first_last: readonly (readonly [number, number])[] | string;
  }[];
}

describe('chunks', () => {
  describe('of ctapipe', () => {
    before(skipWithoutTestData);

    it('are the same', () => {
      const path = inTestData('reference', 'monitoring', 'chunks.json');
      const reference = JSON.parse(readFileSync(path, 'utf8')) as Reference;
      const seconds = Float64Array.from(reference.seconds);
      let compared = 0;
      for (const { type, chunk_size, chunk_duration, chunk_shift, policy, first_last } of reference.chunks) {
        const size = type === 'SizeChunking' ? chunk_size : parseFloat(chunk_duration ?? '');
        // Without a size, all rows are one chunk. ctapipe fails for durations that are too long.
        if (size === null || size === undefined || typeof first_last === 'string') continue;
        const options = { size, shift: parseFloat(String(chunk_shift)) || size, lastChunk: policy };
        const found =
          type === 'SizeChunking' ? chunksOfSize(seconds.length, options) : chunksOfDuration(seconds, options);
        const firstAndLast = found.map(([start, end]) => [start, end - 1]);
        expect(firstAndLast, JSON.stringify({ type, ...options })).to.deep.equal(first_last);
        compared++;
      }
      expect(compared).to.be.at.least(27);
    });
  });

  it('of a size have all rows in order, and that size', () => {
    const sizes = fc.integer({ min: 1, max: 20 });
    fc.assert(
      fc.property(sizes, sizes, fc.nat(60), fc.constantFrom('overlap', 'truncate'), (size, shift, more, lastChunk) => {
        fc.pre(shift <= size);
        const nRows = size + more;
        const chunks = chunksOfSize(nRows, { size, shift, lastChunk });
        const covered = new Set(
          chunks.flatMap(([start, end]) => Array.from({ length: end - start }, (_, i) => start + i)),
        );
        expect(covered.size).to.equal(nRows);
        expect(Math.max(...covered)).to.equal(nRows - 1);
        if (lastChunk === 'overlap') for (const [start, end] of chunks) expect(end - start).to.equal(size);
      }),
    );
  });

  it('of a duration have all rows, and are not longer', () => {
    const gaps = fc.array(fc.double({ min: 0.01, max: 5, noNaN: true }), { minLength: 20, maxLength: 60 });
    fc.assert(
      fc.property(gaps, fc.constantFrom('overlap', 'truncate'), (steps, lastChunk) => {
        let time = 1.6e9;
        const seconds = Float64Array.from(steps, (step) => (time += step));
        const size = (seconds[seconds.length - 1] - seconds[0]) / 4.3;
        const chunks = chunksOfDuration(seconds, { size, shift: size, lastChunk });
        const covered = new Set(
          chunks.flatMap(([start, end]) => Array.from({ length: end - start }, (_, i) => start + i)),
        );
        expect(covered.size).to.equal(seconds.length);
        for (const [start, end] of chunks) expect(seconds[end - 1] - seconds[start]).to.be.at.most(size + 1e-5);
      }),
    );
  });

  it('around a faulty one reach from the chunk before to the one after', () => {
    // 40 rows in chunks of 8, shifted by 2
    const options = { size: 8, shift: 2 };
    expect(rowsAroundChunk(40, 2, false, options)).to.deep.equal([10, 31]);
    expect(rowsAroundChunk(40, 2, true, options)).to.deep.equal([18, 31]);
    expect(rowsAroundChunk(40, 0, false, options)).to.deep.equal([2, 15]);
    expect(rowsAroundChunk(40, 4, true, options)).to.equal(undefined);
    const seconds = Float64Array.from({ length: 41 }, (_, i) => 100 + i);
    expect(durationAroundChunk(seconds, 2, false, options)).to.deep.equal([10, 31]);
    expect(durationAroundChunk(seconds, 4, true, options)).to.equal(undefined);
  });
});
