import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { cherenkit } from '../support/run-command.js';

describe('an unknown command', () => {
  for (const [typed, suggested] of [
    ['proces -i x', 'process'],
    ['Process', 'process'],
    ['simulat', 'simulate'],
    ['config chek x', 'config check'],
    ['config shwo', 'config show'],
    ['confg check x', 'config check'],
    ['plugin list', 'plugins'],
    ['plugins lst', 'plugins list'],
    ['help evnts', 'events'],
    ['compl', 'completion'],
    ['--versoin', '--version'],
  ]) {
    it(`${typed}: suggests ${suggested}`, async () => {
      using folder = new TemporaryFolder();
      const { exitCode, stderr } = await cherenkit(typed.split(' '), folder.path);
      expect(exitCode).to.equal(2);
      expect(stderr).to.match(/^error\[COMMAND_UNKNOWN\]: .*; did you mean "[^"]*"\?\n$/);
      expect(stderr).to.include(`did you mean "${suggested}`);
    });
  }

  it('without a near one names the help', async () => {
    using folder = new TemporaryFolder();
    const { exitCode, stderr } = await cherenkit(['xyzzy'], folder.path);
    expect(exitCode).to.equal(2);
    expect(stderr).to.include('cherenkit --help');
  });
});
