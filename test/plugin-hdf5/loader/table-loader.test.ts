import { angularSeparation, TableLoader } from 'cherenkit';
import { FileSink } from '@cherenkit/io/node';
import { Hdf5File, Hdf5Writer, readTable, writeTable } from '@cherenkit/plugin-hdf5';
import { columnFrom, type Table } from '@cherenkit/tables';
import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorOf } from '../../support/error-of.js';
import { inTestData, skipWithoutTestData } from '../../support/test-data.js';

const PATH = '/dl1/event/telescope/parameters/tel_002';
const TRIGGER = '/dl1/event/subarray/trigger';
const TELESCOPE_TRIGGER = '/dl1/event/telescope/trigger';

const reversed = (table: Table): Table =>
  table.take(Array.from({ length: table.nRows }, (_, i) => table.nRows - 1 - i));

describe('TableLoader', () => {
  const SOURCE = inTestData('reference', 'tables', 'merge_600_obs11.no_images.h5');
  let folder = '';

  before(skipWithoutTestData);

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'cherenkit-loader-'));
  });

  after(() => {
    if (folder !== '') rmSync(folder, { recursive: true });
  });

  /** Writes a copy of a file with some tables changed; without those for which the change gives undefined. */
  async function changed(changes: Readonly<Record<string, (table: Table) => Table | undefined>>): Promise<string> {
    const path = join(folder, 'changed.h5');
    const writer = new Hdf5Writer(new FileSink(path, { overwrite: true }));
    await using file = await Hdf5File.open(SOURCE);
    for (const each of await file.paths()) {
      const table = await readTable(file, each);
      const written = changes[each] ? changes[each](table) : table;
      if (written) writeTable(writer, each, written);
    }
    await writer.finish();
    return path;
  }

  const idsAndIntensities = (table: Table): unknown[] =>
    table
      .toRows()
      .map((row) => [row['obs_id'], row['event_id'], row['tel_id'], row['hillas_intensity'], row['true_energy']]);

  it('gives tables without rows for a file without events', async () => {
    await using loader = await TableLoader.open(inTestData('reference', 'gamma_diffuse_north_alpha_602.dl2.h5'));
    expect(loader.nEvents).to.equal(0);
    const events = await loader.readSubarrayEvents({ observationInfo: true });
    expect(events.nRows).to.equal(0);
    expect(events.names).to.include.members(['obs_id', 'event_id', 'time', 'tels_with_trigger']);
    expect((await loader.readTelescopeEvents()).names).to.include.members(['obs_id', 'event_id', 'tel_id']);
    expect((await loader.readTelescopeEventsByType()).size).to.equal(0);
    expect((await loader.readTelescopeEventsById({ telescopes: [1] })).size).to.equal(0);
    expect(loader.readTelescopeEventsChunked(10).length).to.equal(0);
  });

  it('matches rows by ids, whatever their order', async () => {
    await using expected = await TableLoader.open(SOURCE);
    const rows = idsAndIntensities(await expected.readTelescopeEvents());
    const path = await changed({
      [PATH]: reversed,
      '/dl1/event/telescope/parameters/tel_003': reversed,
      '/simulation/event/subarray/shower': reversed,
      [TELESCOPE_TRIGGER]: reversed,
    });
    await using loader = await TableLoader.open(path);
    expect(idsAndIntensities(await loader.readTelescopeEvents())).to.deep.equal(rows);
    const chunked = [];
    for await (const { data } of loader.readTelescopeEventsChunked(1)) chunked.push(...idsAndIntensities(data));
    expect(chunked).to.deep.equal(rows);
  });

  it('fills in missing values for events without row', async () => {
    const path = await changed({
      [PATH]: (table) => table.slice(1),
      '/dl1/event/telescope/parameters/tel_003': () => undefined,
    });
    await using loader = await TableLoader.open(path);
    const events = await loader.readTelescopeEvents();
    const missing = events.filter('morphology_n_pixels == -1');
    expect(new Set(missing.numbers('tel_id'))).to.deep.equal(new Set([2, 3]));
    expect(missing.evaluate('np.all(np.isnan(hillas_intensity))')).to.equal(true);
  });

  it('refuses rows with the same ids by name', async () => {
    const twice = (table: Table): Table => table.take([0, ...Array.from({ length: table.nRows }, (_, i) => i)]);
    for (const [place, method] of [
      [PATH, 'readTelescopeEvents'],
      [TRIGGER, 'readTelescopeEvents'],
      [TELESCOPE_TRIGGER, 'readTelescopeEventsById'],
      ['/simulation/event/subarray/shower', 'readSubarrayEvents'],
      ['/configuration/telescope/pointing/tel_002', 'readTelescopeEvents'],
      ['/configuration/observation/observation_block', 'readSubarrayEvents'],
    ] as const) {
      await using loader = await TableLoader.open(await changed({ [place]: twice }));
      const error = await errorOf(loader[method]({ observationInfo: true }));
      expect(error, place).to.include({ code: 'TABLE_KEY_DUPLICATE', exitCode: 65 });
      expect(error.message).to.include(place).and.to.include('obs_id');
    }
  });

  it('refuses telescope events without array event', async () => {
    await using loader = await TableLoader.open(await changed({ [TRIGGER]: (table) => table.slice(1) }));
    const error = await errorOf(loader.readTelescopeEvents());
    expect(error.message).to.match(
      /row 0 of .*telescope\/trigger \(obs_id \d+, event_id \d+, tel_id \d+\) has no array event/,
    );
  });

  it('reads chosen columns of array events with their ids, whether or not tables are in step', async () => {
    const columns = ['time', 'true_energy', 'HillasReconstructor_alt', 'subarray_pointing_lat', 'unknown'];
    const shower = '/simulation/event/subarray/shower';
    for (const path of [SOURCE, await changed({ [shower]: reversed })]) {
      await using loader = await TableLoader.open(path);
      const all = await loader.readSubarrayEvents({ observationInfo: true });
      const some = await loader.readSubarrayEvents({ observationInfo: true, columns });
      expect(some.names).to.have.members(['obs_id', 'event_id', ...columns.filter((name) => all.has(name))]);
      expect(some.nRows).to.be.greaterThan(0);
      expect(some.toRows()).to.deep.equal(all.select(...some.names).toRows());
      expect((await loader.readSubarrayEvents({ columns: [] })).names).to.deep.equal(['obs_id', 'event_id']);
    }
  });

  it('limits the range of array events to those of the file', async () => {
    await using loader = await TableLoader.open(SOURCE);
    expect((await loader.readSubarrayEvents({ start: 3, stop: 99 })).nRows).to.equal(1);
    expect((await loader.readTelescopeEvents({ start: 99 })).nRows).to.equal(0);
    expect(String(await errorOf(loader.readSubarrayEvents({ start: -1 })))).to.include('start: expected an index');
    expect(() => loader.readSubarrayEventsChunked(0)).to.throw(
      'chunkSize: expected an integer of at least 1, found 0.',
    );
  });

  it('takes the names of options in code and in ctapipe, and refuses others', async () => {
    await using loader = await TableLoader.open(SOURCE, { dl1_parameters: true } as object);
    const names = (await loader.readTelescopeEvents({ true_parameters: false, observation_info: true } as object))
      .names;
    const same = await loader.readTelescopeEvents({ trueParameters: false, observationInfo: true });
    expect(names).to.deep.equal(same.names).and.not.include('true_hillas_intensity');
    const mistakes: [options: object, message: string][] = [
      [{ dl1Image: true }, 'unknown option dl1Image; did you mean "dl1Images"?'],
      [{ dl1_image: true }, 'unknown option dl1Image; did you mean "dl1Images"?'],
      [{ nonsense: 1 }, 'unknown option nonsense; its options are telescopes, start, stop,'],
      [{ dl1Images: 'yes' }, 'dl1Images: expected true or false, found "yes".'],
      [
        { telescopes: 'LST_LST_LSTCam' },
        'telescopes: expected a list of ids, types or descriptions of telescopes, found',
      ],
      [{ start: 1.5 }, 'start: expected an index, an integer of at least 0, found 1.5.'],
      [{ start: '1' }, 'start: expected an index, an integer of at least 0, found "1".'],
      [{ stop: -1 }, 'stop: expected an index, an integer of at least 0, found -1.'],
      [[1, 2], 'expected an object with options, such as { telescopes: ... }, found [1, 2].'],
    ];
    const invalid = { code: 'OPTION_INVALID', exitCode: 2 };
    for (const [options, message] of mistakes) {
      for (const read of [
        loader.readTelescopeEvents(options),
        loader.readTelescopeEventsByType(options),
        loader.readTelescopeEventsById(options),
      ]) {
        const error = await errorOf(read);
        expect(error).to.include(invalid);
        expect(error.message.slice(0, 13 + message.length)).to.equal(`TableLoader: ${message}`);
      }
      expect(() => loader.readTelescopeEventsChunked(1, options)).to.throw(message);
    }
    expect(await errorOf(loader.readSubarrayEvents({ dl1Image: true } as object))).to.include(invalid);
    expect(() => loader.readSubarrayEventsChunked(1, { dl3: true } as object)).to.throw('unknown option dl3');
  });

  it('names a file that is closed', async () => {
    const loader = await TableLoader.open(SOURCE);
    await loader.close();
    expect(await errorOf(loader.readSubarrayEvents())).to.include({ code: 'INPUT_CLOSED', exitCode: 2 });
  });

  it('takes options as traits, by configuration or argument', async () => {
    const config = { TableLoader: { dl2: false, simulated: false } };
    await using loader = await TableLoader.open(SOURCE, { config, simulated: true });
    const { names } = await loader.readSubarrayEvents();
    expect(names).to.include('true_energy').and.not.to.include('HillasReconstructor_alt');
    expect((await loader.readSubarrayEvents({ dl2: true })).names).to.include('HillasReconstructor_alt');
  });

  it('interpolates measured pointings', async () => {
    await using source = await Hdf5File.open(SOURCE);
    const trigger = await readTable(source, TELESCOPE_TRIGGER);
    const ofOne = trigger.filter('tel_id == 2');
    const seconds = ofOne.evaluate('time.unix_tai') as Float64Array;
    const [first, last] = [Math.min(...seconds), Math.max(...seconds)];
    const path = join(folder, 'pointing.h5');
    const writer = new Hdf5Writer(new FileSink(path, { overwrite: true }));
    for (const each of await source.paths()) writeTable(writer, each, await readTable(source, each));
    const time = ofOne.column('time');
    const at = Uint32Array.of(Math.floor(first) - 100, 0, Math.ceil(last) + 100, 0);
    const pointing = ofOne
      .select('event_id')
      .take([0, 0])
      .withColumn('time', columnFrom('time', { ...time.header, values: at }))
      .withColumn('azimuth', { values: [6.2, 0.1], unit: 'rad' })
      .withColumn('altitude', { values: [1.2, 1.2], unit: 'rad' });
    writeTable(writer, '/dl0/monitoring/telescope/pointing/tel_002', pointing);
    await writer.finish();
    await using loader = await TableLoader.open(path);
    const events = await loader.readTelescopeEvents({ telescopes: [2] });
    const azimuths = events.numbers('telescope_pointing_azimuth', 'rad');
    expect(events.names.indexOf('telescope_pointing_altitude')).to.be.below(
      events.names.indexOf('telescope_pointing_azimuth'),
    );
    for (const azimuth of azimuths) expect(azimuth).to.be.within(6.2, 0.1 + 2 * Math.PI);
    const error = await errorOf(loader.readTelescopeEvents({ telescopes: [3] }));
    expect(error).to.have.property('code', 'HDF5_TABLE_MISSING');
  });

  it('prints the telescopes of array events', async () => {
    await using loader = await TableLoader.open(SOURCE);
    const events = await loader.readSubarrayEvents();
    expect(String(events.select('event_id', 'tels_with_trigger', 'event_type'))).to.match(/\d+ +\d+( \d+)+ +SUBARRAY/);
  });

  it('gives columns for angularSeparation', async () => {
    await using loader = await TableLoader.open(SOURCE);
    const events = await loader.readSubarrayEvents();
    const [az, alt] = [events.column('HillasReconstructor_az'), events.column('HillasReconstructor_alt')];
    const theta = angularSeparation(az, alt, events.column('true_az'), events.column('true_alt'));
    expect(theta.unit).to.equal('deg');
    for (const angle of theta.numbers('deg')) if (!Number.isNaN(angle)) expect(angle).to.be.within(0, 2);
    expect(() => angularSeparation(az, alt, az.slice(1, az.length), alt)).to.throw('expected four columns of 4 rows');
  });
});
