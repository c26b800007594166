import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { FunctionLogger, LOGGER, provide } from '@cherenkit/core';
import hdf5Plugin, { HDF5DataWriter } from '@cherenkit/plugin-hdf5';
import { buildComponent, TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { expectSameTables } from '../../support/compare-tables.js';
import { CTAPIPE_0_28_PYTHON, ctapipePython, skipWithoutCtapipeOrTestData } from '../../support/ctapipe-python.js';
import { FilledSource } from '../../support/filled-source.js';
import { cherenkit } from '../../support/run-command.js';
import { inTestData } from '../../support/test-data.js';

const LEVELS = ['--write-images', '--write-parameters', '--write-showers'];
const V7_1 = '--DataWriter.data_model_version=v7.1.0';

async function process(folder: TemporaryFolder, file: string, options: readonly string[]): Promise<string> {
  const output = folder.join('ours.h5');
  const args = ['process', '-i', inTestData(file), '-o', output, '-q', V7_1, ...options];
  const { exitCode, stderr } = await cherenkit(args, folder.path);
  expect(exitCode, stderr).to.equal(0);
  return output;
}

describe('the data model v7.1.0', function () {
  // ctapipe takes some seconds to start.
  this.timeout(300_000);

  describe('in files', () => {
    before(skipWithoutCtapipeOrTestData);

    it('has the tables, columns and attributes of a file of ctapipe 0.28', async () => {
      using folder = new TemporaryFolder();
      const file = 'data/hdf5/gamma_600.v7.1.0.dl2.h5';
      const withoutStatistics = ['--allow-missing', '^/dl1/service/image_statistics$'];
      await expectSameTables(inTestData(file), await process(folder, file, LEVELS), withoutStatistics);
    });

    it('is read by ctapipe 0.32, and by 0.28', async () => {
      using folder = new TemporaryFolder();
      const ours = await process(folder, 'data/proton_north_alpha_700.simtel.zst', LEVELS);
      const script = [inTestData('tools', 'check_with_ctapipe.py'), ours];
      const expected =
        'reads 3 events, 15 telescope events in 2 telescope types, 3 valid stereo geometries, 33 + 117 columns';
      expect(await ctapipePython(script, { cwd: folder.path })).to.include(`ctapipe 0.32.0 ${expected}`);
      if (CTAPIPE_0_28_PYTHON === undefined) return;
      const { stdout } = await promisify(execFile)(CTAPIPE_0_28_PYTHON, script, { cwd: folder.path });
      expect(stdout).to.include(`ctapipe 0.28.0 ${expected}`);
    });

    it('has the waveforms and fixed-point images of ctapipe 0.28', async function () {
      if (CTAPIPE_0_28_PYTHON === undefined) return this.skip();
      using folder = new TemporaryFolder();
      const file = 'data/gamma_diffuse_north_alpha_600.simtel.zst';
      const options = [
        '--write-images',
        '--no-write-parameters',
        '--DataWriter.write_r0_waveforms=True',
        '--DataWriter.write_r1_waveforms=True',
        '--DataWriter.transform_image=True',
      ];
      const theirs = folder.join('theirs.h5');
      const args = ['-m', 'ctapipe.tools.process', '-i', inTestData(file), '-o', theirs, ...options];
      await promisify(execFile)(CTAPIPE_0_28_PYTHON, args, { cwd: folder.path });
      await expectSameTables(theirs, await process(folder, file, options));
    });
  });

  it('lacks values of later versions, with a warning', async () => {
    using folder = new TemporaryFolder();
    const source = new FilledSource({});
    const warnings: string[] = [];
    const logger = new FunctionLogger((_, message) => warnings.push(message), 'warning');
    const traits = { outputPath: folder.join('out.h5'), writeR1Waveforms: true, dataModelVersion: 'v7.1.0' };
    const services = [provide(LOGGER, logger)];
    const { subarray } = source;
    await using writer = await buildComponent(HDF5DataWriter, { subarray, traits, plugins: [hdf5Plugin], services });
    for (const { geometry } of subarray.cameraTypes) Object.assign(geometry, { gridType: 'irregular' });
    await writer.open(source.run);
    for await (const event of source) await writer.write(event);
    expect(warnings.join('\n')).to.match(/cannot store that the pixels of \S+ have the grid irregular/);
    expect(warnings.join('\n')).to.match(/tel_001, row 1: the values of pixel_time_shift are not written.* v7\.1\.0/);
  });
});
