import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ModelFiles } from '@cherenkit/plugin-ml';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { REPOSITORY_ROOT } from './support/repository-root.js';

const SCRIPT = join(REPOSITORY_ROOT, 'examples', 'dist', 'energy-and-classes', 'energy-and-classes.js');

describe('examples/energy-and-classes', function () {
  this.timeout(300_000);
  const folder = new TemporaryFolder();
  after(() => folder[Symbol.dispose]());

  it('trains models, applies them to other events, and prints how good they are', async () => {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [SCRIPT, folder.path, '30']);
    expect(stderr).to.equal('');
    const [, resolution, nEvents] =
      /energy: bias -?[\d.]+ %, resolution ([\d.]+) %, of (\d+) gamma rays/.exec(stdout) ?? [];
    expect(Number(resolution)).to.be.within(1, 60);
    expect(Number(nEvents)).to.be.within(20, 30);
    const [, area] = /area under the ROC curve (0\.\d+|1\.000)/.exec(stdout) ?? [];
    expect(Number(area)).to.be.above(0.7);
    const [, ofDisp] = /direction of disp: 68 % within (0\.\d+)°/.exec(stdout) ?? [];
    expect(Number(ofDisp)).to.be.below(0.5);
    for (const name of ['energy', 'particle', 'disp']) {
      expect(new ModelFiles().read(folder.join(`${name}.onnx`)).estimators.size).to.equal(2);
      expect(folder.readText(`${name}.html`)).to.include('array events');
    }
  });
});
