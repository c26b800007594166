import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { concatenatedRuns } from '../support/concatenated-runs.js';
import { readReference, referenceNames, simulationFile } from '../support/ctapipe-reference.js';
import { inTestData, skipWithoutTestData } from '../support/test-data.js';
import { cherenkit, COMMAND, type Outcome } from '../support/run-command.js';

async function events(...args: readonly string[]): Promise<Outcome> {
  using folder = new TemporaryFolder();
  return await cherenkit(['events', ...args], folder.path);
}

describe('cherenkit events', () => {
  it('lists count, true energy, number of telescopes, event id and telescopes', async () => {
    const { stdout, stderr, exitCode } = await events('toymodel:', '--max-events', '3');
    expect({ stderr, exitCode }).to.deep.equal({ stderr: '', exitCode: 0 });
    const lines = stdout.trimEnd().split('\n');
    expect(lines).to.have.length(3);
    lines.forEach((line, count) => {
      const [, id, n, telescopes] =
        /^Id: (\d+), E = \d+\.\d{3} TeV, Telescopes: (\d+), Event: \d+, Tels: ([\d,]+)$/.exec(line) ?? [];
      expect(Number(id)).to.equal(count);
      expect(telescopes.split(',')).to.have.length(Number(n));
    });
  });

  it('prints one JSON object per line with --json', async () => {
    const [first, second] = (await events('toymodel:', '-m', '2', '--json')).stdout.trimEnd().split('\n');
    expect(JSON.parse(first)).to.have.all.keys('count', 'obsId', 'eventId', 'energy', 'telescopes');
    expect(JSON.parse(second)).to.deep.include({ count: 1 });
  });

  it('lists the events of an HDF5 file, with the telescopes that triggered', async () => {
    using folder = new TemporaryFolder();
    const input = 'toymodel:?events=4';
    await cherenkit(['process', '-i', input, '-o', 'toy.h5', '--quiet'], folder.path);
    const [stored, simulated] = [folder.join('toy.h5'), input].map((file) => events(file, '--json', '-m', '3'));
    const { stdout, stderr, exitCode } = await stored;
    expect({ stderr, exitCode }).to.deep.equal({ stderr: '', exitCode: 0 });
    expect(stdout).to.equal((await simulated).stdout);
  });

  it('names each run but the first in a file of several', async function () {
    skipWithoutTestData.call(this);
    using folder = new TemporaryFolder();
    const file = folder.join('two.simtel');
    writeFileSync(file, await concatenatedRuns('proton_north_alpha_700.simtel.zst', [5, 77]));
    const { stdout } = await events(file);
    expect(stdout.replace(/^Id: .*/gm, 'Id').split('\n')).to.deep.equal([
      'Id',
      'Id',
      'Id',
      'Run 77 (the events above: run 5)',
      'Id',
      'Id',
      'Id',
      '',
    ]);
    expect((await events(file, '--json')).stdout).not.to.include('Run');
  });

  it('names each run in an HDF5 file of several, before its events', async () => {
    using folder = new TemporaryFolder();
    await cherenkit(['simulate', '-o', 'toy.simtel.gz', '--events', '2', '--quiet'], folder.path);
    for (const run of [5, 77]) {
      const options = [`--SimTelEventSource.override_obs_id=${run}`, '--quiet'];
      await cherenkit(['process', '-i', 'toy.simtel.gz', '-o', `${run}.h5`, ...options], folder.path);
    }
    await cherenkit(['merge', '5.h5', '77.h5', '-o', 'two.h5', '--quiet'], folder.path);
    const { stdout } = await events(folder.join('two.h5'));
    const lines = (text: string): string[] =>
      text
        .replace(/^Id: .*/gm, 'Id')
        .trimEnd()
        .split('\n');
    expect(lines(stdout)).to.deep.equal(['Run 5', 'Id', 'Id', 'Run 77', 'Id', 'Id']);
    expect(lines((await events(folder.join('two.h5'), '-m', '2')).stdout)).to.deep.equal(['Id', 'Id']);
    expect((await events(folder.join('two.h5'), '--json')).stdout).not.to.match(/Run/i);
  });

  it('lists calibration events of a file without others, and says so if there are none', async function () {
    skipWithoutTestData.call(this);
    const calibration = await events(inTestData('data', 'calib_events.simtel.gz'));
    expect(calibration.stdout).to.match(/^Id: 0, no shower, Telescopes: 7, /);
    const file = inTestData('data', 'gamma_diffuse_north_alpha_602.simtel.zst');
    expect((await events(file)).stdout).to.equal(`${file}: no events\n`);
    expect(await events(file, '--json')).to.include({ exitCode: 0, stdout: '', stderr: `${file}: no events\n` });
  });

  it('exits without an error message when the pipe is closed', () => {
    using folder = new TemporaryFolder();
    const { stdout, stderr } = spawnSync(
      'sh',
      ['-c', `"$0" "$1" events toymodel: | head -1`, process.execPath, COMMAND],
      {
        cwd: folder.path,
        encoding: 'utf8',
      },
    );
    expect(stdout).to.match(/^Id: 0, .*\n$/);
    expect(stderr).to.equal('');
  });
});

/** The fields of an event in the reference that are compared. */
interface ReferenceEvent {
  readonly count: number;
  readonly index: { readonly obs_id: number; readonly event_id: number };
  readonly simulation_shower: { readonly energy: { readonly value: number } } | null;
  readonly tel: Readonly<Record<string, unknown>>;
}

describe('cherenkit events lists the events of real files as ctapipe does', function () {
  this.timeout(60_000);

  before(skipWithoutTestData);

  // References with a dot in the name cover calibration events or a subset of the telescopes.
  for (const name of referenceNames().filter((each) => !each.includes('.'))) {
    it(name, async () => {
      const { stdout, stderr, exitCode } = await events(simulationFile(name), '--json');
      const found = stdout
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as { readonly energy: number | null });
      const expected = readReference<ReferenceEvent>(name).events.map(({ count, index, simulation_shower, tel }) => ({
        count,
        obsId: index.obs_id,
        eventId: index.event_id,
        energy: simulation_shower?.energy.value ?? null,
        telescopes: Object.keys(tel).map(Number),
      }));
      expect(exitCode).to.equal(0);
      if (expected.length === 0) {
        // ctapipe lists nothing; here, calibration events or a line that says that there are none.
        expect(stdout + stderr).to.not.equal('');
        expect(found.filter(({ energy }) => energy !== null)).to.deep.equal([]);
      } else {
        expect(stderr).to.equal('');
        expect(found).to.deep.equal(expected);
      }
    });
  }

  it('refuses numbers with leading zeros', async () => {
    using folder = new TemporaryFolder();
    const { exitCode, stderr } = await cherenkit(['events', 'toymodel:', '--max-events', '010'], folder.path);
    expect(exitCode).to.equal(2);
    expect(stderr).to.include('error: --max-events: expected a number without leading zeros, found 010; write 10');
  });
});
