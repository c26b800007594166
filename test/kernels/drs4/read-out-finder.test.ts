import { NOT_READ, ScalarReadOutFinder, VectorReadOutFinder } from '@cherenkit/kernels';
import { expect } from 'chai';
import fc from 'fast-check';

const CAPACITY = 64;
const CHIPS = 3;

describe('ReadOutFinder', () => {
  it('finds the same read-outs in WebAssembly as in JavaScript', () => {
    const vector = VectorReadOutFinder.create(CHIPS, CAPACITY);
    const scalar = new ScalarReadOutFinder(CHIPS, CAPACITY);
    expect(vector).to.be.instanceOf(VectorReadOutFinder);
    // First cells near that of the read-out, of the channel before it, and anywhere.
    const cell = fc.oneof(
      fc.integer({ min: -45, max: 45 }),
      fc.integer({ min: -1090, max: -980 }),
      fc.integer({ min: 0, max: 4095 }),
      fc.constant(undefined),
    );
    fc.assert(
      fc.property(
        fc.array(cell, { minLength: CHIPS * CAPACITY, maxLength: CHIPS * CAPACITY, size: 'max' }),
        fc.integer({ min: 0, max: 4095 }),
        fc.nat(CHIPS - 1),
        fc.nat(CAPACITY - 1),
        fc.nat(CAPACITY),
        fc.boolean(),
        (distances, first, chip, newest, count, isEven) => {
          const cells = distances.map((each) => (each === undefined ? NOT_READ : (first + each + 8192) % 4096));
          const results = [scalar, vector ?? scalar].map((finder) => {
            finder.firstCells.set(cells);
            const nFound = finder.find(chip, newest, count, first, isEven);
            return [...finder.found.subarray(0, 3 * nFound)];
          });
          expect(results[1]).to.deep.equal(results[0]);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
