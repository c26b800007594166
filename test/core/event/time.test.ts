import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { durationBetween, addDuration, NAN_TIME, timeFromUnix, toIsoUtc, toMjdTai, type Time } from '@cherenkit/core';
import { REPOSITORY_ROOT } from '../../support/repository-root.js';

/** Written by make_time_reference.py. */
const reference = JSON.parse(readFileSync(join(REPOSITORY_ROOT, 'test', 'reference', 'time.json'), 'utf8')) as {
  nan_time: [number, number];
  nan_mjd: number;
  cases: { unix: [number, number]; high_res: [number, number]; mjd: number; iso: string }[];
  leap_seconds: { high_res: [number, number]; iso: string }[];
};

const time = ([seconds, quarterNanoseconds]: [number, number]): Time => ({ seconds, quarterNanoseconds });

describe('Time', () => {
  it('is converted from Unix time exactly as by ctapipe', () => {
    expect(reference.cases).to.have.length.above(300);
    for (const { unix, high_res } of reference.cases) {
      expect(timeFromUnix(...unix), String(unix)).to.deep.equal(time(high_res));
    }
  });

  it('is converted to Modified Julian Date (TAI) and UTC as by astropy', () => {
    for (const { unix, high_res, mjd, iso } of reference.cases) {
      // One bit of a double at MJD 60000 is 7e-12 days; astropy sums in another order.
      expect(toMjdTai(time(high_res))).to.be.closeTo(mjd, 1.5e-11);
      // UTC before 1972 is accurate to a microsecond.
      const n = unix[0] < 63072000 ? 23 : undefined;
      expect(toIsoUtc(time(high_res)).slice(0, n)).to.equal(iso.slice(0, n));
    }
  });

  it('formats leap seconds as second 60', () => {
    expect(reference.leap_seconds).to.have.length(27);
    for (const { high_res, iso } of reference.leap_seconds) {
      expect(toIsoUtc(time(high_res))).to.equal(iso);
      expect(toIsoUtc({ ...time(high_res), seconds: high_res[0] + 1 }, 0)).to.match(/T00:00:00Z$/);
    }
  });

  it('has ctapipe’s sentinel for an unknown time', () => {
    expect(NAN_TIME).to.deep.equal(time(reference.nan_time));
    expect(toMjdTai(NAN_TIME)).to.equal(reference.nan_mjd);
    expect(timeFromUnix(-1e9)).to.deep.equal(NAN_TIME);
  });

  it('is continuous over leap seconds, normalizes fractions and is clamped to its range', () => {
    const seconds = fc.integer({ min: 63072000, max: 2 ** 32 - 100 });
    fc.assert(
      fc.property(seconds, fc.integer({ min: -4e9, max: 8e9 }), (unix, quarters) => {
        const start = timeFromUnix(unix);
        const end = addDuration(start, quarters / 4);
        expect(end.quarterNanoseconds).to.be.within(0, 4e9 - 1);
        expect(durationBetween(start, end) * 4).to.equal(quarters);
        expect(addDuration(end, -quarters / 4)).to.deep.equal(start);
        expect(timeFromUnix(unix + 3, -3e9)).to.deep.equal(start);
      }),
    );
    expect(timeFromUnix(1e10)).to.deep.equal({ seconds: 2 ** 32 - 1, quarterNanoseconds: 0 });
  });
});
