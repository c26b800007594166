import { writeFileSync } from 'node:fs';
import { EventIndexContainer, FunctionLogger } from '@cherenkit/core';
import { DuplicateEvents, EventIdSet } from '@cherenkit/core/internal';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import fc from 'fast-check';
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
    expect(stderr).to.include('joins of tables by event combine their rows with each other');
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

describe('the ids of events that were read', () => {
  /** Ids that are near each other, far from each other, or negative as in calibration events. */
  const ids = fc.oneof(
    fc.integer({ min: 0, max: 200 }),
    fc.integer({ min: -200_000, max: 200_000 }),
    fc.maxSafeInteger(),
    fc.constantFrom(65535, 65536, -65536, -65537, 2 ** 32, Number.MAX_SAFE_INTEGER),
  );

  it('are those that were added, for any ids of any observations', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(0, 1, 2 ** 40), ids), { maxLength: 300 }), (events) => {
        const set = new EventIdSet();
        const expected = new Set<string>();
        for (const [obsId, eventId] of events) {
          const key = `${obsId} ${eventId}`;
          expect(set.add(obsId, eventId)).to.equal(!expected.has(key));
          expected.add(key);
        }
        expect(set.isComplete).to.equal(true);
      }),
    );
  });

  it('are found among many ids near each other, in any order', () => {
    const set = new EventIdSet();
    const shuffled = Array.from({ length: 65521 }, (_, i) => (i * 27644437) % 65521); // 65521 is prime
    expect(shuffled.every((id) => set.add(1, id))).to.equal(true);
    expect(shuffled.some((id) => set.add(1, id))).to.equal(false);
    expect(set.add(1, 65521)).to.equal(true);
  });

  it('may be more than a JavaScript set can have', () => {
    const set = new EventIdSet();
    const more = 2 ** 24 + 10;
    let added = 0;
    for (let id = 0; id < more; id++) added += Number(set.add(7, id));
    expect(added).to.equal(more);
    expect(set.add(7, 3)).to.equal(false);
    expect(set.isComplete).to.equal(true);
  });

  it('need bounded memory: the earliest are forgotten', () => {
    const set = new EventIdSet(200_000);
    for (let i = 0; i < 10_000; i++) set.add(1, 70_000 * i);
    expect(set.isComplete).to.equal(false);
    expect(set.add(1, 70_000 * 9_999)).to.equal(false);
    expect(set.add(1, 0)).to.equal(true);
  });

  it('are mentioned once in a warning if some were forgotten', () => {
    const messages: string[] = [];
    const logger = new FunctionLogger((_level, message) => messages.push(message));
    const duplicates = new DuplicateEvents('some.simtel', true, logger, new EventIdSet(2000));
    for (let i = 0; i < 10; i++) duplicates.check(new EventIndexContainer({ obsId: 1, eventId: 70_000 * i }));
    expect(messages).to.have.length(1);
    expect(messages[0]).to.equal(
      'some.simtel: too many event ids to remember; from event 210000 of observation 1 on, duplicates of the earliest events are not recognized.',
    );
  });
});
