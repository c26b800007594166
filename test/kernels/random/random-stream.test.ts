import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { logFactorial, philox4x32, RandomStream } from '@cherenkit/kernels';
import { REPOSITORY_ROOT } from '../../support/repository-root.js';

/** Written by make_random_reference.py. */
const reference = JSON.parse(readFileSync(join(REPOSITORY_ROOT, 'test', 'reference', 'random.json'), 'utf8')) as {
  chi_square_limits: number[];
  log_factorial: [number, number][];
  poisson: { mean: number; edges: number[]; probabilities: number[] }[];
  normal: { edges: number[]; probabilities: number[] };
};

/**
 * Draws 20 000 values into bins with these upper edges, the last one open, and compares by chi square.
 * The seeds are fixed, so that the result is reproducible.
 */
function expectDistribution(draw: () => number, edges: number[], probabilities: number[]): void {
  const n = 20_000;
  const counts = new Float64Array(edges.length + 1);
  for (let i = 0; i < n; i++) {
    const value = draw();
    const bin = edges.findIndex((edge) => value <= edge);
    counts[bin < 0 ? edges.length : bin]++;
  }
  const terms = Array.from(counts, (count, i) => (count - n * probabilities[i]) ** 2 / (n * probabilities[i]));
  const chiSquare = terms.reduce((total, term) => total + term, 0);
  expect(chiSquare).to.be.below(reference.chi_square_limits[terms.length]);
}

describe('philox4x32', () => {
  it('passes the known-answer tests of Random123', () => {
    // kat_vectors of the Random123 library: zeros, ones, digits of pi.
    for (const [counter, key, words] of [
      [[0, 0, 0, 0], [0, 0], '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
      [Array<number>(4).fill(0xffffffff), [0xffffffff, 0xffffffff], '408f276d 41c83b0e a20bc7c6 6d5451fd'],
      [
        [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
        [0xa4093822, 0x299f31d0],
        'd16cfe09 94fdcceb 5001e420 24126ea1',
      ],
    ] as const) {
      const found = new Uint32Array(4);
      philox4x32(Uint32Array.from(counter), key[0], key[1], found);
      expect(Array.from(found, (word) => word.toString(16).padStart(8, '0')).join(' ')).to.equal(words);
    }
  });
});

describe('logFactorial', () => {
  it('agrees with scipy', () => {
    // scipy uses the gamma function; both are accurate to a few bits.
    for (const [n, expected] of reference.log_factorial) {
      expect(logFactorial(n)).to.be.closeTo(expected, 1e-14 * Math.max(1, expected));
    }
  });
});

describe('RandomStream', () => {
  it('draws Poisson numbers with small and large mean', () => {
    for (const { mean, edges, probabilities } of reference.poisson) {
      const random = new RandomStream(1, 7);
      expectDistribution(() => random.poisson(mean), edges, probabilities);
    }
  });

  it('draws normal numbers', () => {
    const random = new RandomStream(2);
    const { edges, probabilities } = reference.normal;
    expectDistribution(() => random.normal(), edges, probabilities);
  });

  it('draws uniform and exponential numbers', () => {
    const random = new RandomStream(3);
    const edges = Array.from({ length: 19 }, (_, i) => (i + 1) / 20);
    const equal = new Array<number>(20).fill(1 / 20);
    expectDistribution(() => random.uniform(), edges, equal);
    const quantiles = edges.map((p) => -Math.log(1 - p));
    expectDistribution(() => random.exponential(), quantiles, equal);
  });

  it('depends on seed and name only, and differs for other seeds and names', () => {
    const draw = (seed: number, ...name: number[]) => {
      const random = new RandomStream(seed, ...name);
      return Array.from({ length: 6 }, () => random.uint32()).join();
    };
    expect(draw(5, 1, 2, 3)).to.equal(draw(5, 1, 2, 3));
    const others = [draw(5), draw(6), draw(5 + 2 ** 32), draw(5, 1), draw(5, 0, 1), draw(5, 0, 0, 1), draw(5, 1, 2, 3)];
    expect(new Set(others).size).to.equal(others.length);
  });

  it('rejects invalid seeds, names and means', () => {
    expect(() => new RandomStream(-1)).to.throw(RangeError, 'found -1');
    expect(() => new RandomStream(0.5)).to.throw(RangeError);
    expect(() => new RandomStream(1, 2 ** 32)).to.throw(RangeError);
    expect(() => new RandomStream(1, 1, 2, 3, 4)).to.throw(RangeError);
    expect(() => new RandomStream(1).poisson(-1)).to.throw(RangeError);
    expect(() => new RandomStream(1).poisson(NaN)).to.throw(RangeError);
    expect(new RandomStream(1).poisson(0)).to.equal(0);
  });
});
