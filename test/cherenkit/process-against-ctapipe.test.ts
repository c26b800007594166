import { readdirSync, writeFileSync } from 'node:fs';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { expectSameTables } from '../support/compare-tables.js';
import { ctapipePython, skipWithoutCtapipeOrTestData } from '../support/ctapipe-python.js';
import { simulationFile } from '../support/ctapipe-reference.js';
import { cherenkit } from '../support/run-command.js';
import { inTestData, TEST_DATA } from '../support/test-data.js';

/** Files without effective focal length; ctapipe was run with the equivalent one. */
const EQUIVALENT = ['lst_muons', '40k_pixels'];

/** The input of a reference file and the options for it; some references cover a subset of the telescopes. */
function inputOf(reference: string): { path: string; options: string[] } {
  const [name, variant] = reference.split('.');
  const options = [
    ...(EQUIVALENT.includes(name) ? ['--focal-length-choice', 'EQUIVALENT'] : []),
    ...(variant === 'some_tels' ? ['-t', '1,3,4,7,8,13'] : []),
  ];
  return { path: simulationFile(name), options };
}

async function process(folder: TemporaryFolder, path: string, options: readonly string[]): Promise<string> {
  const output = folder.join('ours.h5');
  const { exitCode, stderr } = await cherenkit(['process', '-i', path, '-o', output, '-q', ...options], folder.path);
  expect(exitCode, stderr).to.equal(0);
  return output;
}

