import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { REPOSITORY_ROOT } from './support/repository-root.js';
import { inTestData, skipWithoutTestData } from './support/test-data.js';

const run = promisify(execFile);

const FIGURES = [
  '01-image',
  '02-image-and-time',
  '03-ellipse',
  '04-border',
  '05-theta-squared',
  '06-array',
  '07-energy-intensity',
  '08-toy',
  '09-islands',
];

describe('pictures of the documentation', function () {
  this.timeout(300_000);

  it('and the tutorial are up to date', async () => {
    const { stderr } = await run(process.execPath, [join(REPOSITORY_ROOT, 'scripts', 'write-pictures.mjs'), '--check']);
    expect(stderr).to.equal('');
  });

  it('of the tutorial are shown after the code that draws them', () => {
    const page = readFileSync(join(REPOSITORY_ROOT, 'docs', 'tutorial.md'), 'utf8');
    const shown = [...page.matchAll(/^!\[.+\]\(tutorial\/(.+)\.svg\)$/gm)].map(([, name]) => name);
    expect(shown).to.deep.equal(FIGURES);
  });
});

describe('the tutorial', function () {
  this.timeout(300_000);
  before(skipWithoutTestData);

  const inputs = [
    ['gamma_diffuse_north_alpha_600.simtel.zst', 'EFFECTIVE'],
    ['sst1m_2018.simtel.gz', 'EQUIVALENT'],
    ['gct_checs_muons.simtel.zst', 'EFFECTIVE'],
    ['south_lsts_v036.simtel.zst', 'EFFECTIVE'],
  ] as const;
  for (const [file, focalLength] of inputs) {
    it(`runs on ${file}`, async () => {
      using folder = new TemporaryFolder();
      const script = join(REPOSITORY_ROOT, 'examples', 'dist', 'tutorial.js');
      const { stdout, stderr } = await run(process.execPath, [
        script,
        inTestData('data', file),
        folder.path,
        focalLength,
      ]);
      expect(stderr).to.equal('');
      expect(stdout).to.match(/^SimTelEventSource\nId: 0, E = [\d.]+ TeV, Telescopes: \d+$/m);
      expect(stdout).to.match(/ µs\n$/);
      for (const name of FIGURES) expect(existsSync(folder.join(`${name}.svg`)), name).to.equal(true);
    });
  }

  const mistakes: readonly (readonly [file: string, exitCode: number, message: RegExp])[] = [
    ['data/calib_true_pe.simtel.zst', 1, /calib_true_pe\.simtel\.zst has no events of showers\.$/],
    ['data/test_camorganv2.simtel.gz', 65, /telescope 78 has no PixelSettings/],
    ['data/faults/true_image_32768_pixels.simtel.zst', 65, /has 32768 pixels, expected 7987/],
    ['data/40k_pixels.simtel.zst', 2, /EQUIVALENT/],
    ['data/3_gammas_reuse_5.dat', 65, /Run sim_telarray on the file first\.$/],
    ['data/absent.simtel.zst', 66, /absent\.simtel\.zst/],
  ];
  for (const [file, exitCode, message] of mistakes) {
    it(`reports what is wrong with ${file} in one line`, async () => {
      using folder = new TemporaryFolder();
      const script = join(REPOSITORY_ROOT, 'scripts', 'run-tutorial.mjs');
      const error = (await run(process.execPath, [script, inTestData(file), folder.path]).catch(
        (reason: unknown) => reason,
      )) as { code: number; stderr: string };
      expect(error.stderr.trim()).to.match(message).and.not.to.include('\n');
      expect(error.code).to.equal(exitCode);
    });
  }
});
