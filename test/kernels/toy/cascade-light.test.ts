import { expect } from 'chai';
import {
  overburdenAbove,
  altAzToCartesian,
  cascadeLight,
  electronCount,
  heightFromOverburden,
  depthOfMaximum,
  photonsOnMirror,
  cherenkovFraction,
  radians,
  refractivity,
  type Cascade,
} from '@cherenkit/kernels';

const SITE = 2150;

function cascade(energy: number, alt = 90): Cascade {
  return { energy, axis: altAzToCartesian({ alt: radians(alt), az: 0 }), core: { x: 0, y: 0, z: 0 }, start: 0 };
}

function photonsAt(distance: number, one: Cascade, area = 100): number {
  const light = cascadeLight(one, SITE);
  return photonsOnMirror(light, { x: 0, y: distance, z: 0 }, area, new Float64Array(light.nSteps));
}

describe('cascadeLight', () => {
  it('follows the number of electrons, with the maximum of the Greisen parametrization', () => {
    const maximum = depthOfMaximum(1);
    for (const off of [-3, -1, 1, 3]) {
      expect(electronCount(maximum + off, maximum)).to.be.below(electronCount(maximum, maximum));
    }
    expect(electronCount(0, maximum)).to.equal(0);
    const light = cascadeLight(cascade(1), SITE);
    const brightest = light.photons.indexOf(Math.max(...light.photons));
    const height = SITE + (light.along[brightest] + light.along[brightest + 1]) / 2;
    // The maximum is at about 340 g/cm2; below it a larger fraction of electrons radiates, and each radiates more.
    expect(overburdenAbove(height)).to.be.within(300, 420);
  });

  it('is emitted by a fraction of electrons that decreases with shower age and increases with air density', () => {
    for (const height of [2000, 8000, 15000]) {
      const parts = [0.5, 1, 1.5].map((age) => cherenkovFraction(age, refractivity(height)));
      expect(parts).to.deep.equal(parts.toSorted((a, b) => b - a));
      expect(parts[0]).to.be.below(1);
    }
    expect(cherenkovFraction(1, refractivity(2000))).to.be.above(cherenkovFraction(1, refractivity(15000)));
  });

  it('forms a light pool of nearly constant density with an edge at about 120 m', () => {
    const [near, inside, edge, outside, far] = [40, 80, 120, 200, 400].map((distance) =>
      photonsAt(distance, cascade(1)),
    );
    expect(inside / near).to.be.within(0.4, 1.1);
    expect(outside / edge).to.be.below(0.6);
    expect(far / outside).to.be.below(0.4);
    // About 100 photons per square metre and TeV: A. M. Hillas, Space Sci. Rev. 75 (1996) 17.
    expect(photonsAt(100, cascade(1), 1)).to.be.within(40, 250);
  });

  it('is proportional to the mirror area and slightly more than proportional to the energy', () => {
    expect(photonsAt(80, cascade(1), 200) / photonsAt(80, cascade(1), 100)).to.be.closeTo(2, 1e-12);
    expect(photonsAt(80, cascade(2)) / photonsAt(80, cascade(1))).to.be.within(2, 2.6);
  });

  it('extends along the axis from the top of the atmosphere to the ground', () => {
    const { along, nSteps } = cascadeLight(cascade(1, 50), SITE);
    expect(along[nSteps]).to.be.closeTo(0, 1e-6);
    for (let i = 0; i < nSteps; i++) expect(along[i + 1]).to.be.below(along[i]);
    expect(heightFromOverburden(overburdenAbove(7000))).to.be.closeTo(7000, 1e-6);
  });
});
