import { readdirSync, writeFileSync } from 'node:fs';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { DECLARED, expectSameTables } from '../support/compare-tables.js';
import { ctapipePython, skipWithoutCtapipeOrTestData } from '../support/ctapipe-python.js';
import { cherenkit, type Outcome } from '../support/run-command.js';
import { inTestData, TEST_DATA } from '../support/test-data.js';

/** Files without effective focal length; ctapipe was run with the equivalent one. */
const EQUIVALENT = /^(?:lst_muons|40k_pixels)\./;

/** Image parameters are not computed again, so there are no statistics of them. */
const WITHOUT_STATISTICS = ['--allow-missing', '^/dl1/service/image_statistics$'];

async function process(folder: TemporaryFolder, path: string, options: readonly string[]): Promise<string> {
  const output = folder.join('ours.h5');
  const { exitCode, stderr } = await cherenkit(['process', '-i', path, '-o', output, '-q', ...options], folder.path);
  expect(exitCode, stderr).to.equal(0);
  return output;
}

describe('cherenkit process with HDF5 as input', function () {
  // ctapipe takes some seconds to start.
  this.timeout(180_000);
  before(skipWithoutCtapipeOrTestData);

  const references =
    TEST_DATA === undefined ? [] : readdirSync(inTestData('reference')).filter((file) => file.endsWith('.h5'));
  for (const reference of references) {
    it(`writes ${reference} as it is`, async () => {
      using folder = new TemporaryFolder();
      const path = inTestData('reference', reference);
      const levels = ['--write-images', '--write-parameters', '--write-showers'];
      const focalLength = EQUIVALENT.test(reference) ? ['--focal-length-choice', 'EQUIVALENT'] : [];
      const ours = await process(folder, path, [...levels, ...focalLength]);
      await expectSameTables(path, ours, [...DECLARED, ...WITHOUT_STATISTICS]);
    });
  }

  const LEVELS = ['--write-images', '--write-parameters', '--write-showers'];
  const WAVEFORMS = ['--DataWriter.write_r1_waveforms=True', '--DataWriter.write_r0_waveforms=True'];
  const fixedPoint = (...columns: readonly string[]): string[] =>
    columns.map((column) => `--DataWriter.transform_${column}=True`);
  const unchanged: [file: string, options: string[], comparison?: string[]][] = [
    ['gamma_600.obs11.v7.6.0.dl2.h5', LEVELS],
    // The tables of cameras do not have the kind of grid.
    ['gamma_600.v7.4.0.dl2.h5', LEVELS, ['--loose']],
    ['gamma_600.v7.6.0.lossy_zlib.dl1.h5', ['--write-images', ...fixedPoint('image', 'peak_time')]],
    ['gamma_600.v7.6.0.tel2.r0_r1_fixed_point.h5', ['--no-write-parameters', ...WAVEFORMS, ...fixedPoint('waveform')]],
  ];
  for (const [file, options, comparison = DECLARED] of unchanged) {
    it(`writes ${file} as it is`, async () => {
      using folder = new TemporaryFolder();
      const path = inTestData('data/hdf5', file);
      await expectSameTables(path, await process(folder, path, options), [...comparison, ...WITHOUT_STATISTICS]);
    });
  }

  const CLEANING = [
    '--recompute-dl1',
    '--TailcutsImageCleaner.picture_threshold_pe=12',
    '--TailcutsImageCleaner.boundary_threshold_pe=6',
  ];
  const runs: [title: string, path: string, options: string[], comparison?: string[]][] = [
    ['other cleaning levels', 'reference/proton_north_alpha_700.dl2.h5', [...LEVELS, ...CLEANING]],
    ['other cleaning levels on merged files', 'reference/tables/merge_600_obs11.h5', [...LEVELS, ...CLEANING]],
    [
      'other cleaning levels on images with fixed-point columns',
      'data/hdf5/gamma_600.v7.6.0.lossy_zlib.dl1.h5',
      [...LEVELS, ...CLEANING],
    ],
    ['waveforms with fixed-point columns', 'data/hdf5/gamma_600.v7.6.0.tel2.r0_r1_fixed_point.h5', LEVELS],
    [
      'some telescopes',
      'reference/proton_north_alpha_700.dl2.h5',
      ['--write-showers', ...[1, 3, 4, 7, 8, 13].flatMap((telId) => ['-t', String(telId)])],
    ],
    [
      'showers of the parameters of the file',
      'data/hdf5/gamma_600.obs11.v7.6.0.dl2.h5',
      ['--write-showers', '-m', '1'],
    ],
    // ctapipe writes no columns for what earlier data models lack; ours have default values.
    [
      'other cleaning levels on the data model v4.0.0',
      'data/hdf5/gamma_600.v4.0.0.dl2.h5',
      [...LEVELS, ...CLEANING],
      [
        '--loose',
        '--skip',
        '^/(simulation/event/subarray/shower|dl1/event/telescope/trigger|configuration/simulation/run)$',
      ],
    ],
    ['other cleaning levels on the data model v7.1.0', 'data/hdf5/gamma_600.v7.1.0.dl2.h5', [...LEVELS, ...CLEANING]],
  ];
  for (const [title, file, options, comparison = DECLARED] of runs) {
    it(`equals ctapipe with ${title}`, async () => {
      using folder = new TemporaryFolder();
      const theirs = folder.join('theirs.h5');
      const path = inTestData(file);
      await ctapipePython([inTestData('tools', 'converged.py'), '-i', path, '-o', theirs, ...options], {
        cwd: folder.path,
      });
      await expectSameTables(theirs, await process(folder, path, options), comparison);
    });
  }

  const SIMTEL = 'data/gamma_diffuse_north_alpha_600.simtel.zst';
  const R1 = '--DataWriter.write_r1_waveforms=True';
  const LOSSY = fixedPoint('waveform', 'image', 'peak_time');
  const made: [title: string, first: string[], options: string[]][] = [
    ['calibrated waveforms only', ['--no-write-parameters', R1], LEVELS],
    ['images only', ['--write-images', '--no-write-parameters'], LEVELS],
    [
      'parameters in the camera frame',
      ['--write-images', '--write-parameters', '--camera-frame'],
      [...LEVELS, ...CLEANING],
    ],
    // Python's order of a set is the order of the telescopes in ctapipe's file: 10, 3, 12, 7.
    ['telescopes out of order', [...LEVELS, '-t', '3', '-t', '7', '-t', '10', '-t', '12'], [...LEVELS, ...CLEANING]],
    ['some of the events', ['--write-images', '-m', '1'], [...LEVELS, ...CLEANING]],
    [
      'all levels, in fixed-point columns compressed by zlib',
      [...LEVELS, R1, ...LOSSY, '--DataWriter.compression_type=zlib'],
      [...LEVELS, ...CLEANING, R1, ...LOSSY],
    ],
  ];
  for (const [title, first, options] of made) {
    it(`equals ctapipe with ctapipe's files of ${title}`, async () => {
      using folder = new TemporaryFolder();
      const [input, theirs] = [folder.join('input.h5'), folder.join('theirs.h5')];
      const converged = (from: string, to: string, levels: readonly string[]) =>
        ctapipePython([inTestData('tools', 'converged.py'), '-i', from, '-o', to, ...levels], { cwd: folder.path });
      await converged(inTestData(SIMTEL), input, first);
      await converged(input, theirs, options);
      await expectSameTables(theirs, await process(folder, input, options));
    });
  }

  it('keeps true parameters and sums of true images, where ctapipe loses them with the images', async () => {
    using folder = new TemporaryFolder();
    const file = inTestData('reference/ml/proton.dl2.h5');
    const ours = await process(folder, file, ['--write-showers', '--write-parameters']);
    await expectSameTables(file, ours, [...WITHOUT_STATISTICS, '--only', '^/simulation/event/']);
  });

  it('keeps results of machine learning', async () => {
    using folder = new TemporaryFolder();
    const file = inTestData('reference/ml/proton.ml.dl2.h5');
    const ours = await process(folder, file, ['--write-showers', '--write-parameters']);
    // Columns that ctapipe-apply-models added are in another order.
    const units = '/dl2/event/.*: attribute CTAFIELD_\\d+_UNIT  # in another order';
    const differences = folder.join('differences.txt');
    writeFileSync(differences, units);
    await expectSameTables(file, ours, [...WITHOUT_STATISTICS, '--loose', '--differences', differences]);
  });

  it('keeps the types of pointings that monitoring measured', async () => {
    using folder = new TemporaryFolder();
    const file = inTestData('reference/monitoring/south_lsts_v036.dl2.h5');
    const ours = await process(folder, file, ['--write-images', '--write-parameters']);
    await expectSameTables(file, ours, ['--only', '^/configuration/telescope/pointing/']);
  });

  it('continues with its own output', async () => {
    using folder = new TemporaryFolder();
    const images = folder.join('images.h5');
    const input = ['process', '-i', 'toymodel:?events=3'];
    await cherenkit([...input, '-o', images, '-q', '--write-images', '--no-write-parameters'], folder.path);
    await cherenkit([...input, '-o', 'all.h5', '-q', ...LEVELS], folder.path);
    await expectSameTables(folder.join('all.h5'), await process(folder, images, LEVELS), ['--skip', '^/cherenkit/']);
  });

  const ONLY_IMAGES = ['--write-images', '--no-write-parameters'];
  const BOTH_GAINS = '--ToyModelEventSource.select_gain=false';
  const kept: [title: string, input: string, options: string[], again: string[]][] = [
    [
      'images and waveforms of all gain channels',
      'toymodel:?events=2&array=south',
      [...ONLY_IMAGES, '--DataWriter.write_r1_waveforms=true', BOTH_GAINS],
      [...ONLY_IMAGES, '--DataWriter.write_r1_waveforms=true'],
    ],
    [
      'variances of waveforms, with their metadata',
      'toymodel:?events=2',
      [...ONLY_IMAGES, '--CameraCalibrator.image_extractor_type=VarianceExtractor'],
      ONLY_IMAGES,
    ],
    [
      'raw waveforms, and calibrated ones in fixed-point columns',
      'toymodel:?events=2',
      [...ONLY_IMAGES, ...WAVEFORMS, ...fixedPoint('waveform')],
      [...ONLY_IMAGES, ...WAVEFORMS, ...fixedPoint('waveform')],
    ],
    [
      'muons and parameters in the camera frame',
      'toymodel:?particle=muon&events=8',
      ['--write-images', '--write-muon-parameters', '--camera-frame'],
      ['--write-images', '--write-muon-parameters'],
    ],
  ];
  for (const [title, input, options, again] of kept) {
    it(`keeps ${title}`, async () => {
      using folder = new TemporaryFolder();
      const first = folder.join('first.h5');
      const { exitCode, stderr } = await cherenkit(
        ['process', '-i', input, '-o', first, '-q', ...options],
        folder.path,
      );
      expect(exitCode, stderr).to.equal(0);
      const comparison = [...WITHOUT_STATISTICS, '--skip', '^/cherenkit/'];
      await expectSameTables(first, await process(folder, first, again), comparison);
    });
  }

  const DL2 = 'reference/gamma_diffuse_north_alpha_600.dl2.h5';

  it('keeps results of other reconstructors only with the parameters that they are of', async () => {
    using folder = new TemporaryFolder();
    const showers = ['--write-showers', '--reconstructor', 'HillasIntersection'];
    const run = (...options: string[]): Promise<Outcome> =>
      cherenkit(['process', '-i', inTestData(DL2), '-o', 'out.h5', '--overwrite', ...showers, ...options], folder.path);
    const tables = async (): Promise<string> => (await cherenkit(['tables', 'out.h5'], folder.path)).stdout;

    const kept = await run();
    expect(kept.stdout)
      .to.match(/HillasIntersection: \d+ of 2/)
      .and.not.to.include('HillasReconstructor');
    expect(kept.stderr).to.equal('');
    expect(await tables()).to.include('/dl2/event/subarray/geometry/HillasReconstructor');

    const removed = await run('--recompute-dl1');
    expect(removed.stdout)
      .to.match(/HillasIntersection: \d+ of 2/)
      .and.not.to.include('HillasReconstructor');
    expect(removed.stderr).to.match(/: results of HillasReconstructor are not kept, since image parameters were /);
    expect(await tables()).to.not.match(/dl2.*HillasReconstructor/);
  });

  it('counts no showers that it has not reconstructed', async () => {
    using folder = new TemporaryFolder();
    for (const options of [
      ['--recompute-dl1', '--write-images'],
      ['--write-muon-parameters'],
      ['--write-parameters'],
    ]) {
      const { stdout } = await cherenkit(
        ['process', '-i', inTestData(DL2), '-o', 'out.h5', '--overwrite', ...options],
        folder.path,
      );
      expect(stdout).to.include('2 events').and.not.to.include('reconstructed');
    }
  });

  it('refuses options of steps whose results the input has, and warns of values in files', async () => {
    using folder = new TemporaryFolder();
    const run = (...options: string[]): Promise<Outcome> =>
      cherenkit(['process', '-i', inTestData(DL2), '-o', 'out.h5', '--overwrite', ...options], folder.path);
    const cleaning = '--TailcutsImageCleaner.picture_threshold_pe=7';
    const window = '--NeighborPeakWindowSum.window_width=8';

    const notCleaned = await run('--write-showers', cleaning);
    expect(notCleaned.exitCode).to.equal(2);
    expect(notCleaned.stderr).to.include(
      'TailcutsImageCleaner.picture_threshold_pe has no effect: TailcutsImageCleaner is not used, since image parameters of the input are used (see --recompute-dl1); remove the option',
    );
    expect((await run('--write-showers', '--camera-frame')).exitCode).to.equal(2);
    expect((await run('--write-images', window)).stderr).to.include('since images of the input are used');
    for (const each of [[cleaning], ['--camera-frame']]) {
      expect((await run('--write-showers', '--recompute-dl1', ...each)).exitCode).to.equal(0);
    }

    writeFileSync(folder.join('mine.yaml'), 'TailcutsImageCleaner:\n  picture_threshold_pe: 7\n');
    const inFile = await run('--write-showers', '-c', 'mine.yaml');
    expect(inFile.exitCode).to.equal(0);
    expect(inFile.stderr).to.match(
      /WARNING.*mine\.yaml:2:3: .*has no effect: .*\(see --recompute-dl1\); remove the value\n$/,
    );
    expect((await run('--write-showers', '--recompute-dl1', '-c', 'mine.yaml')).stderr).not.to.include('no effect');
  });

  it('refuses to compute what needs images or waveforms, if the input has none', async () => {
    using folder = new TemporaryFolder();
    const parameters = folder.join('parameters.h5');
    await cherenkit(['process', '-i', 'toymodel:?events=2', '-o', parameters, '-q'], folder.path);
    const again = (...options: string[]) =>
      cherenkit(['process', '-i', parameters, '-o', 'again.h5', '-q', ...options], folder.path);
    const refused = await again('--recompute-dl1');
    expect(refused.exitCode).to.equal(2);
    expect(refused.stderr).to.match(/has only DL1_PARAMETERS; images or waveforms .* required/);
    expect((await again('--write-images')).exitCode).to.equal(2);
    expect((await again('--write-showers')).exitCode).to.equal(0);
  });
});
