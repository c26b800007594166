import { readFileSync, writeFileSync } from 'node:fs';
import { SimTelEventSource } from '@cherenkit/plugin-simtel';
import { ToyModelEventSource } from '@cherenkit/plugin-toymodel';
import { EventSource } from 'cherenkit';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import { eventDifferences } from '../support/event-differences.js';
import { cherenkit, cherenkitWhile } from '../support/run-command.js';

/** Runs `cherenkit simulate` in this folder. */
async function simulate(folder: TemporaryFolder, ...args: readonly string[]): ReturnType<typeof cherenkit> {
  return await cherenkit(['simulate', ...args], folder.path);
}

describe('cherenkit simulate', function () {
  this.timeout(60_000);

  for (const suffix of ['simtel', 'simtel.gz', 'simtel.zst']) {
    it(`writes the events of toymodel: unchanged to .${suffix}`, async () => {
      using folder = new TemporaryFolder();
      const flags = ['--events', '3', '--array', 'flashcam', '--seed', '4', '--calibration', '1'];
      const { exitCode, stdout, stderr } = await simulate(folder, '-o', `toy.${suffix}`, ...flags);
      expect({ exitCode, stderr }).to.deep.equal({ exitCode: 0, stderr: '' });
      expect(stdout).to.match(
        new RegExp(`^toy\\.${suffix}: 4 events, \\d+ telescope events, [\\d.]+ [kM]B, in [\\d.]+ s\n$`),
      );
      expect(folder.files).to.deep.equal([`toy.${suffix}`]);

      const options = { skipCalibrationEvents: false };
      await using written = await EventSource.open(folder.join(`toy.${suffix}`), options);
      await using made = await EventSource.open('toymodel:?array=flashcam&events=3&seed=4&calibration=1');
      expect(written).to.be.instanceOf(SimTelEventSource);
      expect(made).to.be.instanceOf(ToyModelEventSource);
      expect([...written.subarray.tel.values()].map(String)).to.deep.equal([...made.subarray.tel.values()].map(String));
      const events = written[Symbol.asyncIterator]();
      for await (const event of made) {
        const next = await events.next();
        if (next.done) throw new Error('an event is missing');
        const { r0, r1, trigger, simulation, index } = next.value;
        expect(eventDifferences(event.r0, r0)).to.deep.equal([]);
        expect(eventDifferences(event.r1, r1)).to.deep.equal([]);
        expect(eventDifferences(event.index, index)).to.deep.equal([]);
        expect(trigger.telsWithTrigger).to.deep.equal(event.trigger.telsWithTrigger);
        expect(trigger.eventType).to.equal(event.trigger.eventType);
        for (const [telId, camera] of event.simulation?.tel ?? []) {
          expect(simulation?.tel.get(telId)?.trueImage).to.deep.equal(camera.trueImage);
        }
        // The file stores single precision.
        const energy = event.simulation?.shower?.energy;
        expect(simulation?.shower?.energy).to.equal(energy === undefined ? undefined : Math.fround(energy));
      }
      expect((await events.next()).done).to.equal(true);
      const distributions = (source: EventSource) =>
        [...source.outcome.simulatedShowerDistributions.values()].map(({ nEntries, histogram }) => ({
          nEntries,
          histogram,
        }));
      expect(distributions(written)).to.deep.equal(distributions(made));
    });
  }

  it('reads options from the URL and gives flags precedence', async () => {
    using folder = new TemporaryFolder();
    const input = ['-i', 'toymodel:?array=flashcam&events=5&energy_min=1'];
    expect((await simulate(folder, ...input, '-o', 'a.simtel', '-n', '1')).stdout).to.match(/^a\.simtel: 1 event,/);
  });

  it('stores the number of showers given by --showers', async () => {
    using folder = new TemporaryFolder();
    const args = ['-o', 'a.simtel', '--array', 'flashcam', '--showers', '6'];
    expect((await simulate(folder, ...args)).exitCode).to.equal(0);
    await using source = await EventSource.open(folder.join('a.simtel'));
    expect([...source.run.simulationConfig.values()].map(({ nShowers }) => nShowers)).to.deep.equal([6]);
  });

  it('writes the same bytes in a second run', async () => {
    using folder = new TemporaryFolder();
    const flags = ['--array', 'flashcam', '--events', '1'];
    for (const file of ['a.simtel', 'b.simtel'])
      expect((await simulate(folder, ...flags, '-o', file)).exitCode).to.equal(0);
    expect(readFileSync(folder.join('a.simtel')).equals(readFileSync(folder.join('b.simtel')))).to.equal(true);
  });

  it('replaces an existing file only with --overwrite', async () => {
    using folder = new TemporaryFolder();
    writeFileSync(folder.join('a.simtel'), 'mine');
    const args = ['-o', 'a.simtel', '--array', 'flashcam', '--events', '1'];
    const refused = await simulate(folder, ...args);
    expect(refused.exitCode).to.equal(2);
    expect(refused.stderr).to.match(/^error\[OUTPUT_EXISTS\]/);
    expect((await simulate(folder, ...args, '--overwrite')).exitCode).to.equal(0);
    expect(folder.files).to.deep.equal(['a.simtel']);
  });

  it('rejects options of an event source that does not read the input', async () => {
    using folder = new TemporaryFolder();
    await simulate(folder, '-o', 'a.simtel', '--array', 'flashcam', '--events', '1');
    const { exitCode, stderr } = await simulate(folder, '-i', 'a.simtel', '-o', 'b.simtel', '--seed', '1');
    expect(exitCode).to.equal(2);
    expect(stderr).to.include(
      '--seed 1: error: ToyModelEventSource.seed has no effect: this run uses no ToyModelEventSource; remove the option',
    );
    expect(folder.files).to.deep.equal(['a.simtel']);
  });

  it('rejects wrong arguments and leaves no output', async () => {
    using folder = new TemporaryFolder();
    const failures: [args: string[], exitCode: number, stderr: RegExp][] = [
      [['--events', '1'], 2, /missing flag --output/],
      [
        ['-o', 'a.simtel', '--events', 'many'],
        2,
        /^error\[CONFIGURATION_INVALID\]:\n--events many: .*expected an integer/,
      ],
      [
        ['-o', 'a.simtel', '--array', 'nort'],
        2,
        /^error\[CONFIGURATION_INVALID\]:\n--array nort: .*did you mean "north"/,
      ],
      [['-o', 'a.simtel', '-i', 'some.simtel'], 66, /^error\[INPUT_MISSING\]/],
      [['-o', 'no/a.simtel'], 73, /^error\[OUTPUT_DIRECTORY_MISSING\]/],
      [['-o', 'a.simtel', '--ToyModelEventSource.sed=1'], 2, /did you mean "seed"/],
    ];
    for (const [args, exitCode, message] of failures) {
      const outcome = await simulate(folder, ...args);
      expect(outcome.stderr, args.join(' ')).to.match(message);
      expect(outcome.exitCode, args.join(' ')).to.equal(exitCode);
      expect(folder.files).to.deep.equal([]);
    }
  });

  it('leaves no output when interrupted', async () => {
    using folder = new TemporaryFolder();
    const args = ['simulate', '-o', 'a.simtel.gz', '--array', 'flashcam', '--events', '100000', '--progress'];
    const outcome = await cherenkitWhile(args, folder.path, (child) => {
      child.stderr?.once('data', () => child.kill('SIGINT'));
    });
    expect(outcome.exitCode).to.equal(130);
    expect(folder.files).to.deep.equal([]);
  });
});
