import { readFileSync } from 'node:fs';
import { Hdf5File, readTable } from '@cherenkit/plugin-hdf5';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { createPipeline, EventSource, processEvent } from 'cherenkit';
import { DECLARED, expectSameTables } from '../support/compare-tables.js';
import { ctapipePython, skipWithoutCtapipeOrTestData } from '../support/ctapipe-python.js';
import { coefficients, coefficientsPath, writeMonitoringFile } from '../support/monitoring-file.js';
import { cherenkit } from '../support/run-command.js';
import { inTestData } from '../support/test-data.js';

const LEVELS = ['--write-images', '--write-parameters'];
const SOURCE = ['--monitoring-source', 'HDF5MonitoringSource'];

/**
 * `ctapipe-process` that compares times as instants, converges, and cleans with the statistics of the selected gains, or those of the
 * high gain for images without waveforms: arguments are the folder of the test data's tools, and those of the tool.
 */
const CTAPIPE = `
import sys
sys.path.insert(0, sys.argv.pop(1))
import converged, numpy as np
from ctapipe.calib import CameraCalibrator
from ctapipe.io import HDF5MonitoringSource
from ctapipe.tools.process import ProcessorTool
fill, calibrate = HDF5MonitoringSource.fill_monitoring_container, CameraCalibrator.__call__
def fill_at_instant(self, event):
    utc, event.trigger.time = event.trigger.time, event.trigger.time.tai
    fill(self, event)
    event.trigger.time = utc
    if not event.r1.tel:
        for monitoring in event.monitoring.tel.values():
            pedestal = monitoring.camera.pixel_statistics.pedestal_image
            pedestal.std = pedestal.std[0]
def calibrate_and_select(self, event):
    calibrate(self, event)
    for tel_id, dl0 in event.dl0.tel.items():
        gain = dl0.selected_gain_channel
        pedestal = event.monitoring.tel[tel_id].camera.pixel_statistics.pedestal_image
        if pedestal.std is not None and gain is not None:
            pedestal.std = pedestal.std[gain, np.arange(gain.size)]
HDF5MonitoringSource.fill_monitoring_container = fill_at_instant
CameraCalibrator.__call__ = calibrate_and_select
ProcessorTool().run()`;

/** Copies monitoring data as those of a simulation, with rows in another order: arguments are input and output. */
const OF_SIMULATION = `
import shutil, sys, tables
source, output = sys.argv[1:]
shutil.copyfile(source, output)
with tables.open_file(output, 'r+') as file:
    file.root._v_attrs['CTA PRODUCT DATA CATEGORY'] = 'Sim'
    for table in file.walk_nodes('/dl1/monitoring', 'Table'):
        table[:] = table[:][::-1]`;

/** Makes coefficients for telescopes of a simulation: arguments are its file, output, and telescopes. */
const SIMULATED_COEFFICIENTS = `
import sys, warnings, numpy as np, tables
from astropy.table import Table
from astropy.time import Time
from ctapipe.io import SimTelEventSource, metadata, write_table
warnings.simplefilter('ignore')
url, output, *telescopes = sys.argv[1:]
with SimTelEventSource(input_url=url, allowed_tels={int(each) for each in telescopes}) as source:
    subarray = source.subarray
subarray.to_hdf(output)
product = metadata.Product(data_category='Sim', data_levels=[], data_association='Subarray', data_model_name='ASWG',
    data_model_version='v7.6.0', data_model_url='', description='', format='hdf5')
reference = metadata.Reference(contact=metadata.Contact(name='-', email='-', organization='-'), product=product,
    process=metadata.Process(type_='Simulation', subtype='', id_='1'), activity=metadata.Activity(), instrument=metadata.Instrument())
with tables.open_file(output, 'a') as file:
    metadata.write_to_hdf5(reference.to_dict(), file)
for tel_id in subarray.tel_ids:
    readout = subarray.tel[tel_id].camera.readout
    shape = (1, readout.n_channels, readout.n_pixels)
    rows = Table({'time': Time([60000.0], format='mjd', scale='tai'), 'pedestal_offset': np.zeros(shape), 'factor': np.full(shape, 1.5),
        'time_shift': np.zeros(shape), 'outlier_mask': np.zeros(shape, bool), 'is_valid': [True]})
    write_table(rows, output, f'/dl1/monitoring/telescope/calibration/camera/coefficients/tel_{tel_id:03d}')`;

