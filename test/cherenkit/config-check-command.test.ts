import { writeFileSync } from 'node:fs';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { cherenkit, type Outcome } from '../support/run-command.js';

/** Runs `cherenkit config check` on a configuration with additional arguments. */
async function check(name: string, text: string, ...args: readonly string[]): Promise<Outcome> {
  using folder = new TemporaryFolder();
  writeFileSync(folder.join(name), text);
  return await cherenkit(['config', 'check', name, ...args], folder.path);
}

describe('cherenkit config check', () => {
  it('reports a misspelt key with its position and a suggestion', async () => {
    const { exitCode, stdout, stderr } = await check('run.yaml', 'ImageProcessor:\n  use_telescop_frame: false\n');
    expect(exitCode).to.equal(2);
    expect(stdout).to.equal('');
    expect(stderr).to.match(/^run\.yaml:2:3: error: .*use_telescop_frame.*"use_telescope_frame"/m);
  });

  it('reports all mistakes in one run, each with its position', async () => {
    const text =
      'ImageProcesor: {}\nTailcutsImageCleaner:\n  min_picture_neighbors: two\n  keep_isolatd_pixels: true\n';
    const { stderr } = await check('run.yaml', text, '--EventSource.max_event=5');
    for (const place of ['run.yaml:1:1', 'run.yaml:3:26', 'run.yaml:4:3', '--EventSource.max_event=5']) {
      expect(stderr).to.include(`${place}: error: `);
    }
  });

  it('reads TOML and JSON', async () => {
    expect((await check('run.toml', '[EventSource]\nmax_event = 5\n')).stderr).to.include('run.toml:2:1: error: ');
    expect((await check('run.json', '{"EventSource": {"max_event": 5}}')).stderr).to.include('run.json:1:18: error: ');
  });

  it('exits with 2 for a missing file', async () => {
    using folder = new TemporaryFolder();
    const { exitCode, stderr } = await cherenkit(['config', 'check', 'absent.yaml'], folder.path);
    expect(stderr).to.include('absent.yaml');
    expect(exitCode).to.equal(2);
  });
});
