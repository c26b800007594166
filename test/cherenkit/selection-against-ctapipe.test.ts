import { join } from 'node:path';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { expectSameTables } from '../support/compare-tables.js';
import { ctapipePython, skipWithoutCtapipeOrTestData } from '../support/ctapipe-python.js';
import { simulationFile } from '../support/ctapipe-reference.js';
import { REPOSITORY_ROOT } from '../support/repository-root.js';
import { cherenkit } from '../support/run-command.js';
import { inTestData } from '../support/test-data.js';

const REFERENCE = join(REPOSITORY_ROOT, 'test', 'reference');

const LEVELS = 'DataWriter: {write_dl1_images: true, write_dl1_parameters: true, write_dl2: true}';

/** Values of cleaners, each for arrays with telescopes that it is chosen for: other values would have no effect. */
const FACT = 'FACTImageCleaner: {time_limit_ns: 4}';

/** Configurations that ctapipe and Cherenkit read unchanged. */
const perTelescope = (...cleaners: string[]): string => `
${LEVELS}
CameraCalibrator:
  image_extractor_type: [[type, '*', NeighborPeakWindowSum], [type, 'LST*', LocalPeakWindowSum]]
  LocalPeakWindowSum: {window_width: 8, window_shift: [[type, '*', 4]]}
ImageProcessor:
  image_cleaner_type:
    - [type, '*', TailcutsImageCleaner]
    - [type, 'LST*', NSBImageCleaner]
    - [type, '*FlashCam', TimeConstrainedImageCleaner]
    - [type, '*NectarCam', FACTImageCleaner]
    - [type, 'SST*', MARSImageCleaner]
  TailcutsImageCleaner: {picture_threshold_pe: 6, boundary_threshold_pe: 3}
  ${cleaners.join('\n  ')}
  ImageQualityQuery:
    quality_criteria: [[pixels, 'image.size > 2'], [light, 'image.sum() > 20']]
ShowerProcessor:
  reconstructor_types: [HillasReconstructor, HillasIntersection]
  HillasReconstructor:
    StereoQualityQuery:
      quality_criteria: [[light, 'parameters.hillas.intensity > 80'], [width, 'parameters.hillas.width.value > 0']]
  HillasIntersection:
    StereoQualityQuery:
      quality_criteria:
        - [width, 'parameters.hillas.width.value > 0.01']
        - [contained, 'parameters.leakage.intensity_width_1 < 0.2']
SoftwareTrigger:
  min_telescopes: 2
  min_telescopes_of_type: [[type, '*', 0], [type, 'LST*', 2]]
`;

const CAMERA_FRAME = `
${LEVELS}
ImageProcessor:
  image_cleaner_type: FACTImageCleaner
  use_telescope_frame: false
  TailcutsImageCleaner: {picture_threshold_pe: [[type, '*', 5], [type, 'LST*', 6.5]], boundary_threshold_pe: 2.5}
  FACTImageCleaner: {min_picture_neighbors: [[type, '*', 1], [id, 1, 2]]}
EventTypeFilter: {allowed_types: [SUBARRAY, 17]}
SoftwareTrigger: {min_telescopes_of_type: [[type, '*', 2], [type, 'MST*', 3]]}
`;

const NOISY = `
${LEVELS}
ImageProcessor:
  image_cleaner_type: NSBImageCleaner
  NSBImageCleaner:
    picture_threshold_pe: 5
    boundary_threshold_pe: 2.5
    time_limit: [[type, '*', null], [type, 'LST*', 2]]
    largest_island_only: [[type, '*', false], [type, 'MST*', true]]
    bright_cleaning_threshold: [[type, '*', 100], [id, 3, null]]
SoftwareTrigger: {min_telescopes: 4, allowed_telescope_event_types: [SUBARRAY]}
`;

describe('selection and cleaning from a configuration, compared with ctapipe', function () {
  // ctapipe takes some seconds to start.
  this.timeout(240_000);

  before(skipWithoutCtapipeOrTestData);

  const cases: [title: string, name: string, configuration: string][] = [
    ['an extractor and a cleaner per telescope type, two reconstructors', 'proton_north_alpha_700', perTelescope(FACT)],
    ['an extractor and a cleaner per telescope type, two reconstructors', 'south_lsts_v036', perTelescope()],
    ['parameters in the camera frame', 'gamma_diffuse_north_alpha_600', CAMERA_FRAME],
    ['many small islands and rejected events', 'proton_north_alpha_700', NOISY],
  ];
  for (const [title, name, configuration] of cases) {
    it(`writes the tables of ${name}: ${title}`, async () => {
      using folder = new TemporaryFolder();
      const [ours, theirs] = [folder.join('ours.h5'), folder.join('theirs.h5')];
      const options = ['-i', simulationFile(name), '-c', folder.write('run.yaml', configuration)];
      // The script imports converged.py.
      const where = { cwd: folder.path, env: { PYTHONPATH: inTestData('tools') } };
      await ctapipePython([join(REFERENCE, 'process_per_telescope.py'), ...options, '-o', theirs], where);
      const { exitCode, stderr } = await cherenkit(['process', ...options, '-o', ours, '-q'], folder.path);
      expect(exitCode, stderr).to.equal(0);
      await expectSameTables(theirs, ours);
      const timing = await ctapipePython([join(REFERENCE, 'check_timing.py'), theirs, ours], where);
      expect(timing).to.match(/^[1-9]\d* images, \d+ of three pixels differ, 0 differ that must not$/m, timing);
    });
  }
});