describe('cherenkit process, compared with ctapipe', function () {
  // ctapipe takes some seconds to start.
  this.timeout(180_000);
  before(skipWithoutCtapipeOrTestData);

  const references =
    TEST_DATA === undefined ? [] : readdirSync(inTestData('reference')).filter((f) => f.endsWith('.h5'));
  for (const reference of references) {
    it(`writes the tables of ${reference}`, async () => {
      using folder = new TemporaryFolder();
      const { path, options } = inputOf(reference);
      const levels = ['--write-images', '--write-parameters', '--write-showers'];
      const ours = await process(folder, path, [...levels, ...options]);
      await expectSameTables(inTestData('reference', reference), ours);
    });
  }

  it('writes files that ctapipe opens, with events, telescopes and reconstructed showers', async () => {
    using folder = new TemporaryFolder();
    const path = inTestData('data', 'proton_north_alpha_700.simtel.zst');
    const ours = await process(folder, path, ['--write-images', '--write-parameters', '--write-showers']);
    const verdict = await ctapipePython([inTestData('tools', 'check_with_ctapipe.py'), ours], { cwd: folder.path });
    expect(verdict).to.match(/^ctapipe 0\.32\.0 reads 3 events, 15 telescope events/m, verdict);
  });

  // ctapipe's reference files have no waveforms, so ctapipe runs here with the same options.
  const runs: [title: string, file: string, levels: string[], traits: Record<string, string>][] = [
    [
      'waveforms, with all columns as fixed-point numbers',
      'prod4_pixelsettings_v3.gz',
      ['--write-images', '--write-parameters'],
      {
        'DataWriter.write_r0_waveforms': 'True',
        'DataWriter.write_r1_waveforms': 'True',
        'DataWriter.transform_image': 'True',
        'DataWriter.transform_peak_time': 'True',
        'DataWriter.transform_waveform': 'True',
      },
    ],
    [
      'images and waveforms of both gain channels, compressed by zlib',
      'gamma_diffuse_north_alpha_600.simtel.zst',
      ['--write-images', '--no-write-parameters'],
      {
        'DataWriter.write_r0_waveforms': 'True',
        'DataWriter.write_r1_waveforms': 'True',
        'DataWriter.compression_type': 'zlib',
        'SimTelEventSource.select_gain': 'False',
      },
    ],
    [
      'fixed-point numbers of other types, scales and offsets, at the highest compression',
      'gamma_diffuse_north_alpha_600.simtel.zst',
      ['--write-images'],
      {
        'DataWriter.write_r1_waveforms': 'True',
        'DataWriter.compression_level': '9',
        'DataWriter.transform_image': 'True',
        'DataWriter.image_dtype': 'uint16',
        'DataWriter.image_offset': '100',
        'DataWriter.image_scale': '5',
        'DataWriter.transform_peak_time': 'True',
        'DataWriter.peak_time_dtype': 'uint8',
        'DataWriter.peak_time_scale': '2',
        'DataWriter.transform_waveform': 'True',
        'DataWriter.waveform_dtype': 'int16',
        'DataWriter.waveform_offset': '-1000',
        'DataWriter.waveform_scale': '50',
      },
    ],
    [
      'parameters in the camera frame and showers, without compression',
      'gamma_diffuse_north_alpha_600.simtel.zst',
      ['--write-images', '--write-parameters', '--write-showers', '--camera-frame'],
      { 'DataWriter.compression_level': '0' },
    ],
    [
      'showers only',
      'gamma_diffuse_north_alpha_600.simtel.zst',
      ['--no-write-parameters', '--write-showers'],
      { 'DataWriter.compression_type': 'zlib', 'DataWriter.compression_level': '1' },
    ],
    [
      'calibration events with all waveforms',
      'calib_true_pe.simtel.zst',
      ['--write-images', '--no-write-parameters'],
      {
        'DataWriter.write_r0_waveforms': 'True',
        'DataWriter.write_r1_waveforms': 'True',
        'SimTelEventSource.skip_calibration_events': 'False',
        'SimTelEventSource.select_gain': 'False',
      },
    ],
    [
      'muons and waveforms',
      'south_lsts_v036.simtel.zst',
      ['--no-write-parameters', '--write-muon-parameters'],
      { 'DataWriter.write_r0_waveforms': 'True', 'DataWriter.write_r1_waveforms': 'True' },
    ],
  ];
  for (const [title, file, levels, traits] of runs) {
    it(`writes ${title}`, async () => {
      using folder = new TemporaryFolder();
      const path = inTestData('data', file);
      const theirs = folder.join('theirs.h5');
      const options = [...levels, ...Object.entries(traits).map(([name, value]) => `--${name}=${value}`)];
      await ctapipePython([inTestData('tools', 'converged.py'), '-i', path, '-o', theirs, ...options], {
        cwd: folder.path,
      });
      await expectSameTables(theirs, await process(folder, path, options));
    });
  }

  it('writes context metadata of all types', async () => {
    using folder = new TemporaryFolder();
    const path = inTestData('data', 'prod4_pixelsettings_v3.gz');
    const [theirs, config] = [folder.join('theirs.h5'), folder.join('config.json')];
    const metadata = { 'EXAMPLE KEY': 'value', N: 3, X: 1.5, ON: true, EMPTY: '' };
    writeFileSync(config, JSON.stringify({ DataWriter: { context_metadata: metadata } }));
    const options = ['-c', config, '--write-parameters'];
    await ctapipePython([inTestData('tools', 'converged.py'), '-i', path, '-o', theirs, ...options], {
      cwd: folder.path,
    });
    const ours = await process(folder, path, options);
    await expectSameTables(theirs, ours);
    const script = [
      'import sys, tables, json',
      'for path in sys.argv[1:]:',
      '    with tables.open_file(path) as f:',
      '        a = f.root._v_attrs',
      '        print(json.dumps([[k, type(a[k]).__name__, a[k].item()] for k in sorted(a._f_list("user")) if k.startswith("CONTEXT")]))',
    ].join('\n');
    const [expected, found] = (await ctapipePython(['-c', script, theirs, ours], { cwd: folder.path }))
      .trim()
      .split('\n');
    expect(JSON.parse(expected)).to.have.lengthOf(5);
    expect(found).to.equal(expected);
  });
});
