import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventSource, type ArrayEvent } from 'cherenkit';
import { expect } from 'chai';
import { moduleCounter, PIXELS, protoR1Run, r1v1Run } from '../../support/lst-run.js';
import { errorOf } from '../../support/error-of.js';
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

  async function eventsOf(run: Uint8Array, config: object = {}): Promise<ArrayEvent[]> {
    writeFileSync(path, run);
    await using source = await EventSource.open(path, {}, { config });
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

  describe('are refused with the place', () => {
    async function expectRefusal(run: Uint8Array, sentence: string): Promise<void> {
      const error = await errorOf(eventsOf(run));
      expect(error).to.include({ code: 'ZFITS_MESSAGE', exitCode: 65 });
      expect(error.message).to.include(path).and.to.include(sentence);
    }
    const both = [protoR1Run, r1v1Run];
    /** Flags of pixels that are read out, but not stored. */
    const notStored = new Uint8Array(PIXELS.length).fill(0b0100);
    const withoutSamples = { id: 1, waveform: new Uint16Array(0), flags: notStored };

    it('if no pixels are named, or pixels twice', async () => {
      for (const run of both) {
        await expectRefusal(run({ pixelIds: [] }), 'the configuration names no pixels');
        await expectRefusal(run({ pixelIds: [12, 3, 7, 0, 3, 5, 6] }), 'the configuration names pixel 3 twice');
        const tooMany = Array.from({ length: 1856 }, (_, i) => i);
        await expectRefusal(run({ pixelIds: tooMany }), 'the configuration names pixel 1855, but the camera has');
      }
    });

    it('if the number of samples is that of no read-out', async () => {
      for (const run of both) {
        for (const nSamples of [0, 300_000, 2 ** 31 - 1]) {
          const found = `event 1 has ${nSamples} samples of each pixel, expected 1 to 4096`;
          await expectRefusal(run({ nSamples, events: [withoutSamples] }), found);
        }
      }
    });

    it('if the first cells are of another number of chips', async () => {
      const cells = (...values: readonly number[]): Uint16Array => Uint16Array.from(values);
      for (const run of both) {
        const of = (firstCells: Uint16Array): Uint8Array => run({ events: [{ id: 1, firstCells }] });
        await expectRefusal(
          of(cells(1, 2, 3, 4, 5)),
          'event 1 has 5 of type Uint16Array values of first_cell_id, expected 8',
        );
      }
    });

    it('if there are time shifts of other pixels', async () => {
      const found = 'event 1 has 3 of type Int16Array values of pixel_time_shift, expected 7';
      await expectRefusal(r1v1Run({ events: [{ id: 1, timeShifts: new Int16Array(3) }] }), found);
      expect(await eventsOf(r1v1Run({ events: [{ id: 1, timeShifts: new Int16Array(7) }] }))).to.have.length(1);
    });

    it('if samples are not scaled by numbers', async () => {
      for (const waveformScale of [NaN, 0, -1, Infinity]) {
        await expectRefusal(
          r1v1Run({ waveformScale }),
          `waveform_scale is ${waveformScale}, expected a positive number`,
        );
      }
      await expectRefusal(r1v1Run({ waveformOffset: NaN }), 'waveform_offset is NaN, expected a number');
    });
  });

  it('with first cells that no chip has are kept, with one warning', async () => {
    const firstCells = Uint16Array.of(1, 2, 4096, 4, 5, 6, 7, 8);
    writeFileSync(path, r1v1Run({ events: [1, 2].map((id) => ({ id, firstCells })) }));
    const { exitCode, stderr } = await cherenkit(['process', '-i', 'run.fits.fz', '-o', 'cells.h5'], folder);
    expect(exitCode, stderr).to.equal(0);
    expect(stderr.match(/first cell 4096 of chip 2, expected 0 to 4095/g)).to.have.length(1);
  });

  it('have cells that are not known if they have none, or their module does not work', async () => {
    const wrong = new Uint16Array(8).fill(0xffff);
    const broken = { id: 1, firstCells: wrong, moduleStatus: 0, ucts: FIRST };
    const config = { LSTEventSource: { EventTimeCalculator: { dragon_module_id: 132 } } };
    expect(await eventsOf(protoR1Run({ events: [broken] }), config)).to.have.length(1);
    expect(await eventsOf(r1v1Run({ events: [{ id: 1, firstCells: new Uint16Array(0) }] }))).to.have.length(1);
  });
});
