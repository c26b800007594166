import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { CTAPIPE_PYTHON } from '../support/pytables.js';
import { REPOSITORY_ROOT, TEST_DATA } from '../support/repository-root.js';
import { cherenkit, EmptyFolder } from '../support/run-command.js';

const DIFFERENCES = join(REPOSITORY_ROOT, 'test', 'reference', 'differences.txt');

const inTestData = (...parts: string[]): string => join(TEST_DATA ?? '', ...parts);

/** Files that do not tell the effective focal length, for which ctapipe was given the other choice. */
const EQUIVALENT = ['lst_muons', '40k_pixels'];

/** @param cwd - where ctapipe leaves its provenance */
function runPython(args: readonly string[], cwd: string): string {
  const { stdout, stderr, status, error } = spawnSync(CTAPIPE_PYTHON ?? '', args, { encoding: 'utf8', cwd });
  if (error) throw error;
  return status === 0 ? stdout : stdout + stderr;
}

/** Compares all tables of two files and closes with a line of counts. */
function compare(reference: string, ours: string): string {
  const judge = inTestData('tools', 'compare_tables.py');
  return runPython([judge, reference, ours, '--differences', DIFFERENCES], dirname(ours));
}

const AGREEMENT = /^[1-9]\d* tables equal, 0 differ, 0 missing, \d+ declared$/m;

/** The input of a reference file, which may be for some of its telescopes only. */
function inputOf(reference: string): { path: string; options: string[] } {
  const [name, variant] = reference.split('.');
  const file = readdirSync(inTestData('data')).find((candidate) => candidate.startsWith(`${name}.`)) ?? '';
  const options = [
    ...(EQUIVALENT.includes(name) ? ['--focal-length-choice', 'EQUIVALENT'] : []),
    ...(variant === 'some_tels' ? ['-t', '1,3,4,7,8,13'] : []),
  ];
  return { path: inTestData('data', file), options };
}

describe('cherenkit process beside ctapipe', function () {
  before(function () {
    if (TEST_DATA === undefined || CTAPIPE_PYTHON === undefined) {
      console.log('      skipped: set CHERENKIT_TEST_DATA, and CTAPIPE_PYTHON to a Python with ctapipe');
      this.skip();
    }
  });

  function process(folder: EmptyFolder, path: string, options: readonly string[]): string {
    const output = folder.join('ours.h5');
    const { exitCode, stderr } = cherenkit(['process', '-i', path, '-o', output, '-q', ...options], folder.path);
    expect(exitCode, stderr).to.equal(0);
    return output;
  }

  const references =
    TEST_DATA === undefined ? [] : readdirSync(inTestData('reference')).filter((f) => f.endsWith('.h5'));
  for (const reference of references) {
    it(`writes the tables of ${reference}`, () => {
      using folder = new EmptyFolder();
      const { path, options } = inputOf(reference);
      const levels = ['--write-images', '--write-parameters', '--write-showers'];
      const ours = process(folder, path, [...levels, ...options]);
      const verdict = compare(inTestData('reference', reference), ours);
      expect(verdict).to.match(AGREEMENT, verdict);
    });
  }

  it('can be opened by ctapipe, with its events, telescopes and reconstructed showers', () => {
    using folder = new EmptyFolder();
    const path = inTestData('data', 'proton_north_alpha_700.simtel.zst');
    const ours = process(folder, path, ['--write-images', '--write-parameters', '--write-showers']);
    const verdict = runPython([inTestData('tools', 'check_with_ctapipe.py'), ours], folder.path);
    expect(verdict).to.match(/^ctapipe 0\.32\.0 reads 3 events, 15 telescope events/m, verdict);
  });

  // ctapipe's reference files have no waveforms, so it runs here; options as in both programs.
  const runs: [title: string, file: string, levels: string[], traits: Record<string, boolean | string>][] = [
    [
      'waveforms, and everything as fixed points',
      'prod4_pixelsettings_v3.gz',
      ['--write-images', '--write-parameters'],
      {
        'DataWriter.write_r0_waveforms': true,
        'DataWriter.write_r1_waveforms': true,
        'DataWriter.transform_image': true,
        'DataWriter.transform_peak_time': true,
        'DataWriter.transform_waveform': true,
      },
    ],
    [
      'images and waveforms of both gains, compressed by zlib',
      'gamma_diffuse_north_alpha_600.simtel.zst',
      ['--write-images', '--no-write-parameters'],
      {
        'DataWriter.write_r0_waveforms': true,
        'DataWriter.write_r1_waveforms': true,
        'DataWriter.compression_type': 'zlib',
        'SimTelEventSource.select_gain': false,
      },
    ],
  ];
  for (const [title, file, levels, traits] of runs) {
    it(`writes ${title}`, function () {
      // ctapipe takes some seconds to start.
      this.timeout(180_000);
      using folder = new EmptyFolder();
      const path = inTestData('data', file);
      const theirs = folder.join('theirs.h5');
      const python = Object.entries(traits).map(
        ([name, value]) => `--${name}=${value === true ? 'True' : value === false ? 'False' : value}`,
      );
      runPython([inTestData('tools', 'converged.py'), '-i', path, '-o', theirs, ...levels, ...python], folder.path);
      const ours = process(folder, path, [
        ...levels,
        ...Object.entries(traits).map(([name, value]) => `--${name}=${value}`),
      ]);
      const verdict = compare(theirs, ours);
      expect(verdict).to.match(AGREEMENT, verdict);
    });
  }
});
