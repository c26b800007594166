import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { inTestData, skipWithoutTestData } from '../support/test-data.js';
import { cherenkit } from '../support/run-command.js';

describe('cherenkit demo', function () {
  this.timeout(60_000);

  it('simulates and reconstructs showers, prints the results, the files and the next commands', async () => {
    using folder = new TemporaryFolder();
    const { exitCode, stdout, stderr } = await cherenkit(['demo', '--array', 'flashcam', '-n', '12'], folder.path);
    expect({ exitCode, stderr }).to.deep.equal({ exitCode: 0, stderr: '' });
    expect(stdout).to.match(/^Events: +12, \d+ of them with a reconstructed direction$/m);
    expect(stdout).to.match(/^True energies: +[\d.]+ to [\d.]+ TeV$/m);
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
      if (!args.includes('south')) expect((await cherenkit(args, folder.path)).exitCode, args.join(' ')).to.equal(0);
    }
  });

  it('can be run twice in one folder', async () => {
    using folder = new TemporaryFolder();
    const args = ['demo', '--array', 'flashcam', '-n', '1', '-o', 'here'];
    for (const _ of [1, 2]) expect((await cherenkit(args, folder.path)).exitCode).to.equal(0);
    expect(folder.files).to.deep.equal(['here']);
  });

  it('processes a given file instead of simulating', async function () {
    skipWithoutTestData.call(this);
    using folder = new TemporaryFolder();
    const file = inTestData('data', 'proton_north_alpha_700.simtel.zst');
    const { exitCode, stdout, stderr } = await cherenkit(['demo', file], folder.path);
    expect({ exitCode, stderr }).to.deep.equal({ exitCode: 0, stderr: '' });
    expect(stdout).to.match(/^Events: +3, 3 of them with a reconstructed direction$/m);
  });
});
