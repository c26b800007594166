import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { expectSameTables } from '../support/compare-tables.js';
import { ctapipePython, skipWithoutCtapipeOrTestData } from '../support/ctapipe-python.js';
import { cherenkit } from '../support/run-command.js';
import { inTestData } from '../support/test-data.js';

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

/** The images have rows of pixels that are collinear up to the rounding of their coordinates. */
const FULL_WAVEFORM = `
CameraCalibrator:
  image_extractor_type: FullWaveformSum
DataWriter:
  write_dl1_images: true
`;

const RUNS: [title: string, file: string, configuration: string, selectGain: boolean][] = [
  ['extractors and a data volume reducer per telescope type', 'proton_north_alpha_700.simtel.zst', BY_TYPE, true],
  ['FlashCam', 'aux_traces_2029.simtel.zst', FLASH_CAM, true],
  ['images with a single row of pixels', 'gct_checs_muons.simtel.zst', FULL_WAVEFORM, true],
  ['variances', 'gamma_diffuse_north_alpha_602.simtel.zst', VARIANCE, true],
  ['variances of both gain channels', 'gamma_diffuse_north_alpha_602.simtel.zst', VARIANCE, false],
];

describe('image extractors of cherenkit process, compared with ctapipe', function () {
  // ctapipe starts in seconds, but compiles its numba functions in half a minute on the first run.
  this.timeout(180_000);
  before(skipWithoutCtapipeOrTestData);

  for (const [title, file, configuration, selectGain] of RUNS) {
    it(`give the same tables: ${title}`, async () => {
      using folder = new TemporaryFolder();
      const [ours, theirs] = [folder.join('ours.h5'), folder.join('theirs.h5')];
      const options = ['-i', inTestData('data', file), '-c', folder.write('mine.yaml', configuration)];
      const traits = selectGain ? [] : ['--SimTelEventSource.select_gain=False'];
      const converged = inTestData('tools', 'converged.py');
      await ctapipePython([converged, ...options, '-o', theirs, ...traits], { cwd: folder.path });
      const { exitCode, stderr } = await cherenkit(['process', ...options, '-o', ours, '-q', ...traits], folder.path);
      expect(exitCode, stderr).to.equal(0);
      await expectSameTables(theirs, ours);
    });
  }

  it('reject two gain channels before the run where one is needed', async () => {
    using folder = new TemporaryFolder();
    const input = inTestData('data', 'gamma_diffuse_north_alpha_602.simtel.zst');
    const options = ['-i', input, '-o', 'ours.h5', '--write-images', '--SimTelEventSource.select_gain=false'];
    const { exitCode, stderr } = await cherenkit(['process', ...options], folder.path);
    expect(exitCode).to.equal(2);
    expect(stderr).to.match(/GAIN_NOT_SELECTED.*ImageProcessor.*--no-write-parameters/s);
    expect(folder.files).to.deep.equal([]);
  });
});
