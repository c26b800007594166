import type { AtmosphereDensityProfile } from '@cherenkit/core';
import { expect } from 'chai';

import { readCheckedIn } from '../../support/ctapipe-reference.js';
import { skipWithoutTestData } from '../../support/test-data.js';
import { openSimtel } from '../../support/open-simtel.js';

type Quantity = 'density' | 'overburden' | 'height' | 'slant_depth' | 'height_from_slant_depth';
type Choice = 'TABLE' | 'FIVELAYER';

interface ProfileReference {
  file: string;
  heights: number[];
  depths: number[];
  zenith: number;
  choices: Record<Choice, Record<Quantity, (number | null)[]>>;
}

const { file, heights, depths, zenith, choices } = readCheckedIn('atmosphere-profile.json') as ProfileReference;

/** Rounding of splines and layers, whose lengths are in centimetres in ctapipe and in metres here. */
const RELATIVE_TOLERANCE = 1e-9;

function valuesOf(profile: AtmosphereDensityProfile): Record<Quantity, number[]> {
  return {
    density: heights.map((height) => profile.density(height)),
    overburden: heights.map((height) => profile.overburden(height)),
    height: depths.map((depth) => profile.heightFromOverburden(depth)),
    slant_depth: heights.map((height) => profile.slantDepthFromHeight(height, zenith)),
    height_from_slant_depth: depths.map((depth) => profile.heightFromSlantDepth(depth, zenith)),
  };
}

describe('the atmosphere profile of a simulation', function () {
  before(skipWithoutTestData);

  for (const choice of ['TABLE', 'FIVELAYER'] as const) {
    it(`has ctapipe's density, overburden and slant depth (${choice})`, async () => {
      await using source = await openSimtel(file, { atmosphereProfileChoice: choice });
      const profile = source.run.atmosphereDensityProfile;
      if (profile === undefined) throw new Error(`${file} has no atmosphere`);
      for (const [quantity, values] of Object.entries(valuesOf(profile))) {
        values.forEach((value, i) => {
          const expected = choices[choice][quantity as Quantity][i];
          if (expected === null) expect(Number.isFinite(value), `${quantity} ${i}`).to.equal(false);
          else expect(Math.abs(value / expected - 1), `${quantity} ${i}`).to.be.at.most(RELATIVE_TOLERANCE);
        });
      }
    });
  }
});
