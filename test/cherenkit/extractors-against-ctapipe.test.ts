import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { CTAPIPE_PYTHON } from '../support/pytables.js';
import { REPOSITORY_ROOT, TEST_DATA } from '../support/repository-root.js';
import { cherenkit, EmptyFolder } from '../support/run-command.js';
import { runCtapipePython } from '../support/ctapipe-python.js';

const DIFFERENCES = join(REPOSITORY_ROOT, 'test', 'reference', 'differences.txt');
const AGREEMENT = /^[1-9]\d* tables equal, 0 differ, 0 missing, \d+ declared$/m;

const BY_TYPE = `
CameraCalibrator:
  image_extractor_type:
    - [type, '*', SlidingWindowMaxSum]
    - [type, 'LST*', TwoPassWindowSum]
    - [type, 'MST*', FlashCamExtractor]
    - [id, 8, BaselineSubtractedNeighborPeakWindowSum]
  data_volume_reducer_type: TailCutsDataVolumeReducer
  TailCutsDataVolumeReducer:
    image_extractor_type: [[type, '*', LocalPeakWindowSum], [type, 'MST*', GlobalPeakWindowSum]]
    n_end_dilates: 2
    TailcutsImageCleaner:
      picture_threshold_pe: [[type, '*', 12]]
  TwoPassWindowSum:
    core_threshold: [[type, '*', 7]]
DataWriter:
  write_dl1_images: true
  write_dl2: true
`;

const VARIANCE = `
CameraCalibrator:
  image_extractor_type: VarianceExtractor
DataWriter:
  write_dl1_images: true
  write_dl1_parameters: false
`;

const FLASH_CAM = `
CameraCalibrator:
  image_extractor_type: FlashCamExtractor
  FlashCamExtractor: {upsampling: 2, neighbour_sum_clipping: 3, leading_edge_timing: false}
DataWriter:
  write_dl1_images: true
`;

/** Its images have rows of pixels that lie on a line but for the rounding of the pixels' coordinates. */
const FULL_WAVEFORM = `
CameraCalibrator:
  image_extractor_type: FullWaveformSum
DataWriter:
  write_dl1_images: true
`;

const RUNS: [title: string, file: string, configuration: string, selectGain: boolean][] = [
  ['extractors and a volume reducer by type', 'proton_north_alpha_700.simtel.zst', BY_TYPE, true],
  ['FlashCam', 'aux_traces_2029.simtel.zst', FLASH_CAM, true],
  ['images of one row of pixels', 'gct_checs_muons.simtel.zst', FULL_WAVEFORM, true],
  ['variances', 'gamma_diffuse_north_alpha_602.simtel.zst', VARIANCE, true],
  ['variances of both gains', 'gamma_diffuse_north_alpha_602.simtel.zst', VARIANCE, false],
];

describe('image extractors of cherenkit process beside ctapipe', function () {
  // ctapipe takes some seconds to start.
  this.timeout(180_000);

  before(function () {
    if (TEST_DATA === undefined || CTAPIPE_PYTHON === undefined) {
      console.log('      skipped: set CHERENKIT_TEST_DATA, and CTAPIPE_PYTHON to a Python with ctapipe');
      this.skip();
    }
  });

  for (const [title, file, configuration, selectGain] of RUNS) {
    it(`write the same tables: ${title}`, () => {
      using folder = new EmptyFolder();
      const data = (...parts: string[]): string => join(TEST_DATA ?? '', ...parts);
      const python = (...args: string[]): string => runCtapipePython(args, folder.path);
      writeFileSync(folder.join('mine.yaml'), configuration);
      const options = ['-i', data('data', file), '-c', folder.join('mine.yaml')];
      const traits = selectGain ? [] : ['--SimTelEventSource.select_gain=False'];
      python(data('tools', 'converged.py'), ...options, '-o', folder.join('theirs.h5'), ...traits);
      const ours = traits.map((trait) => trait.replace('False', 'false'));
      const { exitCode, stderr } = cherenkit(['process', ...options, '-o', 'ours.h5', '-q', ...ours], folder.path);
      expect(exitCode, stderr).to.equal(0);
      const judge = [data('tools', 'compare_tables.py'), folder.join('theirs.h5'), folder.join('ours.h5')];
      const verdict = python(...judge, '--differences', DIFFERENCES);
      expect(verdict).to.match(AGREEMENT, verdict);
    });
  }

  it('refuse both gains before the run where one is needed', () => {
    using folder = new EmptyFolder();
    const input = join(TEST_DATA ?? '', 'data', 'gamma_diffuse_north_alpha_602.simtel.zst');
    const options = ['-i', input, '-o', 'ours.h5', '--write-images', '--SimTelEventSource.select_gain=false'];
    const { exitCode, stderr } = cherenkit(['process', ...options], folder.path);
    expect(exitCode).to.equal(2);
    expect(stderr).to.match(/GAIN_NOT_SELECTED.*ImageProcessor.*--no-write-parameters/s);
    expect(folder.files).to.deep.equal([]);
  });
});
