import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { TEST_DATA } from '../support/repository-root.js';
import { cherenkit, EmptyFolder } from '../support/run-command.js';

describe('cherenkit demo', function () {
  this.timeout(60_000);

  it('simulates showers, reconstructs them and tells what came out, where it is, and what to try next', () => {
    using folder = new EmptyFolder();
    const { exitCode, stdout, stderr } = cherenkit(['demo', '--array', 'flashcam', '-n', '12'], folder.path);
    expect({ exitCode, stderr }).to.deep.equal({ exitCode: 0, stderr: '' });
    expect(stdout).to.match(/^Events: +12, \d+ of them with a direction$/m);
    expect(stdout).to.match(/^Energies: +[\d.]+ to [\d.]+ TeV$/m);
    const resolution = Number(/^Angular resolution: ([\d.]+) degrees/m.exec(stdout)?.[1]);
    expect(resolution).to.be.within(0.001, 0.5);
    const files = ['showers.simtel.zst', 'showers.dl2.h5'].map((name) => join('cherenkit-demo', name));
    for (const file of files) {
      expect(stdout).to.include(file);
      expect(existsSync(folder.join(file))).to.equal(true);
    }
    const commands = [...stdout.matchAll(/^ +npx cherenkit (.+)$/gm)].map(([, args]) => args.split(' '));
    expect(commands).to.have.length.greaterThan(2);
    for (const args of commands) {
      if (!args.includes('south')) expect(cherenkit(args, folder.path).exitCode, args.join(' ')).to.equal(0);
    }
  });

  it('can be run again', () => {
    using folder = new EmptyFolder();
    const args = ['demo', '--array', 'flashcam', '-n', '1', '-o', 'here'];
    for (const _ of [1, 2]) expect(cherenkit(args, folder.path).exitCode).to.equal(0);
    expect(folder.files).to.deep.equal(['here']);
  });

  it('takes a file instead', function () {
    if (TEST_DATA === undefined) {
      console.log('      CHERENKIT_TEST_DATA is not set: no real file to show');
      this.skip();
    }
    using folder = new EmptyFolder();
    const file = join(TEST_DATA, 'data', 'proton_north_alpha_700.simtel.zst');
    const { exitCode, stdout, stderr } = cherenkit(['demo', file], folder.path);
    expect({ exitCode, stderr }).to.deep.equal({ exitCode: 0, stderr: '' });
    expect(stdout).to.match(/^Events: +3, 3 of them with a direction$/m);
  });
});
