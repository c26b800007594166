import {
  exponentialAtmosphere,
  heightFromSlantDepth,
  layeredAtmosphere,
  slantDepthFromHeight,
  tableAtmosphere,
  type Atmosphere,
} from '@cherenkit/kernels';
import { expect } from 'chai';
import fc from 'fast-check';

import { readCheckedIn } from '../../support/ctapipe-reference.js';

type Numbers = (number | null)[];
type Rows = Record<'density' | 'overburden' | 'slant_depth' | 'height' | 'height_from_slant_depth', Numbers>;

interface AtmosphereReference {
  heights: number[];
  overburdens: number[];
  zenith: number;
  points: [number[], number[], number[]];
  layers: [number, number, number, number, number][];
  table: Rows;
  exponential: Rows;
  five_layer: Rows;
}

const reference = readCheckedIn('atmosphere.json') as AtmosphereReference;
const { heights, overburdens, zenith } = reference;
const layers = reference.layers.map(([height, a, b, c]) => ({ height: height / 100, a, b, c: c / 100 }));

function expectAll(actual: number[], expected: Numbers, where: string): void {
  expected.forEach((value, i) => {
    if (value === null) expect(Number.isFinite(actual[i]), `${where} ${i}`).to.equal(false);
    else expect(Math.abs(actual[i] - value), `${where} ${i}`).to.be.at.most(1e-9 * Math.abs(value));
  });
}

const atmospheres: [string, Atmosphere, Rows][] = [
  ['tableAtmosphere', tableAtmosphere(...reference.points), reference.table],
  ['exponentialAtmosphere', exponentialAtmosphere(), reference.exponential],
  ['layeredAtmosphere', layeredAtmosphere(layers), reference.five_layer],
];

for (const [name, atmosphere, expected] of atmospheres) {
  describe(name, () => {
    it("gives ctapipe's density, overburden and heights", () => {
      expectAll(heights.map((height) => atmosphere.density(height)), expected.density, 'density'); // prettier-ignore
      expectAll(heights.map((height) => atmosphere.overburden(height)), expected.overburden, 'overburden'); // prettier-ignore
      const depths = heights.map((height) => slantDepthFromHeight(atmosphere, height, zenith));
      expectAll(depths, expected.slant_depth, 'slant depth');
      expectAll(overburdens.map((matter) => atmosphere.heightFromOverburden(matter)), expected.height, 'height'); // prettier-ignore
      const slant = overburdens.map((matter) => heightFromSlantDepth(atmosphere, matter, zenith));
      expectAll(slant, expected.height_from_slant_depth, 'height of slant depth');
    });

    it('inverts the slant depth', () => {
      fc.assert(
        fc.property(
          fc.double({ min: 100, max: 35000, noNaN: true }),
          fc.double({ min: 0, max: 1.2, noNaN: true }),
          (height, angle) => {
            const back = heightFromSlantDepth(atmosphere, slantDepthFromHeight(atmosphere, height, angle), angle);
            // 5 m: two splines through the same points; the layers of CORSIKA's model are not quite continuous.
            expect(back).to.be.closeTo(height, 5);
          },
        ),
      );
    });
  });
}
