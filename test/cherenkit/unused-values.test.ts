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

describe('a value without effect', () => {
  it('is an error in a file: of a component that the run does not use', async () => {
    const problem = await problemOf('CameraCalibrator:\n  FixedWindowSum:\n    window_width: 3\n');
    expect(problem).to.include(
      'mine.yaml:3:5: error: FixedWindowSum.window_width has no effect: this run uses no FixedWindowSum; select the component, or remove the value',
    );
  });

  it('is an error in a file: of a component below one that does not make it', async () => {
    const problem = await problemOf('ShowerProcessor:\n  TailcutsImageCleaner:\n    picture_threshold_pe: 3\n');
    expect(problem).to.include('mine.yaml:3:5: error: TailcutsImageCleaner.picture_threshold_pe has no effect');
  });

  it('is an error in a file: of a base class whose used components do not have the trait', async () => {
    const problem = await problemOf('ImageExtractor:\n  peak_index: 3\n');
    expect(problem).to.include('ImageExtractor.peak_index has no effect: no component of this run has this trait');
  });

  it('is an error on the command line: of a component that serves no telescope', async () => {
    const text =
      'CameraCalibrator:\n  image_extractor_type: [[type, "*", FixedWindowSum], [type, "*", NeighborPeakWindowSum]]\n';
    const chosen = text.replace('"*", Fixed', '"SST*", Fixed').replace('[type, "*", Neigh', '[type, "[LM]*", Neigh');
    const problem = await problemOf(chosen, '--FixedWindowSum.window_width=3');
    expect(problem).to.include(
      'FixedWindowSum.window_width has no effect: FixedWindowSum serves no telescope of this array',
    );
  });

  it('is accepted if it is the default, or of another tool or event source', async () => {
    for (const text of [
      'FixedWindowSum:\n  window_width: 7\n',
      'SimTelEventSource:\n  focal_length_choice: EQUIVALENT\n',
      'SimulateTool:\n  data_writer_type: HDF5DataWriter\n',
    ]) {
      expect(await problemOf(text)).to.equal('');
    }
  });
});
