import { writeFileSync } from 'node:fs';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { cherenkit } from '../support/run-command.js';

const RUN = ['process', '-i', 'toymodel:?array=north', '-m', '1', '-o', 'out.h5'];

async function problemOf(text: string, ...args: readonly string[]): Promise<string> {
  using folder = new TemporaryFolder();
  writeFileSync(folder.join('mine.yaml'), text);
  const { exitCode, stderr } = await cherenkit([...RUN, '-c', 'mine.yaml', ...args], folder.path);
  expect([0, 2]).to.include(exitCode);
  return stderr;
}

describe('a large integer', () => {
  it('is printed as typed', async () => {
    const option = '--SimTelEventSource.override_obs_id=9223372036854775807';
    const message = 'expected at most 9007199254740991, found 9223372036854775807';
    expect(await problemOf('', option)).to.include(message);
    expect(await problemOf('', '--EventSource.allowed_tels=9223372036854775807')).to.include(message);
    for (const trait of ['max_events', 'allowed_tels']) {
      expect(await problemOf(`EventSource: { ${trait}: 9223372036854775807 }`)).to.include(message);
    }
  });
});

describe('a value without effect', () => {
  it('is an error in a file: of a component that the run does not use', async () => {
    const problem = await problemOf('CameraCalibrator:\n  FixedWindowSum:\n    window_width: 3\n');
    expect(problem).to.include(
      'mine.yaml:3:5: error: FixedWindowSum.window_width has no effect: this run uses no FixedWindowSum; select the component, or remove the value',
    );
  });

  it('is an error in a file: of a component below one that does not make it', async () => {
    const problem = await problemOf('ShowerProcessor:\n  TailcutsImageCleaner:\n    picture_threshold_pe: 3\n');
    expect(problem).to.include(
      'mine.yaml:3:5: error: TailcutsImageCleaner.picture_threshold_pe has no effect: it is not below a component that uses TailcutsImageCleaner; move the section, or remove the value',
    );
  });

  it('is an error in a file: of a base class whose used components do not have the trait', async () => {
    const problem = await problemOf('ImageExtractor:\n  peak_index: 3\n');
    expect(problem).to.include('ImageExtractor.peak_index has no effect: no component of this run has this trait');
  });

  it('is an error in a file and on the command line: of a component that serves no telescope', async () => {
    const chosen =
      'CameraCalibrator:\n  image_extractor_type: [[type, "*", FixedWindowSum], [type, "[LM]*", NeighborPeakWindowSum]]\n';
    const problem = 'FixedWindowSum.window_width has no effect: FixedWindowSum serves no telescope of this array';
    const option = await problemOf(chosen, '--FixedWindowSum.window_width=3');
    expect(option).to.include(`--FixedWindowSum.window_width=3: error: ${problem}; remove the option`);
    const file = await problemOf(`${chosen}FixedWindowSum:\n  window_width: 3\n`);
    expect(file).to.include(`mine.yaml:4:3: error: ${problem}; select the component, or remove the value`);
    expect(await problemOf(`${chosen}FixedWindowSum:\n  window_width: 7\n`), 'the default').to.equal('');
    expect(await problemOf(`${chosen}NeighborPeakWindowSum:\n  window_width: 3\n`), 'a used one').to.equal('');
    const ofOthers = `${chosen}FixedWindowSum:\n  window_width: 3\n`;
    expect(await problemOf(ofOthers, '--allowed-tels', '1'), 'for telescopes that are not read').not.to.include(
      'no effect',
    );
  });

  for (const [options, problem] of [
    [
      ['--reconstructor', 'HillasIntersection'],
      '--reconstructor HillasIntersection: error: ShowerProcessor.reconstructor_types has no effect: ShowerProcessor is not used, since no showers are written (see --write-showers, --recompute-dl2); remove the option',
    ],
    [
      ['--StereoQualityQuery.quality_criteria=[]'],
      'StereoQualityQuery.quality_criteria has no effect: StereoQualityQuery is not used, since no showers are written',
    ],
    [
      ['--write-images', '--no-write-parameters', '--image-cleaner-type', 'MARSImageCleaner'],
      'ImageProcessor.image_cleaner_type has no effect: ImageProcessor is not used, since neither image parameters nor showers are written',
    ],
  ] as const) {
    it(`is an error on the command line: of a component whose results are not written, ${options.join(' ')}`, async () => {
      expect(await problemOf('', ...options)).to.include(problem);
      expect(await problemOf('', '--write-showers', ...options)).to.equal('');
    });
  }

  it('is accepted in a file of a component whose results are not written', async () => {
    expect(await problemOf('ShowerProcessor:\n  reconstructor_types: [HillasIntersection]\n')).to.equal('');
  });

  it('is accepted if it is the default, or of another tool, event source or table loader', async () => {
    for (const text of [
      'FixedWindowSum:\n  window_width: 7\n',
      'SimTelEventSource:\n  focal_length_choice: EQUIVALENT\n',
      'SimulateTool:\n  data_writer_type: HDF5DataWriter\n',
      'TableLoader:\n  dl1_images: true\n',
    ]) {
      expect(await problemOf(text)).to.equal('');
    }
  });

  it('is accepted if another tool uses it; config check names the sections', async () => {
    using folder = new TemporaryFolder();
    writeFileSync(
      folder.join('shared.yaml'),
      'SimulateTool:\n  SimTelEventWriter: { overwrite: true }\nSimTelEventWriter: { overwrite: true }\nDataWriter: { overwrite: true }\n',
    );
    const { exitCode, stdout, stderr } = await cherenkit(['config', 'check', 'shared.yaml'], folder.path);
    expect({ exitCode, stdout, stderr }).to.deep.equal({
      exitCode: 0,
      stdout: 'shared.yaml: no mistakes found\nnot used by cherenkit process: SimTelEventWriter\n',
      stderr: '',
    });
    const unused = 'SimulateTool:\n  data_writer_type: HDF5DataWriter\nSimTelEventWriter: { overwrite: true }\n';
    expect(await problemOf(unused)).to.include('SimTelEventWriter.overwrite has no effect');
  });

  it('is counted by config check if it is a warning', async () => {
    using folder = new TemporaryFolder();
    writeFileSync(folder.join('old.yaml'), 'DL1Writer: {}\nComaPSFModel: {}\n');
    const { exitCode, stdout, stderr } = await cherenkit(['config', 'check', 'old.yaml'], folder.path);
    expect({ exitCode, stdout }).to.deep.equal({ exitCode: 0, stdout: 'old.yaml: 2 warnings\n' });
    expect(stderr.match(/: warning: /g)).to.have.length(2);
  });
});
