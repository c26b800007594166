import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { cherenkit, cherenkitWhile } from '../support/run-command.js';
import { inTestData, skipWithoutTestData } from '../support/test-data.js';

const TOY = ['process', '-i', 'toymodel:?events=3', '-o', 'out.h5', '--overwrite'];
const ENDLESS = ['process', '-i', 'toymodel:?events=1000000', '-o', 'never.h5', '-v'];

describe('--report', () => {
  let folder: TemporaryFolder;
  beforeEach(() => void (folder = new TemporaryFolder()));
  afterEach(() => folder[Symbol.dispose]());

  const reportOf = (path = 'report.json'): Record<string, unknown> =>
    JSON.parse(readFileSync(folder.join(path), 'utf8')) as Record<string, unknown>;

  it('contains what the run used, and how it ended', async () => {
    await cherenkit([...TOY, '--report', 'report.json', '--threads', '2'], folder.path);
    const report = reportOf();
    expect(report).to.deep.include({
      format: 'cherenkit-report',
      version: 1,
      activity: 'cherenkit-process',
      code: 'OK',
      exitCode: 0,
      isTemporary: false,
      threads: 1,
      events: 3,
      inputs: [],
      outputs: [{ path: 'out.h5', bytes: statSync(folder.join('out.h5')).size }],
    });
    for (const key of ['cpuSeconds', 'wallSeconds', 'peakMemory']) expect(report[key]).to.be.above(0);
    if (process.platform === 'linux') expect(report['bytesWritten']).to.be.above(1000);
    expect(report['versions']).to.include.keys('cherenkit', 'node', 'plugins');
  });

  it('names several threads only if the run can use them', async function () {
    skipWithoutTestData.call(this);
    for (const [input, threads] of [
      ['zfits/lst_evb/LST-1.1.Run02008.0000.fits.fz', 1],
      ['gamma_diffuse_north_alpha_600.simtel.zst', 2],
    ] as const) {
      const args = ['-i', inTestData('data', input), '-o', 'out.h5', '-m', '1', '--threads', '2', '--overwrite'];
      await cherenkit(['process', ...args, '--report', 'report.json'], folder.path);
      expect(reportOf()).to.deep.include({ code: 'OK', threads });
    }
  });

  it('is written by other tools as well, with the sizes of their inputs', async () => {
    await cherenkit(TOY, folder.path);
    await cherenkit(['merge', 'out.h5', '-o', 'all.h5', '--report', 'report.json'], folder.path);
    const { size } = statSync(folder.join('out.h5'));
    expect(reportOf()).to.deep.include({
      activity: 'cherenkit-merge',
      events: null,
      threads: 1,
      inputs: [{ path: 'out.h5', bytes: size }],
    });
  });

  it('replaces a report, but no other file, and is written if the run fails', async () => {
    await cherenkit([...TOY, '--report', 'report.json'], folder.path);
    const missing = await cherenkit(['process', '-i', 'no', '-o', 'x.h5', '--report', 'report.json'], folder.path);
    expect(reportOf()).to.deep.include({
      exitCode: missing.exitCode,
      code: 'INPUT_MISSING',
      events: null,
      outputs: [],
    });
    writeFileSync(folder.join('data.json'), '{"mine": 1}');
    const refused = await cherenkit([...TOY, '--report', 'data.json'], folder.path);
    expect(refused.stderr).to.include('REPORT_UNWRITABLE').and.include('no report of a run');
    expect([refused.exitCode, readFileSync(folder.join('data.json'), 'utf8')]).to.deep.equal([73, '{"mine": 1}']);
    const same = await cherenkit([...TOY, '--report', './out.h5'], folder.path);
    expect(same.stderr).to.include('FILE_USED_TWICE');
    const nowhere = await cherenkit([...TOY, '--report', 'no/report.json'], folder.path);
    expect(nowhere).to.deep.include({
      exitCode: 73,
      stderr:
        'error[REPORT_UNWRITABLE]: Cannot create no/report.json: the directory no does not exist. Create it, or choose another path for --report.\n',
    });
    expect(folder.files).to.have.members(['data.json', 'out.h5', 'report.json']);
  });

  it('says that a signal ended the run, and is absent after SIGKILL', async function () {
    if (process.platform === 'win32') this.skip();
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      writeFileSync(folder.join('report.json'), '{"format": "cherenkit-report"}');
      await cherenkitWhile([...ENDLESS, '--report', 'report.json'], folder.path, (child) =>
        child.stderr?.once('data', () => child.kill(signal)),
      );
      if (signal === 'SIGKILL') expect(folder.files).not.to.include('report.json');
      else expect(reportOf()).to.deep.include({ exitCode: 75, code: 'INTERRUPTED', isTemporary: true });
    }
  });
});

describe('SIGUSR1', () => {
  it('prints a line of progress and does not disturb the run', async function () {
    if (process.platform === 'win32') this.skip();
    using folder = new TemporaryFolder();
    let nSent = 0;
    const args = ['process', '-i', 'toymodel:?events=60', '-o', 'out.h5', '-q'];
    const { exitCode, stderr } = await cherenkitWhile(args, folder.path, (child) => {
      const send = (): void => {
        if (child.exitCode === null && nSent++ < 5) child.kill('SIGUSR1');
      };
      // The program needs a moment until it listens; Node.js would start its debugger before.
      setTimeout(() => {
        send();
        child.stderr?.on('data', () => setTimeout(send, 50));
      }, 1000);
    });
    expect([exitCode, folder.files], stderr).to.deep.equal([0, ['out.h5']]);
    expect(stderr).not.to.include('Debugger');
    const lines = stderr.trim().split('\n');
    expect(lines.at(-1)).to.match(
      /^\S+ \S+ INFO: progress: \[[#-]+\] \d+% .* \d+\/60 events .* events\/s {2}\d+ MB of memory$/,
    );
  });
});
