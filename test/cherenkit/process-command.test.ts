import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { inTestData, skipWithoutTestData } from '../support/test-data.js';
import { editSimtel } from '../support/edit-simtel.js';
import { cherenkit, cherenkitWhile, COMMAND, spawnCherenkit } from '../support/run-command.js';

const SHOWERS = ['-i', 'toymodel:', '-m', '3', '-o', 'out.h5', '--write-showers'];
/** A run that takes long enough to be interrupted. */
const MANY_SHOWERS = ['-i', 'toymodel:?events=1000000', '-o', 'out.h5', '--progress'];

describe('cherenkit process', function () {
  this.timeout(60_000);

  it('ends with a summary', () => {
    using folder = new TemporaryFolder();
    const { exitCode, stdout, stderr } = spawnCherenkit(['process', ...SHOWERS], folder.path);
    expect(exitCode).to.equal(0);
    expect(stdout).to.match(/^out\.h5: 3 events, \d+ telescope events, \d+\.\d kB, in \d+\.\d s$/m);
    expect(stdout).to.match(/^HillasReconstructor: 3 of 3 events reconstructed$/m);
    expect(stderr, 'no progress in a pipe').to.equal('');
    expect(folder.files).to.deep.equal(['out.h5']);
  });

  it('explains a run that writes no events, and counts in the singular', async () => {
    using folder = new TemporaryFolder();
    const args = ['process', ...SHOWERS, '-m', '1', '--EventTypeFilter.allowed_types=[MUON]'].filter(
      (word, index, all) => !(word === '-m' && all[index + 1] === '3') && !(word === '3' && all[index - 1] === '-m'),
    );
    const { exitCode, stdout } = await cherenkit(args, folder.path);
    expect(exitCode).to.equal(0);
    expect(stdout)
      .to.match(/^out\.h5: 0 events, 0 telescope events, /m)
      .and.to.match(/^no events: the selection of the configuration rejected all of them$/m)
      .and.to.match(/^rejected: 1 event, EventTypeFilter: event type SUBARRAY$/m);
  });

  it('warns of an output that is not named as the HDF5 file that it is', async () => {
    using folder = new TemporaryFolder();
    const { exitCode, stdout, stderr } = await cherenkit(
      ['process', '-i', 'toymodel:', '-m', '1', '-o', 'out.txt'],
      folder.path,
    );
    expect(exitCode).to.equal(0);
    expect(stdout).to.match(/^out\.txt: 1 event, \d+ telescope events?, /);
    expect(stderr).to.match(
      /WARNING .*: out\.txt is written in HDF5; programs expect such files to be named \.h5\.\n$/,
    );
  });

  it('names the severity of a warning once', async () => {
    using folder = new TemporaryFolder();
    writeFileSync(
      folder.join('a.yaml'),
      'TailcutsImageCleaner: { picture_threshold_pe: [[type, "*", 5], [type, "X*", 3]] }',
    );
    const { stderr } = await cherenkit(['process', ...SHOWERS, '-c', 'a.yaml'], folder.path);
    expect(stderr).to.match(/^\S+ \S+ WARNING: a\.yaml:1:64: ProcessorTool\..*: type X\* matches no telescope/);
    expect(stderr).not.to.include('warning:');
  });

  for (const [streams, closed] of [
    ['standard output', ['stdout']],
    ['standard error', ['stderr']],
    ['both standard streams', ['stdout', 'stderr']],
  ] as const) {
    it(`goes on in silence with -v if the reader closes ${streams}`, async () => {
      using folder = new TemporaryFolder();
      const { exitCode } = await cherenkitWhile(['process', ...SHOWERS, '-v', '--progress'], folder.path, (child) => {
        for (const stream of closed) child[stream]?.destroy();
      });
      expect({ exitCode, files: folder.files }).to.deep.equal({ exitCode: 0, files: ['out.h5'] });
    });
  }

  it('prints nothing with --quiet', async () => {
    using folder = new TemporaryFolder();
    const outcome = await cherenkit(['process', ...SHOWERS, '--quiet', '--progress'], folder.path);
    expect(outcome).to.deep.equal({ exitCode: 0, stdout: '', stderr: '' });
  });

  it('shows a progress bar on a terminal and removes it at the end', function () {
    using folder = new TemporaryFolder();
    const line = [process.execPath, COMMAND, 'process', ...SHOWERS].map((word) => `'${word}'`).join(' ');
    // `script` of util-linux gives the process a terminal for all of its standard streams.
    const { error, stdout } = spawnSync('script', ['-qec', line, '/dev/null'], { cwd: folder.path, encoding: 'utf8' });
    if (error) {
      console.log('      skipped: there is no command "script"');
      this.skip();
    }
    const [progress, rest] = stdout.split('out.h5: ');
    expect(progress).to.match(/\d+% .* \d+\/3 events +\d+\.\d events\/s/);
    expect(progress.endsWith('\r\x1b[K'), 'the bar is removed').to.equal(true);
    expect(progress, 'the cursor is not hidden').not.to.include('\x1b[?25l');
    expect(rest).to.include('3 events');
  });

  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 75],
    ['SIGXCPU', 75],
  ] as const) {
    it(`exits with ${code} on ${signal}, leaves no new output and keeps the existing one`, async () => {
      using folder = new TemporaryFolder();
      writeFileSync(folder.join('out.h5'), 'precious');
      const { exitCode, stdout, stderr } = await cherenkitWhile(
        ['process', ...MANY_SHOWERS, '--overwrite', '--provenance-log', 'runs.json'],
        folder.path,
        (child) => child.stderr?.once('data', () => child.kill(signal)),
      );
      expect(exitCode).to.equal(code);
      expect(stdout).to.equal('');
      expect(stderr).to.match(new RegExp(`Interrupted by ${signal}; no output was written\\.\\n$`));
      expect(folder.files).to.deep.equal(['out.h5', 'runs.json']);
      expect(readFileSync(folder.join('out.h5'), 'utf8')).to.equal('precious');
      const [activity] = JSON.parse(readFileSync(folder.join('runs.json'), 'utf8')) as Activity[];
      expect(activity).to.deep.include({ status: 'interrupted', exit_code: code, output: [] });
    });
  }

  it("writes a provenance log in ctapipe's format with --provenance-log", async () => {
    using folder = new TemporaryFolder();
    writeFileSync(folder.join('mine.yaml'), 'TailcutsImageCleaner:\n  picture_threshold_pe: 7\n');
    await cherenkit(['process', ...SHOWERS, '-c', 'mine.yaml', '--provenance-log', 'runs.json'], folder.path);
    const [activity] = JSON.parse(readFileSync(folder.join('runs.json'), 'utf8')) as Activity[];
    expect(activity).to.deep.include({ activity_name: 'cherenkit-process', status: 'completed', exit_code: 0 });
    expect(activity.input.map(({ role }) => role)).to.include('Tool Configuration');
    expect(activity.output).to.deep.equal([{ url: folder.join('out.h5'), role: 'DL1/Event', reference_meta: null }]);
    expect(activity.config.ProcessorTool.ImageProcessor.TailcutsImageCleaner.picture_threshold_pe).to.equal(7);
  });

  it('gives flags precedence over configurations', async () => {
    using folder = new TemporaryFolder();
    writeFileSync(folder.join('mine.yaml'), 'DataWriter:\n  write_dl1_parameters: true\n  write_dl1_images: false\n');
    const flags = ['-m', '2', '-t', '1', '-t', '2,3-4', '--allow-truncated', '--overwrite', '--write-images'];
    flags.push('--no-write-parameters', '--write-showers', '--camera-frame', '--reconstructor', 'HillasReconstructor');
    flags.push('--image-cleaner-type', 'TailcutsImageCleaner', '--EventSource.skip_calibration_events', 'False');
    const files = ['-i', 'toymodel:', '-o', 'out.h5', '-c', 'mine.yaml', '--provenance-log', 'runs.json'];
    const { exitCode, stderr } = await cherenkit(['process', ...files, ...flags], folder.path);
    expect({ exitCode, stderr }).to.deep.equal({ exitCode: 0, stderr: '' });

    const [{ config }] = JSON.parse(readFileSync(folder.join('runs.json'), 'utf8')) as Activity[];
    const { HDF5DataWriter, ImageProcessor, ShowerProcessor, ToyModelEventSource } = config.ProcessorTool;
    expect(HDF5DataWriter).to.deep.include({
      output_path: 'out.h5',
      overwrite: true,
      write_dl1_images: true,
      write_dl1_parameters: false,
      write_dl2: true,
    });
    expect(ToyModelEventSource).to.deep.include({ max_events: 2, allow_truncated: true, allowed_tels: [1, 2, 3, 4] });
    expect(ImageProcessor).to.include({ image_cleaner_type: 'TailcutsImageCleaner', use_telescope_frame: false });
    expect(ShowerProcessor).to.deep.include({ reconstructor_types: ['HillasReconstructor'] });
  });

  it('appends to an existing provenance log as ctapipe does, and exits with 73 if it cannot be written', async () => {
    using folder = new TemporaryFolder();
    for (const output of ['a.h5', 'b.h5']) {
      await cherenkit(
        ['process', '-i', 'toymodel:', '-m', '1', '-o', output, '--provenance-log', 'runs.json'],
        folder.path,
      );
    }
    expect(readFileSync(folder.join('runs.json'), 'utf8')).to.match(/^\[\n[^]*\n\]\[\n[^]*\n\]$/);
    const { exitCode, stderr } = await cherenkit(
      ['process', ...SHOWERS, '--provenance-log', 'absent/runs.json'],
      folder.path,
    );
    expect(stderr).to.include('absent/runs.json');
    expect(exitCode).to.equal(73);
  });

  it('writes messages to a log file with its own level', async () => {
    using folder = new TemporaryFolder();
    const { stderr } = await cherenkit(
      ['process', ...SHOWERS, '-l', 'run.log', '--log-file-level', 'debug'],
      folder.path,
    );
    expect(stderr).to.equal('');
    expect(readFileSync(folder.join('run.log'), 'utf8')).to.match(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}Z DEBUG/);
  });

  describe('with real files', () => {
    before(skipWithoutTestData);

    /** Processes the first part of a file with --allow-truncated. */
    function processTruncated(fraction: number, folder: TemporaryFolder): ReturnType<typeof cherenkit> {
      const whole = readFileSync(inTestData('data', 'proton_north_alpha_700.simtel.zst'));
      writeFileSync(folder.join('cut.simtel.zst'), whole.subarray(0, whole.length * fraction));
      return cherenkit(['process', '-i', 'cut.simtel.zst', '-o', 'out.h5', '--allow-truncated'], folder.path);
    }

    it('keeps the events before a truncation with --allow-truncated and reports it', async () => {
      using folder = new TemporaryFolder();
      const { exitCode, stdout, stderr } = await processTruncated(0.9, folder);
      expect(exitCode).to.equal(0);
      expect(stdout)
        .to.match(/^out\.h5: [12] events, /m)
        .and.to.match(/^truncated: /m);
      expect(stderr).to.match(
        /WARNING .*cut\.simtel\.zst, byte \d+.* The rest of the file is ignored; the [12] events before it are kept\.\n/,
      );
      expect(stderr).not.to.include('--allow-truncated');
      expect(existsSync(folder.join('out.h5'))).to.equal(true);
    });

    it('says with --allow-truncated that no event is before the truncation', async () => {
      using folder = new TemporaryFolder();
      const { exitCode, stdout, stderr } = await processTruncated(0.1, folder);
      expect(exitCode).to.equal(0);
      expect(stdout)
        .to.match(/^no events: the input is truncated before the end of its first event$/m)
        .and.to.match(/^truncated: the input is truncated; no event is complete$/m);
      expect(stderr).to.match(/WARNING .* The rest of the file is ignored; no event is before it\.\n/);
    });

    it('rejects and counts telescope events without pedestals', async () => {
      using folder = new TemporaryFolder();
      // Object 2022 is the monitoring of a camera; the low byte of its id is the telescope.
      await editSimtel(
        inTestData('data', 'proton_north_alpha_700.simtel.zst'),
        folder.join('some.simtel'),
        ({ type, id }) => type !== 2022 || (id & 0xff) !== 3,
      );
      const { exitCode, stdout } = await cherenkit(['process', '-i', 'some.simtel', '-o', 'out.h5'], folder.path);
      expect(exitCode).to.equal(0);
      expect(stdout)
        .to.match(/^out\.h5: 3 events, /m)
        .and.to.match(/^rejected: \d+ telescope events, .*pedestal/m);
    });
  });
});

/** The fields of a provenance log that the tests read. */
interface Activity {
  readonly input: readonly { readonly role: string }[];
  readonly output: readonly object[];
  readonly config: {
    readonly ProcessorTool: {
      readonly HDF5DataWriter: object;
      readonly ShowerProcessor: object;
      readonly ToyModelEventSource: object;
      readonly ImageProcessor: { readonly TailcutsImageCleaner: { readonly picture_threshold_pe: number } };
    };
  };
}
