import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { altAzToEquatorial, degrees, radians } from '@cherenkit/kernels';
import { FitsFile } from '@cherenkit/plugin-fits';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { ctapipePython, skipWithoutCtapipeOrTestData } from '../support/ctapipe-python.js';
import { cherenkit } from '../support/run-command.js';
import { inTestData, skipWithoutTestData } from '../support/test-data.js';

const reference = (name: string): string => inTestData('reference', 'irf', name);
const gammas = reference('gamma_point.dl2.h5');
const selection = ['--cuts', reference('point_like.cuts.fits.gz'), '--irf', reference('point_like.irf.fits.gz')];

/** Functions that change the tables of an HDF5 file, with PyTables. */
const CHANGE_TABLES = `
import sys, numpy as np, tables
from astropy.coordinates import AltAz, SkyCoord
from astropy.time import Time
from astropy.utils import iers
from ctapipe.instrument import SubarrayDescription

iers.conf.auto_download, iers.conf.auto_max_age, iers.conf.iers_degraded_accuracy = False, None, "ignore"
location = SubarrayDescription.from_hdf(sys.argv[1]).reference_location
h5 = tables.open_file(sys.argv[1], "r+")

def track(ra, dec, minutes=30, step=0):
    """Pointings of telescope 1 that follow a place in the sky, which moves by 'step' deg after five minutes."""
    seconds = h5.root.dl1.event.subarray.trigger.col("time")[:, 0].astype(float)
    start = seconds.min() - 10
    rows = np.zeros(minutes + 1, dtype=[("time", "<u4", (2,)), ("azimuth", "<f8"), ("altitude", "<f8")])
    for i in range(minutes + 1):
        time = start + 60 * i
        sky = SkyCoord(ra + (step if i > 5 else 0), dec, unit="deg", frame="icrs")
        at = sky.transform_to(AltAz(obstime=Time(time, format="unix_tai"), location=location))
        rows[i] = ((int(time), 0), at.az.rad, at.alt.rad)
    table = h5.create_table("/dl0/monitoring/telescope/pointing", "tel_001", rows, createparents=True)
    for name, value in [("TRANSFORM", "time"), ("TIME_FORMAT", "ctao_high_res"), ("TIME_SCALE", "tai")]:
        table.attrs[f"CTAFIELD_0_{name}"] = value
    for i, name in enumerate(rows.dtype.names):
        table.attrs[f"CTAFIELD_{i}_NAME"] = name
    for i in (1, 2):
        table.attrs[f"CTAFIELD_{i}_UNIT"] = "rad"

def block(lon, lat, frame):
    """Pointing of the observation blocks."""
    table = h5.root.configuration.observation.observation_block
    table.modify_column(column=np.full(len(table), lon), colname="subarray_pointing_lon")
    table.modify_column(column=np.full(len(table), lat), colname="subarray_pointing_lat")
    table.modify_column(column=np.full(len(table), frame), colname="subarray_pointing_frame")

def mode(pointing_mode):
    """Motion of the telescopes in the scheduling blocks."""
    table = h5.root.configuration.observation.scheduling_block
    table.modify_column(column=np.full(len(table), pointing_mode), colname="pointing_mode")

`;

