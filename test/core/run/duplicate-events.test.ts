import { writeFileSync } from 'node:fs';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { concatenatedRuns } from '../../support/concatenated-runs.js';
import { cherenkit } from '../../support/run-command.js';
import { skipWithoutTestData } from '../../support/test-data.js';

const PROTONS = 'proton_north_alpha_700.simtel.zst';

describe('DuplicateEvents', function () {
  before(skipWithoutTestData);

  async function processRuns(runs: readonly number[], ...options: readonly string[]) {
    using folder = new TemporaryFolder();
    writeFileSync(folder.join('in.simtel'), await concatenatedRuns(PROTONS, runs));
    return await cherenkit(['process', '-i', 'in.simtel', '-o', 'out.h5', ...options], folder.path);
  }

  it('are written, counted in the summary and mentioned once in a warning', async () => {
    const { exitCode, stdout, stderr } = await processRuns([1, 1]);
    expect(exitCode).to.equal(0);
    expect(stdout).to.include('6 events').and.to.include('duplicates: 3 events have the same ids as an earlier event');
    expect(stderr.match(/is there more than once/g)).to.have.length(1);
    expect(stderr).to.include('event 401 of observation 1');
  });

  it('end the run with --refuse-duplicates', async () => {
    const { exitCode, stderr } = await processRuns([1, 1], '--refuse-duplicates');
    expect(exitCode).to.equal(65);
    expect(stderr).to.include('EVENT_DUPLICATE');
  });

  it('are events of one observation only', async () => {
    const { exitCode, stdout } = await processRuns([1, 2], '--refuse-duplicates');
    expect(exitCode).to.equal(0);
    expect(stdout).to.include('6 events').and.not.to.include('duplicates');
  });
});
