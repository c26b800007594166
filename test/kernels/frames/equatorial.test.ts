import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { altAzToEquatorial, angularSeparation, equatorialToAltAz, degrees, radians } from '@cherenkit/kernels';
import { expect } from 'chai';
import { REPOSITORY_ROOT } from '../../support/repository-root.js';

interface Direction {
  readonly seconds: number;
  readonly lon: number;
  readonly lat: number;
  readonly alt: number;
  readonly az: number;
  readonly ra: number;
  readonly dec: number;
}

describe('altAzToEquatorial', () => {
  it("is within 0.01 deg of astropy's ICRS, for several years and sites", () => {
    const file = join(REPOSITORY_ROOT, 'test/reference/equatorial.json');
    const directions = JSON.parse(readFileSync(file, 'utf8')) as Direction[];
    expect(directions.length).to.be.greaterThan(30);
    for (const { seconds, lon, lat, alt, az, ra, dec } of directions) {
      const site = { lon: radians(lon), lat: radians(lat), height: 2200 };
      const found = altAzToEquatorial({ alt: radians(alt), az: radians(az) }, seconds, site);
      expect(degrees(angularSeparation(found.ra, found.dec, radians(ra), radians(dec)))).to.be.lessThan(0.01);
      const back = equatorialToAltAz(found, seconds, site);
      expect(angularSeparation(back.az, back.alt, radians(az), radians(alt))).to.be.lessThan(1e-9);
    }
  });
});