describe('DL3 files', function () {
  this.timeout(60_000);
  before(skipWithoutTestData);

  it('contain events, intervals, pointing and responses, with the keywords of GADF', async () => {
    using folder = new TemporaryFolder();
    mkdirSync(folder.join('dl3'));
    const place = ['--pointing-ra', '83.6 deg', '--pointing-dec', '22 deg'];
    const time = ['--on-time', '1 h', '--dead-time-fraction', '0.02'];
    const args = ['create-dl3', gammas, ...selection, '-o', 'dl3', ...place, ...time, '--object', 'Crab'];
    const created = await cherenkit(args, folder.path);
    expect(created.exitCode, created.stderr).to.equal(0);
    expect(created.stderr).to.include('Defaults are written for --origin (organisation unknown), --telescope');
    await using file = await FitsFile.open(folder.join('dl3/dl3_00000101.fits.gz'));
    expect(file.hdus.map(({ name }) => name)).to.deep.equal([
      'PRIMARY',
      'EVENTS',
      'GTI',
      'POINTING',
      'EFFECTIVE AREA',
      'ENERGY DISPERSION',
      'PSF',
      'RAD_MAX',
      'BACKGROUND',
    ]);
    expect(await file.checksumProblems()).to.deep.equal([]);
    const events = await file.readTable('EVENTS');
    const times = events.numbers('TIME');
    expect(times.every((each, i) => i === 0 || each >= times[i - 1])).to.equal(true);
    const [start, stop] = [Number(events.meta['TSTART']), Number(events.meta['TSTOP'])];
    expect([stop - start, events.meta['ONTIME'], events.meta['LIVETIME']]).to.deep.equal([3600, 3600, 3528]);
    expect(events.meta).to.include({ OBS_ID: 101n, RADECSYS: 'ICRS', OBJECT: 'Crab', TIMESYS: 'TT', MJDREFI: 51544n });
    // The source is 0.5 deg off the pointing.
    const [ra, dec] = ['RA', 'DEC'].map((name) => events.numbers(name).slice().sort());
    const median = (sorted: Float64Array): number => sorted[Math.floor(sorted.length / 2)];
    const offset = Math.hypot((median(ra) - 83.6) * Math.cos(radians(22)), median(dec) - 22);
    expect(offset).to.be.closeTo(0.5, 0.03);
    // The first event, 2030-01-01T00:00:00 in TAI, is selected or one soon after.
    expect(start).to.be.within(946_728_032.184, 946_728_042.184);

    const indexed = await cherenkit(
      ['index-dl3', 'dl3/dl3_00000101.fits.gz', 'dl3/dl3_00000102.fits.gz', '-o', 'dl3'],
      folder.path,
    );
    expect(indexed.exitCode, indexed.stderr).to.equal(0);
    await using hduIndex = await FitsFile.open(folder.join('dl3/hdu-index.fits.gz'));
    const hdus = await hduIndex.readTable('HDU_INDEX');
    expect(hdus.filter('OBS_ID == 101').column('HDU_TYPE').values).to.deep.equal([
      'events',
      'gti',
      'aeff',
      'edisp',
      'psf',
      'rad_max',
      'bkg',
    ]);
    expect(hdus.column('HDU_CLASS').values.slice(2, 7)).to.deep.equal([
      'aeff_2d',
      'edisp_2d',
      'psf_table',
      'rad_max_2d',
      'bkg_2d',
    ]);
    await using obsIndex = await FitsFile.open(folder.join('dl3/obs-index.fits.gz'));
    const observations = await obsIndex.readTable('OBS_INDEX');
    expect(observations.numbers('RA_PNT')[0]).to.be.closeTo(83.6, 1e-9);
    expect(observations.nRows).to.equal(2);
  });

  it('of observed events have directions in the ICRS', async () => {
    using folder = new TemporaryFolder();
    const observed = ['merge', gammas, '--no-simulation', '-o', 'observed.dl2.h5'];
    expect((await cherenkit(observed, folder.path)).exitCode).to.equal(0);
    const created = await cherenkit(['create-dl3', 'observed.dl2.h5', ...selection], folder.path);
    expect(created.exitCode, created.stderr).to.equal(0);
    await using file = await FitsFile.open(folder.join('dl3_00000101.fits.gz'));
    const events = await file.readTable('EVENTS');
    const site = {
      lon: radians(Number(events.meta['GEOLON'])),
      lat: radians(Number(events.meta['GEOLAT'])),
      height: Number(events.meta['ALTITUDE']),
    };
    const [alt, az] = [events.numbers('ALT', 'rad')[7], events.numbers('AZ', 'rad')[7]];
    const { ra, dec } = altAzToEquatorial({ alt, az }, events.numbers('TIME')[7], site);
    expect(events.numbers('RA')[7]).to.be.closeTo(degrees(ra), 1e-6);
    expect(events.numbers('DEC')[7]).to.be.closeTo(degrees(dec), 1e-6);
  });

  describe('of observed events have the pointing', () => {
    /** Writes observed events with changed tables, and creates their event lists. */
    async function created(folder: TemporaryFolder, changes: string): Promise<Awaited<ReturnType<typeof cherenkit>>> {
      const observed = ['merge', gammas, '--no-simulation', '-o', 'observed.dl2.h5'];
      expect((await cherenkit(observed, folder.path)).exitCode).to.equal(0);
      folder.write('change.py', `${CHANGE_TABLES}\n${changes}\nh5.close()\n`);
      await ctapipePython(['change.py', 'observed.dl2.h5'], { cwd: folder.path });
      return await cherenkit(['create-dl3', 'observed.dl2.h5', ...selection, '--on-time', '1200 s'], folder.path);
    }

    async function headerOf(folder: TemporaryFolder) {
      await using file = await FitsFile.open(folder.join('dl3_00000101.fits.gz'));
      const { meta } = await file.readTable('EVENTS');
      return { meta, pointing: await file.readTable('POINTING') };
    }

    before(skipWithoutCtapipeOrTestData);

    it('that the telescopes measured, with a row per measurement', async () => {
      using folder = new TemporaryFolder();
      const { exitCode, stderr } = await created(folder, 'track(83.63, 22.01)');
      expect(exitCode, stderr).to.equal(0);
      const { meta, pointing } = await headerOf(folder);
      expect(meta['OBS_MODE']).to.equal('POINTING');
      expect(Number(meta['RA_PNT'])).to.be.closeTo(83.63, 0.01);
      expect(Number(meta['DEC_PNT'])).to.be.closeTo(22.01, 0.01);
      expect(pointing.nRows).to.be.within(19, 23); // one per minute
      const times = pointing.numbers('TIME');
      expect([times[0], times[times.length - 1]]).to.deep.equal([meta['TSTART'], meta['TSTOP']]);
      pointing.numbers('RA_PNT').forEach((ra) => expect(ra).to.be.closeTo(83.63, 0.02));
      const azimuths = pointing.numbers('AZ_PNT');
      expect(Math.abs(azimuths[0] - azimuths[azimuths.length - 1])).to.be.greaterThan(0.5);
    });

    it('and is refused if there are several in an observation, or none for some events', async () => {
      using folder = new TemporaryFolder();
      const moved = await created(folder, 'track(83.63, 22.01, step=1)');
      expect(moved.exitCode).to.equal(65);
      expect(moved.stderr).to.match(
        /Observation 101: the pointing moves by \d\.\d+ deg in the sky.*observation block of each/,
      );
      using other = new TemporaryFolder();
      const short = await created(other, 'track(83.63, 22.01, minutes=1)');
      expect(short.exitCode).to.equal(65);
      expect(short.stderr).to.match(/POINTING_OUT_OF_RANGE.*Observation 101: there is an event at .*Add the missing/s);
    });

    it('of the observation block in the ICRS, or that of telescopes that stand still', async () => {
      using folder = new TemporaryFolder();
      const tracked = await created(folder, 'block(83.63, 22.01, 1)');
      expect(tracked.exitCode, tracked.stderr).to.equal(0);
      const { meta } = await headerOf(folder);
      expect(meta['OBS_MODE']).to.equal('POINTING');
      expect(Number(meta['RA_PNT'])).to.be.closeTo(83.63, 1e-5);
      expect(Number(meta['DEC_PNT'])).to.be.closeTo(22.01, 1e-5);
      using other = new TemporaryFolder();
      const still = await created(other, 'mode(-1)');
      expect(still.stderr).to.match(
        /Observation 101: the pointing of the observation block is fixed .* moves by \d\.\d+ deg/,
      );
      const drift = (await headerOf(other)).meta;
      expect(drift['OBS_MODE']).to.equal('DRIFT');
      expect(Number(drift['ALT_PNT'])).to.be.closeTo(70, 1e-4);
    });
  });

  it('are indexed only if they are complete, once each, and below the index', async () => {
    using folder = new TemporaryFolder();
    expect((await cherenkit(['create-dl3', gammas, ...selection, '--on-time', '1 h'], folder.path)).exitCode).to.equal(
      0,
    );
    const of = async (...args: string[]) => cherenkit(['index-dl3', ...args], folder.path);
    const twice = await of('dl3_00000101.fits.gz', 'dl3_00000101.fits.gz', reference('point_like.irf.fits.gz'));
    expect(twice.exitCode).to.equal(65);
    expect(twice.stderr).to.match(
      /DL3_INVALID.*point_like\.irf\.fits\.gz: there is no event list.*observation 101 is in several files/s,
    );
    expect(twice.stderr).to.include('DL3_INVALID]:\n').and.not.include('\\n');
    const whole = readFileSync(folder.join('dl3_00000101.fits.gz'));
    for (const name of ['a', 'b']) writeFileSync(folder.join(`${name}.fits.gz`), whole.subarray(0, 5000));
    const damaged = await of('a.fits.gz', 'b.fits.gz');
    expect(damaged.stderr).to.match(
      /DL3_INVALID.*- .*a\.fits\.gz: .*- .*b\.fits\.gz: .*Copy or create the file again/s,
    );
    expect((await of('a.fits.gz')).stderr).to.match(/INPUT_TRUNCATED.*a\.fits\.gz: gzip data .*Copy or create/);
    expect((await of('hdu-index.fits.gz')).stderr).to.include('hdu-index.fits.gz is an index, expected DL3 files');
    expect((await of()).stderr).to.include('INPUT_NOT_NAMED');
    expect((await of('dl3_00000101.fits.gz', '-o', 'elsewhere')).stderr).to.include('is not below elsewhere');
  });
});
