import { readFileSync } from 'node:fs';
import { readTable, Hdf5File } from '@cherenkit/plugin-hdf5';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { expectSameTables } from '../support/compare-tables.js';
import { ctapipePython, skipWithoutCtapipeOrTestData } from '../support/ctapipe-python.js';
import { cherenkit } from '../support/run-command.js';
import { inTestData, skipWithoutTestData } from '../support/test-data.js';

const REFERENCE = (name: string): string => inTestData('reference', 'monitoring', name);
const CAMERA = '/dl1/monitoring/telescope/calibration/camera';

/** Flat fields and pedestals of two LSTs with two gain channels, and showers. */
const TOY = 'toymodel:?array=lst&calibration=24&events=2&seed=4';

describe('cherenkit calculate-pixel-statistics', function () {
  this.timeout(300_000);
  const folder = new TemporaryFolder();
  after(() => folder[Symbol.dispose]());

  const calculate = (...args: readonly string[]) => cherenkit(['calculate-pixel-statistics', ...args], folder.path);

  describe('of the reference files', () => {
    before(skipWithoutCtapipeOrTestData);

    for (const [name, input] of [
      ['clip', 'flatfield'],
      ['histogram', 'flatfield'],
      ['twopass', 'sky_pedestal'],
      ['two_gains', 'extracted_pedestals'],
    ]) {
      it(`writes the tables of ctapipe: ${name}`, async () => {
        const { exitCode, stderr } = await calculate(
          ...['-i', REFERENCE(`${input}.dl1.h5`), '-o', `${name}.h5`, '-c', REFERENCE(`${name}.yaml`)],
        );
        expect(exitCode, stderr).to.equal(0);
        await expectSameTables(REFERENCE(`${name}.h5`), folder.join(`${name}.h5`), []);
      });
    }

    it('writes the tables of ctapipe: two kinds of events in one file', async () => {
      for (const [input, ...flags] of [['flatfield'], ['sky_pedestal', '--append']]) {
        const { exitCode, stderr } = await calculate(
          ...['-i', REFERENCE(`${input}.dl1.h5`), '-o', 'plain.h5', '-c', REFERENCE('plain.yaml'), ...flags],
        );
        expect(exitCode, stderr).to.equal(0);
      }
      await expectSameTables(REFERENCE('plain.h5'), folder.join('plain.h5'), []);
    });
  });

  describe('of images in another order than the triggers', () => {
    before(skipWithoutCtapipeOrTestData);

    /** Copies the flat fields and changes the rows of their images by a line of Python. */
    const edited = (name: string, change: string): Promise<string> => {
      const [input, output] = [REFERENCE('flatfield.dl1.h5'), folder.join(name)].map((path) => JSON.stringify(path));
      const lines = [
        'import shutil, tables',
        `shutil.copy(${input}, ${output})`,
        `with tables.open_file(${output}, 'a') as file:`,
        `    table = file.root.dl1.event.telescope.images.tel_001`,
        '    rows = table.read()',
        `    ${change}`,
        '    table[:] = rows',
      ];
      return ctapipePython(['-c', lines.join('\n')], { cwd: folder.path });
    };
    const chunks = ['--chunk-size', '7', '--SizeChunking.last_chunk_policy=truncate'];

    it('uses the image of each trigger', async () => {
      await edited('reversed.dl1.h5', 'rows = rows[::-1].copy()');
      for (const [input, output] of [
        [REFERENCE('flatfield.dl1.h5'), 'in-order.h5'],
        ['reversed.dl1.h5', 'reversed.h5'],
      ]) {
        const { exitCode, stderr } = await calculate('-i', input, '-o', output, ...chunks);
        expect(exitCode, stderr).to.equal(0);
      }
      await expectSameTables(folder.join('in-order.h5'), folder.join('reversed.h5'), []);
    });

    it('refuses as many images, but of other events, and several of one', async () => {
      for (const [code, change] of [
        ['HDF5_CORRUPT', "rows['event_id'][20] = 1"],
        ['TABLE_KEY_DUPLICATE', "rows['event_id'][20] = rows['event_id'][3]"],
      ]) {
        await edited('other.dl1.h5', change);
        const { exitCode, stderr } = await calculate('-i', 'other.dl1.h5', '-o', 'other.h5', ...chunks);
        expect(stderr).to.contain(code).and.to.contain('other.dl1.h5: /dl1/event/telescope/images/tel_001');
        expect(exitCode).to.equal(65);
        expect(() => readFileSync(folder.join('other.h5'))).to.throw();
      }
    });
  });

  describe('of invalid requests', () => {
    before(skipWithoutTestData);

    const refused = async (code: string, ...args: readonly string[]) => {
      const { exitCode, stderr } = await calculate('-i', REFERENCE('flatfield.dl1.h5'), '-o', 'none.h5', ...args);
      expect(stderr).to.contain(code);
      expect(exitCode).to.equal(2);
      expect(() => readFileSync(folder.join('none.h5'))).to.throw();
      return stderr;
    };

    it('explains what is wrong, and writes nothing', async () => {
      expect(await refused('CHUNK_TOO_LARGE', '--chunk-size', '25'))
        .to.contain('telescope 1')
        .and.to.contain('24 events');
      await refused(
        'CHUNK_TOO_LARGE',
        '--BaseAggregator.chunking_type=TimeChunking',
        '--TimeChunking.chunk_duration=1 h',
      );
      expect(await refused('STATISTICS_COLUMN_MISSING', '--input-column-name', 'charge')).to.contain('peak_time');
      await refused('TELESCOPE_ID_UNKNOWN', '-t', '9');
      const detectors = (text: string): string => `--PixelStatisticsCalculator.outlier_detector_list=${text}`;
      await refused('OUTLIER_DETECTOR_INVALID', detectors('[{name: RangeOutlierDetector}]'));
      await refused('OUTLIER_DETECTOR_INVALID', detectors('[{name: RangeOutlierDetector, apply_to: skewness}]'));
      const misspelt = detectors('[{name: RangeOutlierDetector, apply_to: mean, config: {validity_rnge: [1, 2]}}]');
      expect(await refused('CONFIGURATION_INVALID', misspelt)).to.contain('validity_range');
      const histogram = ['--aggregator', 'HistogramAggregator'];
      await refused('HISTOGRAM_AXIS_INVALID', ...histogram);
      await refused(
        'HISTOGRAM_AXIS_INVALID',
        ...histogram,
        '--HistogramAggregator.axis_definition={class_name: Regular, bins: 0, start: 1, stop: 2}',
      );
    });
  });

  describe('of toy events', () => {
    before(async () => {
      const types = '--EventTypeFilter.allowed_types=["FLATFIELD", "SKY_PEDESTAL"]';
      const flags = ['-t', '1', '--write-images', '--no-write-parameters', types];
      const { exitCode, stderr } = await cherenkit(['process', '-i', TOY, '-o', 'toy.dl1.h5', ...flags], folder.path);
      expect(exitCode, stderr).to.equal(0);
    });

    const quantities = async (file: string): Promise<string[]> => {
      await using opened = await Hdf5File.open(folder.join(file));
      return (await opened.paths(`${CAMERA}/pixel_statistics`)).map((path) => path.split('/').slice(-2).join('/'));
    };

    it('has a table for each type of calibration event, and adds those of other columns', async () => {
      expect(await calculate('-i', 'toy.dl1.h5', '-o', 'both.h5')).to.have.property('exitCode', 0);
      expect(await quantities('both.h5')).to.have.members(['flatfield_image/tel_001', 'sky_pedestal_image/tel_001']);
      const times = ['--append', '--input-column-name', 'peak_time', '--event-types', 'FLATFIELD'];
      const added = await calculate('-i', 'toy.dl1.h5', '-o', 'both.h5', ...times);
      expect(added.exitCode, added.stderr).to.equal(0);
      expect(added.stderr).to.not.contain('--exclude');
      expect(await quantities('both.h5'))
        .to.include('flatfield_peak_time/tel_001')
        .and.to.have.length(3);
      await using file = await Hdf5File.open(folder.join('both.h5'));
      // The events of the same input are not added again.
      const triggers = await readTable(file, '/dl1/event/subarray/trigger');
      expect(triggers.nRows).to.equal(24);
      const statistics = await readTable(file, `${CAMERA}/pixel_statistics/flatfield_image/tel_001`);
      const mean = statistics.column('mean');
      expect(mean.shape).to.deep.equal([2, 1855]);
      expect(statistics.numbers('event_id_end')[0]).to.equal(-23);
      for (const charge of mean.values as Float64Array) expect(charge).to.be.within(60, 100);

      const again = await calculate('-i', 'toy.dl1.h5', '-o', 'both.h5', ...times);
      expect(again.exitCode).to.equal(2);
      expect(again.stderr).to.contain('MONITORING_TABLE_EXISTS');
    });

    it('divides events by time', async () => {
      const chunks = ['--BaseAggregator.chunking_type=TimeChunking', '--TimeChunking.chunk_duration=8 s'];
      const { exitCode, stderr } = await calculate('--TableLoader.input_url=toy.dl1.h5', '-o', 'times.h5', ...chunks);
      expect(exitCode, stderr).to.equal(0);
      await using file = await Hdf5File.open(folder.join('times.h5'));
      const statistics = await readTable(file, `${CAMERA}/pixel_statistics/flatfield_image/tel_001`);
      const ids = ['event_id_start', 'event_id_end'].map((name) => [...statistics.numbers(name)]);
      // Flat fields are two seconds apart; both ends of a chunk belong to it.
      expect(ids).to.deep.equal([
        [-1, -9, -15],
        [-9, -17, -23],
      ]);
    });

    it('warns of an input without calibration events, whose showers it uses', async () => {
      const flags = ['-t', '1', '--write-images', '--no-write-parameters'];
      const showers = await cherenkit(
        ['process', '-i', 'toymodel:?array=lst', '-o', 'showers.h5', ...flags],
        folder.path,
      );
      expect(showers.exitCode, showers.stderr).to.equal(0);
      const chunks = ['-i', 'showers.h5', '--chunk-size', '1', '--overwrite', '-o', 'of-showers.h5'];
      const { exitCode, stderr } = await calculate(...chunks);
      expect(exitCode, stderr).to.equal(0);
      expect(stderr).to.contain('telescope 1 has no calibration events').and.contain('SUBARRAY');
      expect((await calculate(...chunks, '--event-types', 'SUBARRAY')).stderr).to.not.contain('no calibration events');
    });

    it('refuses an input without images', async () => {
      const { exitCode, stderr } = await calculate('-i', 'toymodel:', '-o', 'none.h5');
      expect(exitCode).to.equal(2);
      expect(stderr).to.contain('CALIBRATION_IMAGES_MISSING').and.to.contain('cherenkit process --write-images');
    });
  });
});
