import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { ctapipePython, skipWithoutCtapipe } from '../support/ctapipe-python.js';
import { REPOSITORY_ROOT } from '../support/repository-root.js';
import { inTestData, skipWithoutTestData } from '../support/test-data.js';
import { cherenkit } from '../support/run-command.js';

const FOLDER = join(REPOSITORY_ROOT, 'test', 'configurations');

/** Layers of configurations from ctapipe, in the order of precedence. */
const LAYERS: readonly (readonly string[])[] = [
  ['base.yaml', 'stage1.yaml'],
  ['base.yaml', 'stage2.yaml'],
  ['base.yaml', 'ml-preprocessing.yaml'],
  ['stage1.json'],
  ['stage1.toml'],
  ['stage2.json'],
  ['ml-preprocessing.json'],
  ['image-modification.json'],
];

/** Expected output for ctapipe's configurations: sections for other tools, warnings of classes that ctapipe removed or Cherenkit lacks. */
const EXPECTED =
  /^(.*: (?:no mistakes found|\d+ warnings?)|not used by cherenkit process: .*|.*: warning: .*(is a class of ctapipe that is not available here; its section has no effect|is a (component|trait) of ctapipe that is not available here|was a class of ctapipe until 0\.\d+; its section has no effect.*))$/;

describe("ctapipe's configurations", function () {
  this.timeout(120_000);

  for (const files of LAYERS) {
    it(`pass the check: ${files.join(', ')}`, async () => {
      const { exitCode, stdout, stderr } = await cherenkit(['config', 'check', ...files], FOLDER);
      for (const line of `${stdout}${stderr}`.trimEnd().split('\n')) expect(line).to.match(EXPECTED);
      expect(exitCode).to.equal(0);
    });
  }

  it('give a warning for a class that ctapipe has removed', async () => {
    const { stderr } = await cherenkit(['config', 'check', 'stage1.toml'], FOLDER);
    expect(stderr).to.match(
      /^stage1\.toml:\d+:18: warning: ShowerQualityQuery was a class of ctapipe until 0\.13; its section has no effect; did you mean "StereoQualityQuery"\?$/m,
    );
  });

  it('pass the check as shipped with ctapipe', async function () {
    skipWithoutCtapipe.call(this);
    const where = 'import ctapipe.resources as r; print(list(r.__path__)[0])';
    const resources = (await ctapipePython(['-c', where], { cwd: FOLDER })).trim();
    const files = readdirSync(resources).filter((name) => /\.(yaml|json|toml)$/.test(name));
    expect(files.length).to.be.greaterThan(10);
    for (const file of files) {
      const { exitCode, stdout, stderr } = await cherenkit(['config', 'check', file], resources);
      for (const line of `${stdout}${stderr}`.trimEnd().split('\n')) expect(line, file).to.match(EXPECTED);
      expect(exitCode, file).to.equal(0);
    }
  });

  it('run with values per telescope in Python syntax on the command line', async function () {
    skipWithoutTestData.call(this);
    const input = inTestData('data', 'proton_north_alpha_700.simtel.zst');
    const layers = ['base.yaml', 'ml-preprocessing.yaml'].flatMap((file) => ['-c', join(FOLDER, file)]);
    const before = "--TailcutsImageCleaner.picture_threshold_pe=[('type','*',5),('id',1,7)]";
    const after = ['--ProcessorTool.ImageProcessor.use_telescope_frame', 'False'];
    using folder = new TemporaryFolder();
    const run = await cherenkit(['process', before, '-i', input, '-o', 'out.h5', ...layers, ...after], folder.path);
    expect(run.stderr).not.to.include('error');
    expect({ exitCode: run.exitCode, files: folder.files }).to.deep.equal({ exitCode: 0, files: ['out.h5'] });
  });

  it("may name ctapipe's classes that are not available here, but not misspell their traits", async () => {
    using folder = new TemporaryFolder();
    writeFileSync(folder.join('mine.yaml'), 'DisplayDL1Calib:\n  telescope: 3\n  telescop: 3\n  QualityQery: {}\n');
    const { exitCode, stderr } = await cherenkit(['config', 'check', 'mine.yaml'], folder.path);
    expect(exitCode).to.equal(2);
    expect(stderr).to.match(
      /^mine\.yaml:1:1: warning: DisplayDL1Calib is a class of ctapipe that is not available here/m,
    );
    expect(stderr).to.match(/^mine\.yaml:3:3: error: DisplayDL1Calib has no trait telescop; did you mean/m);
    expect(stderr).to.match(/^mine\.yaml:4:3: error: unknown section QualityQery; did you mean "QualityQuery"\?$/m);
  });
});