describe('cherenkit process --monitoring-source', function () {
  this.timeout(180_000);

  describe('compared with ctapipe', () => {
    before(skipWithoutCtapipeOrTestData);
    const input = inTestData('data', 'south_lsts_v036.simtel.zst');
    const monitoring = inTestData('reference', 'monitoring', 'south_lsts_v036.monitoring.h5');
    const options = [...SOURCE, `--HDF5MonitoringSource.input_files=${monitoring}`, '-t', '1', '-t', '2'];

    async function processed(
      folder: TemporaryFolder,
      name: string,
      more: readonly string[],
      events = input,
    ): Promise<string> {
      const output = folder.join(name);
      const args = ['process', '-i', events, '-o', output, '-q', ...LEVELS, ...more];
      const { exitCode, stderr } = await cherenkit(args, folder.path);
      expect(exitCode, stderr).to.equal(0);
      return output;
    }

    it('writes the tables of the reference, with any number of threads', async () => {
      using folder = new TemporaryFolder();
      const reference = inTestData('reference', 'monitoring', 'south_lsts_v036.dl2.h5');
      for (const threads of ['1', '2']) {
        const ours = await processed(folder, `ours_${threads}.h5`, [
          ...options,
          '--write-showers',
          '--threads',
          threads,
        ]);
        await expectSameTables(reference, ours);
      }
    });

    const runs: [title: string, options: string[]][] = [
      ['aligned waveforms', ['--CameraCalibrator.apply_waveform_time_shift=True']],
      ['cleaning by the pedestals of the selected gains', ['--image-cleaner-type', 'NSBImageCleaner']],
      ['other extractors', ['--CameraCalibrator.image_extractor_type=VarianceExtractor', '--no-write-parameters']],
      [
        'both gains',
        [
          '--SimTelEventSource.select_gain=False',
          '--no-write-parameters',
          '--CameraCalibrator.apply_waveform_time_shift=True',
        ],
      ],
    ];
    /** @param events - input */
    async function expectAsCtapipe(
      folder: TemporaryFolder,
      more: readonly string[],
      events = input,
      comparison: readonly string[] = DECLARED,
    ): Promise<void> {
      const theirs = folder.join('theirs.h5');
      const args = ['-i', events, '-o', theirs, ...LEVELS, ...more];
      await ctapipePython(['-c', CTAPIPE, inTestData('tools'), ...args], { cwd: folder.path });
      await expectSameTables(theirs, await processed(folder, 'ours.h5', more, events), comparison);
    }

    for (const [title, more] of runs) {
      it(`equals ctapipe with ${title}`, async () => {
        using folder = new TemporaryFolder();
        await expectAsCtapipe(folder, [...options, ...more]);
      });
    }

    it('equals ctapipe with waveforms and with images of an HDF5 file', async () => {
      using folder = new TemporaryFolder();
      const written = ['-t', '1', '-t', '2', '--no-write-parameters'];
      const images = await processed(folder, 'images.h5', written);
      const waveforms = await processed(folder, 'r1.h5', [...written, '--DataWriter.write_r1_waveforms=True']);
      const source = [...SOURCE, `--HDF5MonitoringSource.input_files=${monitoring}`];
      await expectAsCtapipe(folder, [...source, '--recompute-dl1'], waveforms);
      await expectAsCtapipe(folder, [...source, '--image-cleaner-type', 'NSBImageCleaner', '--overwrite'], images);
    });

    it('keeps the pointing of simulated telescopes that are not in the first event', async () => {
      using folder = new TemporaryFolder();
      const events = inTestData('data', 'gamma_diffuse_north_alpha_600.simtel.zst');
      const file = folder.join('simulated.h5');
      await ctapipePython(['-c', SIMULATED_COEFFICIENTS, events, file, '6', '9'], { cwd: folder.path });
      const some = [...SOURCE, `--HDF5MonitoringSource.input_files=${file}`, '-t', '6', '-t', '9'];
      // ctapipe sorts these telescopes by their hashes, also in the columns of triggers.
      await expectAsCtapipe(folder, some, events, [...DECLARED, '--loose', '--skip', '^/dl1/event/subarray/trigger$']);
      const pointing = await readTable(folder.join('ours.h5'), '/configuration/telescope/pointing/tel_006');
      expect(pointing.numbers('telescope_pointing_altitude', 'deg')[0]).to.be.closeTo(70, 0.01);
    });

    it('equals ctapipe with monitoring data of a simulation', async () => {
      using folder = new TemporaryFolder();
      await ctapipePython(['-c', OF_SIMULATION, monitoring, 'simulated.h5'], { cwd: folder.path });
      const file = `--HDF5MonitoringSource.input_files=${folder.join('simulated.h5')}`;
      await expectAsCtapipe(folder, [...SOURCE, file, '-t', '1', '-t', '2']);
    });
  });

  it('is required for the options of a monitoring source', async () => {
    using folder = new TemporaryFolder();
    const args = ['process', '-i', 'toymodel:?events=1', '-o', 'out.h5', '--HDF5MonitoringSource.input_files=m.h5'];
    const { exitCode, stderr } = await cherenkit(args, folder.path);
    expect(exitCode).to.equal(2);
    expect(stderr).to.match(/input_files has no effect: this run uses no HDF5MonitoringSource/);
  });

  it('writes images that are NaN, with the reason, for events before the first coefficients', async () => {
    using folder = new TemporaryFolder();
    const toy = 'toymodel:?events=4&seed=1';
    await using events = await EventSource.open(toy);
    const { subarray } = events;
    const tables = Object.fromEntries(
      subarray.telIds.map((telId) => {
        const { nChannels, nPixels } = subarray.telescope(telId).camera.readout;
        // Long after the events.
        return [coefficientsPath(telId), coefficients([1.3e9], [nChannels, nPixels], [2])];
      }),
    );
    await writeMonitoringFile(folder.join('late.h5'), tables);
    const args = [
      'process',
      '-i',
      toy,
      '-o',
      'out.h5',
      ...LEVELS,
      ...SOURCE,
      '--HDF5MonitoringSource.input_files=late.h5',
    ];
    const { exitCode, stdout, stderr } = await cherenkit(args, folder.path);
    expect(exitCode, stderr).to.equal(0);
    expect(stderr).to.include('There are no valid calibration coefficients of telescope');
    expect(stdout).to.include('no valid calibration coefficients at this time');
    await using file = await Hdf5File.open(folder.join('out.h5'));
    const [path = ''] = await file.paths('/dl1/event/telescope/images');
    expect((await readTable(file, path)).numbers('image').every((charge) => Number.isNaN(charge))).to.equal(true);
  });

  it('records in the provenance what each file has', async () => {
    using folder = new TemporaryFolder();
    const toy = 'toymodel:?events=1';
    await using events = await EventSource.open(toy);
    const { nChannels, nPixels } = events.subarray.telescope(1).camera.readout;
    await writeMonitoringFile(folder.join('m.h5'), {
      [coefficientsPath(1)]: coefficients([-1e9], [nChannels, nPixels], [2]),
    });
    const args = ['process', '-i', toy, '-o', 'out.h5', ...SOURCE, '--HDF5MonitoringSource.input_files=m.h5'];
    const { exitCode, stderr } = await cherenkit([...args, '--provenance-log', 'log.json'], folder.path);
    expect(exitCode, stderr).to.equal(0);
    const [{ input }] = JSON.parse(readFileSync(folder.join('log.json'), 'utf8')) as [{ input: object[] }];
    expect(input.at(-1)).to.include({ role: 'Monitoring', content: 'coefficients of 1 telescope' });
  });

  it('is used by createPipeline', async () => {
    using folder = new TemporaryFolder();
    const toy = 'toymodel:?events=1&seed=3';
    await using first = await EventSource.open(toy);
    const { subarray } = first;
    const tables = Object.fromEntries(
      subarray.telIds.map((telId) => {
        const { nChannels, nPixels } = subarray.telescope(telId).camera.readout;
        return [coefficientsPath(telId), coefficients([-1e9], [nChannels, nPixels], [2])];
      }),
    );
    await writeMonitoringFile(folder.join('m.h5'), tables);
    const config = {
      ProcessorTool: { monitoring_source_list: ['HDF5MonitoringSource'] },
      HDF5MonitoringSource: { input_files: [folder.join('m.h5')] },
    };
    await using pipeline = await createPipeline({ subarray, config });
    for await (const event of first) {
      processEvent(event, pipeline);
      for (const telId of event.dl1.tel.keys()) {
        expect(event.monitoring.tel.get(telId)?.camera.coefficients.factor?.[0]).to.equal(2);
      }
      expect(event.dl1.tel.size).to.be.above(0);
    }
  });
});
