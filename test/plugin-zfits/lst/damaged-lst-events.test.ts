import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventSource, type ArrayEvent } from 'cherenkit';
import { expect } from 'chai';
import { moduleCounter, protoR1Run } from '../../support/lst-run.js';
import { cherenkit } from '../../support/run-command.js';

/** UCTS time of the first event, TAI since 1970, ns, and that so many seconds later. */
const FIRST = 1_660_000_040_000_000_000n;
const later = (seconds: number): bigint => FIRST + BigInt(seconds) * 1_000_000_000n;

describe('LST events that are damaged', () => {
  let folder: string;
  let path: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'cherenkit-lst-damaged-'));
    path = join(folder, 'run.fits.fz');
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  async function eventsOf(run: Uint8Array): Promise<ArrayEvent[]> {
    writeFileSync(path, run);
    await using source = await EventSource.open(path);
    const events: ArrayEvent[] = [];
    for await (const event of source) events.push(event);
    return events;
  }
  const secondsOf = (events: readonly ArrayEvent[]): number[] =>
    events.map(({ trigger }) => trigger.time.seconds - Number(FIRST / 1_000_000_000n));

  describe('without the counters of their modules', () => {
    const none = new Uint8Array(0);

    it('have the time of UCTS, or else that of the event before', async () => {
      const events = await eventsOf(
        protoR1Run({
          events: [
            { id: 1, ucts: FIRST, counters: moduleCounter(5, 0) },
            { id: 2, ucts: later(1), counters: none },
            { id: 3, counters: none },
            { id: 4, ucts: later(3), counters: moduleCounter(8, 0) },
          ],
        }),
      );
      expect(secondsOf(events)).to.deep.equal([0, 1, 1, 3]);
    });

    it('have the time of the start of the run if they are the first ones without UCTS', async () => {
      const events = await eventsOf(
        protoR1Run({
          events: [
            { id: 1, counters: none },
            { id: 2, ucts: later(1), counters: moduleCounter(1, 0) },
            { id: 3, ucts: later(2), counters: moduleCounter(2, 0) },
          ],
        }),
      );
      // The run starts 40 s before, of which 37 are the difference of TAI and UTC.
      expect(secondsOf(events)).to.deep.equal([-3, 1, 2]);
    });

    it('are named by one warning', async () => {
      const events = [{ id: 1, ucts: FIRST }, ...[2, 3].map((id) => ({ id, ucts: later(id), counters: none }))];
      writeFileSync(path, protoR1Run({ events }));
      const { exitCode, stderr } = await cherenkit(['process', '-i', 'run.fits.fz', '-o', 'events.h5'], folder);
      expect(exitCode, stderr).to.equal(0);
      expect(stderr.match(/has no counter of the module/g)).to.have.length(1);
      expect(stderr).to.include('Event 2 has no counter of the module that gives the times');
    });
  });
});
