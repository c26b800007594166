import { writeFileSync } from 'node:fs';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { cherenkit, type Outcome } from '../support/run-command.js';

/** Checks a configuration, with these arguments behind its name. */
async function check(name: string, text: string, ...args: readonly string[]): Promise<Outcome> {
  using folder = new TemporaryFolder();
  writeFileSync(folder.join(name), text);
  return await cherenkit(['config', 'check', name, ...args], folder.path);
}

describe('cherenkit config check', () => {
  it('refuses a misspelt key with its place and the nearest right spelling', async () => {
    const { exitCode, stdout, stderr } = await check('run.yaml', 'ImageProcessor:\n  use_telescop_frame: false\n');
    expect(exitCode).to.equal(2);
    expect(stdout).to.equal('');
    expect(stderr).to.match(/^run\.yaml:2:3: error: .*use_telescop_frame.*"use_telescope_frame"/m);
  });

  it('tells all mistakes at once, each in its place', async () => {
    const text =
      'ImageProcesor: {}\nTailcutsImageCleaner:\n  min_picture_neighbors: two\n  keep_isolatd_pixels: true\n';
    const { stderr } = await check('run.yaml', text, '--EventSource.max_event=5');
    for (const place of ['run.yaml:1:1', 'run.yaml:3:26', 'run.yaml:4:3', '--EventSource.max_event=5']) {
      expect(stderr).to.include(`${place}: error: `);
    }
  });

  it('reads TOML and JSON as well', async () => {
    expect((await check('run.toml', '[EventSource]\nmax_event = 5\n')).stderr).to.include('run.toml:2:1: error: ');
    expect((await check('run.json', '{"EventSource": {"max_event": 5}}')).stderr).to.include('run.json:1:18: error: ');
  });

  it('ends with 2 for a file that is not there', async () => {
    using folder = new TemporaryFolder();
    const { exitCode, stderr } = await cherenkit(['config', 'check', 'absent.yaml'], folder.path);
    expect(stderr).to.include('absent.yaml');
    expect(exitCode).to.equal(2);
  });
});
