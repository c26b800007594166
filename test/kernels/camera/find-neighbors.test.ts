import {
  borderPixelMask,
  buildPixelLookup,
  findNeighbors,
  nearestPixel,
  neighborMatrix,
  neighborRule,
  selectNeighbors,
  type NeighborRule,
} from '@cherenkit/kernels';
import { expect } from 'chai';
import fc from 'fast-check';

type Point = [number, number];

function lookupOf(points: Point[]): ReturnType<typeof buildPixelLookup> {
  return buildPixelLookup(
    Float64Array.from(points, ([x]) => x),
    Float64Array.from(points, ([, y]) => y),
  );
}

/** The definition, evaluated for each pair of pixels. */
function neighborsByDefinition(points: Point[], rule: NeighborRule): number[][] {
  return points.map(([x, y], i) => {
    const others = points
      .map(([otherX, otherY], j) => {
        const [dx, dy] = [x - otherX, y - otherY];
        return { j, distance: rule.norm === 1 ? Math.abs(dx) + Math.abs(dy) : Math.sqrt(dx * dx + dy * dy) };
      })
      .filter(({ j }) => j !== i)
      .sort((a, b) => a.distance - b.distance || a.j - b.j)
      .slice(0, rule.maxNeighbors);
    const limit = rule.reach * others[0].distance;
    return others
      .filter(({ distance }) => distance < limit)
      .map(({ j }) => j)
      .sort((a, b) => a - b);
  });
}

function rows({ offsets, indices }: { offsets: Int32Array; indices: Int32Array }): number[][] {
  return Array.from({ length: offsets.length - 1 }, (_, i) => [...indices.subarray(offsets[i], offsets[i + 1])]);
}

const coordinate = fc.double({ min: -2, max: 2, noNaN: true });
const scattered = fc.array(fc.tuple(coordinate, coordinate), { minLength: 2, maxLength: 60 });
const grid = fc
  .record({
    columns: fc.integer({ min: 1, max: 9 }),
    rows: fc.integer({ min: 2, max: 9 }),
    pitch: fc.double({ min: 1e-3, max: 10, noNaN: true }),
    shift: fc.constantFrom(0, 0.5),
    stretch: fc.constantFrom(1, Math.sqrt(3) / 2),
    shuffle: fc.integer(),
  })
  .map(({ columns, rows: nRows, pitch, shift, stretch, shuffle }) =>
    Array.from({ length: columns * nRows }, (_, i): Point => {
      const j = (i + Math.abs(shuffle)) % (columns * nRows);
      const row = Math.floor(j / columns);
      return [pitch * ((j % columns) + (row % 2) * shift), pitch * row * stretch];
    }),
  );
const anyRule = fc.constantFrom(
  neighborRule('hex', 'hexagon'),
  neighborRule('hex', 'square'),
  neighborRule('square', 'square'),
  neighborRule('square', 'square', true),
);

describe('findNeighbors', () => {
  it('agrees with the definition for any positions', () => {
    fc.assert(
      fc.property(fc.oneof(scattered, grid), anyRule, (points, rule) => {
        expect(rows(findNeighbors(lookupOf(points), rule))).to.deep.equal(neighborsByDefinition(points, rule));
      }),
      { numRuns: 400 },
    );
  });

  it('makes the only pixel of a camera its own neighbour, and supports cameras without pixels', () => {
    expect(rows(findNeighbors(lookupOf([[1, 2]]), neighborRule('square', 'square')))).to.deep.equal([[0]]);
    expect(rows(findNeighbors(lookupOf([]), neighborRule('square', 'square')))).to.deep.equal([]);
  });

  it('gives no neighbours to pixels at the same position', () => {
    const points: Point[] = [[0, 0], [0, 0], [0, 0]]; // prettier-ignore
    expect(rows(findNeighbors(lookupOf(points), neighborRule('hex', 'hexagon')))).to.deep.equal([[], [], []]);
  });

  it('rejects an irregular grid and coordinates of different lengths', () => {
    expect(() => neighborRule('irregular', 'circle')).to.throw(RangeError, 'irregular');
    expect(() => buildPixelLookup(new Float64Array(2), new Float64Array(3))).to.throw(RangeError, '2 x and 3 y');
  });

  it('takes linear time', () => {
    const side = 200;
    const points = Array.from({ length: side * side }, (_, i): Point => [i % side, Math.floor(i / side)]);
    const { offsets } = findNeighbors(lookupOf(points), neighborRule('square', 'square'));
    expect(offsets[side * side]).to.equal(4 * side * (side - 1));
  }).timeout(2000); // comparing 1.6e9 pairs would take longer
});

describe('neighborMatrix and selectNeighbors', () => {
  it('agree with the sparse rows', () => {
    fc.assert(
      fc.property(grid, fc.infiniteStream(fc.boolean()), (points, stream) => {
        const neighbors = findNeighbors(lookupOf(points), neighborRule('square', 'square'));
        const matrix = neighborMatrix(neighbors);
        const n = points.length;
        const sparse = rows(neighbors);
        expect(matrix.reduce((sum, entry) => sum + entry, 0)).to.equal(neighbors.indices.length);
        sparse.forEach((row, i) => row.forEach((j) => expect(matrix[i * n + j]).to.equal(1)));

        const mask = Uint8Array.from(points, () => (stream.next().value === true ? 1 : 0));
        const kept = points.map((_, i) => i).filter((i) => mask[i] === 1);
        const expected = kept.map((i) => sparse[i].filter((j) => mask[j] === 1).map((j) => kept.indexOf(j)));
        expect(rows(selectNeighbors(neighbors, mask))).to.deep.equal(expected);
      }),
    );
  });
});

describe('nearestPixel', () => {
  it('gives the nearest pixel, or -1 beyond the limit', () => {
    fc.assert(
      fc.property(
        scattered,
        coordinate,
        coordinate,
        fc.double({ min: 0, max: 3, noNaN: true }),
        (points, x, y, limit) => {
          const squares = points.map(([px, py]) => (px - x) * (px - x) + (py - y) * (py - y));
          const smallest = Math.min(...squares);
          const expected = smallest < limit * limit ? squares.indexOf(smallest) : -1;
          expect(nearestPixel(lookupOf(points), x, y, limit)).to.equal(expected);
        },
      ),
    );
  });
});

describe('borderPixelMask', () => {
  it('rejects a width below one', () => {
    const neighbors = findNeighbors(lookupOf([[0, 0], [1, 0]]), neighborRule('hex', 'hexagon')); // prettier-ignore
    expect(() => borderPixelMask(neighbors, 0)).to.throw(RangeError, 'found 0');
    expect(() => borderPixelMask(neighbors, 1.5)).to.throw(RangeError, 'found 1.5');
  });
});
