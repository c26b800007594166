import { radians, ShowerLikelihood, TemplateLibrary, type TemplateImage } from '@cherenkit/kernels';
import { expect } from 'chai';
import fc from 'fast-check';

const AXES = { xMin: radians(-5), xMax: radians(1), nX: 4, yMin: radians(-1), yMax: radians(1), nY: 3 };

/** A library whose expectation is a function of the key, the same at all nodes. */
function libraryOf(keys: readonly number[][], value: (key: readonly number[]) => number): TemplateLibrary {
  const images = keys.map((key) => new Float32Array(AXES.nX * AXES.nY).fill(value(key)));
  return new TemplateLibrary({ axes: AXES, keys: Float64Array.from(keys.flat()), images });
}

/** The expectation of one pixel near the source. */
function expectedAt(templates: TemplateLibrary, [zenith, azimuth, energy, impact, depth]: readonly number[]): number {
  const image: TemplateImage = {
    x: impact,
    y: 0,
    peakX: 0.01,
    peakY: 0,
    pixelX: Float64Array.of(0.001),
    pixelY: Float64Array.of(0.002),
    charge: Float64Array.of(1),
    pedestalWidth: 1,
    speWidth: 0.5,
    templates,
  };
  // The depth does not depend on the height here: it is set by the column density.
  const overburden = (depth + 300 + 93 * Math.log10(energy)) * Math.cos(radians(zenith));
  const atmosphere = { overburden: () => overburden };
  const site = { zenith: radians(zenith), azimuth: radians(azimuth), height: 2000, atmosphere };
  return new ShowerLikelihood([image], site).expected(Float64Array.of(0, 0, 0, 0, energy, 1))[0][0];
}

const GRID = [0.1, 1, 10].flatMap((energy) =>
  [0, 100, 300].flatMap((impact) => [-100, 0, 200].map((depth) => [20, 0, energy, impact, depth])),
);
const linear = ([, , energy, impact, depth]: readonly number[]): number => 10 + energy + impact / 10 + depth / 50;
const inside = fc.tuple(
  fc.double({ min: 0.1, max: 10, noNaN: true }),
  fc.double({ min: 1, max: 300, noNaN: true }),
  fc.double({ min: -100, max: 200, noNaN: true }),
);

describe('TemplateLibrary', () => {
  it('interpolates linearly on a grid, whatever the order of the templates', () => {
    const shuffled = GRID.map((_, i) => GRID[(i * 5) % GRID.length]);
    for (const library of [libraryOf(GRID, linear), libraryOf(shuffled, linear)]) {
      fc.assert(
        fc.property(inside, ([energy, impact, depth]) => {
          const key = [20, 0, energy, impact, depth];
          expect(expectedAt(library, key)).to.be.closeTo(linear(key), 1e-4);
        }),
        { numRuns: 50 },
      );
    }
  });

  it('interpolates between the remaining nodes of a grid with gaps', () => {
    const steps = (values: readonly number[], value: number): number => values.indexOf(value);
    const inSteps = (key: readonly number[]): number =>
      1 + steps([0.1, 1, 10], key[2]) + 2 * steps([0, 100, 300], key[3]) + 3 * steps([-100, 0, 200], key[4]);
    const library = libraryOf(
      GRID.filter((_, i) => i !== 13 && i !== 4),
      inSteps,
    );
    expect(expectedAt(library, [20, 0, 1, 100, 0])).to.be.closeTo(1 + 1 + 2 + 3, 1e-3);
    expect(expectedAt(library, [20, 0, 0.55, 50, 100])).to.be.closeTo(1 + 0.5 + 1 + 4.5, 1e-3);
  });

  it('interpolates linearly between scattered templates', () => {
    const random = fc.sample(inside, { numRuns: 60, seed: 7 });
    const keys = [
      ...GRID.filter((_, i) => [0, 2, 6, 8, 18, 20, 24, 26].includes(i)),
      ...random.map((key) => [20, 0, ...key]),
    ];
    const library = libraryOf(keys, linear);
    fc.assert(
      fc.property(inside, ([energy, impact, depth]) => {
        const key = [20, 0, energy, impact, depth];
        expect(expectedAt(library, key)).to.be.closeTo(linear(key), 1e-3);
      }),
      { numRuns: 100 },
    );
  });

  it('takes the nearest values outside of the templates', () => {
    const scattered = GRID.map(([zenith, azimuth, ...key], i) => [
      zenith,
      azimuth,
      ...key.map((v, j) => v + 1e-3 * ((i * (j + 3)) % 7)),
    ]);
    for (const keys of [GRID, scattered]) {
      const library = libraryOf(keys, linear);
      expect(expectedAt(library, [20, 0, 40, 100, 0])).to.be.closeTo(linear([20, 0, 10, 100, 0]), 1);
      expect(expectedAt(library, [20, 0, 1, 5000, 0])).to.be.closeTo(linear([20, 0, 1, 300, 0]), 1);
      expect(expectedAt(library, [20, 0, 0.001, 100, -149])).to.be.closeTo(linear([20, 0, 0.1, 100, -100]), 1);
    }
  });

  it('interpolates between zenith angles, and between azimuths across north', () => {
    const keys = [20, 40].flatMap((zenith) =>
      [0, 90, 270].flatMap((azimuth) => GRID.map((key) => [zenith, azimuth, ...key.slice(2)])),
    );
    const library = libraryOf(keys, ([zenith, azimuth]) => zenith + azimuth / 10);
    const at = (zenith: number, azimuth: number): number => expectedAt(library, [zenith, azimuth, 1, 100, 0]);
    expect(at(20, 0)).to.be.closeTo(20, 1e-4);
    expect(at(30, 45)).to.be.closeTo(30 + 4.5, 1e-4);
    expect(at(60, 90)).to.be.closeTo(40 + 9, 1e-4);
    expect(at(5, 90)).to.be.closeTo(20 + 9, 1e-4);
    expect(at(20, 315)).to.be.closeTo(20 + 13.5, 1e-4); // halfway between 270 and 360
    expect(at(20, 180)).to.be.closeTo(20 + 18, 1e-4);
  });

  it('refuses keys that it cannot interpolate', () => {
    expect(() => libraryOf([[20, 0, 1, 100, 0], [20, 0, 1, 100, 0]], linear)).to.throw(RangeError); // prettier-ignore
    expect(() => libraryOf([[20, 0, NaN, 100, 0]], linear)).to.throw(RangeError, 'not finite');
    const images = [new Float32Array(3)];
    const keys = Float64Array.of(20, 0, 1, 100, 0);
    expect(() => new TemplateLibrary({ axes: AXES, keys, images })).to.throw(RangeError, '3 nodes, expected 12');
    const simplices = Int32Array.of(0, 1, 2, 99);
    const all = { axes: AXES, keys: Float64Array.from(GRID.flat()), images: GRID.map(() => new Float32Array(12)) };
    expect(() => new TemplateLibrary({ ...all, simplices })).to.throw(RangeError, 'the corner 99');
  });
});
