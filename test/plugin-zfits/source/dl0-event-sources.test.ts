import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { EventSource, EventType, createPipeline, processEvent, type ArrayEvent } from 'cherenkit';
import { readTable } from '@cherenkit/plugin-hdf5';
import { expect } from 'chai';
import { errorOf } from '../../support/error-of.js';
import { cherenkit } from '../../support/run-command.js';
import { inTestData, skipWithoutTestData } from '../../support/test-data.js';
import { expectEvent, expectSums, zfitsReference, type ZfitsReference } from '../../support/zfits-reference.js';

const NAME = '20231013T220427_SBID0000000002000002008_OBSID0000000002000002108';
const DATE = ['2023', '10', '13'];
const USER = ['ctao-acada-n', 'acada-adh'];
const TRIGGERS = ['ARRAY', ...USER, 'triggers', ...DATE, `SUB001_SWAT001_${NAME}_SUBARRAY_CHUNK000.fits.fz`];
const EVENTS = ['LSTN-01', ...USER, 'events', ...DATE];
const telescopeFile = (handler: number, chunk: number): string[] => [
  ...EVENTS,
  `TEL001_SDH000${handler}_${NAME}_TEL_SHOWER_CHUNK00${chunk}.fits.fz`,
];
const dl0 = (parts: readonly string[]): string => inTestData('data', 'zfits', 'dl0v1', 'DL0', ...parts);

/** The channel that the reference gives is always the low gain. */
const EXCEPT = ['selected_gain_channel'] as const;
/** In the reference, events of arrays are all showers, whatever their telescopes recorded. */
const EXCEPT_OF_ARRAY = [...EXCEPT, 'event_type'] as const;

type Traits = Parameters<typeof EventSource.open>[1];

async function eventsOf(path: string, traits: Traits = {}): Promise<{ events: ArrayEvent[]; source: EventSource }> {
  await using source = await EventSource.open(path, traits);
  const events: ArrayEvent[] = [];
  for await (const event of source) events.push(event);
  return { events, source };
}

function expectSubarray({ subarray }: EventSource, reference: ZfitsReference): void {
  const telescope = reference.subarray.tel['1'];
  expect(subarray.name).to.equal(reference.subarray.name);
  const { camera, optics, name } = subarray.telescope(1);
  expect([name, camera.name]).to.deep.equal([telescope.name, telescope.camera]);
  const { x, y, z } = subarray.position(1);
  [x, y, z].forEach((value, i) => expect(value).to.be.closeTo(telescope.position_m[i], 1e-6));
  expectSums(camera.geometry.pixX, telescope.pix_x_m, 'pix_x');
  expectSums(camera.geometry.pixY, telescope.pix_y_m, 'pix_y');
  expect(camera.readout.samplingRate).to.equal(telescope.sampling_rate_GHz);
  expect([optics.equivalentFocalLength, optics.effectiveFocalLength]).to.deep.equal(telescope.focal_length_m);
  const { itrs } = subarray.referenceLocation;
  expect([itrs.x, itrs.y, itrs.z]).to.deep.equal(reference.subarray.reference_itrs_m);
}

describe('ProtozfitsDL0EventSource', () => {
  before(skipWithoutTestData);

  it('reads the events of an array as ctapipe_io_zfits, triggers without data included', async () => {
    const reference = zfitsReference('dl0v1.array');
    const { events, source } = await eventsOf(dl0(TRIGGERS));
    expectSubarray(source, reference);
    expect(events.length).to.equal(reference.events.length);
    events.forEach((event, i) => expectEvent(event, reference.events[i], { levels: ['dl0'], except: EXCEPT_OF_ARRAY }));
    expect(events[2].dl0.tel.size).to.equal(0);
    expect(source.outcome.rejected.size).to.equal(0);
  });

  it('makes the images of ctapipe, where it does not take high gain for low gain', async () => {
    const reference = zfitsReference('dl0v1.array');
    await using source = await EventSource.open(dl0(TRIGGERS));
    expect(source.run.waveformUnit).to.equal('p.e.');
    await using pipeline = await createPipeline({ subarray: source.subarray });
    let [count, compared] = [0, 0];
    for await (const event of source) {
      processEvent(event, pipeline);
      const wanted = reference.events[count++];
      // Charges are corrected by the pulse of the selected channel, which is wrong in the reference unless both are stored.
      if (event.dl0.tel.get(1)?.waveform?.nChannels !== 2) continue;
      // The reference has no time shifts of pixels, since ctapipe 0.28 has no such field.
      expectEvent(event, wanted, { levels: ['dl1'], except: ['peak_time', 'event_type'], tolerance: 1e-5 });
      compared++;
    }
    expect([count, compared]).to.deep.equal([10, 2]);
  });

  it('gives events the type that their telescopes agree on, so that showers can be written without calibration events', async () => {
    const { events } = await eventsOf(dl0(TRIGGERS));
    const { SUBARRAY, SINGLE_PE } = EventType;
    expect(events.map(({ trigger }) => trigger.eventType)).to.deep.equal(
      Array.from({ length: 10 }, (_, i) => (i % 4 === 3 ? SINGLE_PE : SUBARRAY)),
    );
    const folder = mkdtempSync(join(tmpdir(), 'cherenkit-dl0-'));
    try {
      const options = ['process', '-i', dl0(TRIGGERS), '-o', 'out.h5', '--write-images', '--overwrite'];
      const mixed = await cherenkit(options, folder);
      expect(mixed.stderr).to.include('ARRAY_SHAPE_CHANGED').and.include('--EventTypeFilter.allowed_types');
      const showers = await cherenkit([...options, "--EventTypeFilter.allowed_types=['SUBARRAY']"], folder);
      expect(showers.exitCode, showers.stderr).to.equal(0);
      const images = await readTable(join(folder, 'out.h5'), '/dl1/event/telescope/images/tel_001');
      expect(Array.from(images.column('event_id').values as ArrayLike<number | bigint>, Number)).to.deep.equal([
        1, 2, 5, 6, 7, 9, 10,
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }).timeout(60_000);

  it('selects the gain channel of each pixel by its flags', async () => {
    const { events } = await eventsOf(dl0(TRIGGERS), { maxEvents: 1 });
    const { selectedGainChannel, pixelStatus } = events[0].dl0.tel.get(1) ?? {};
    const counts = { high: 0, low: 0 };
    selectedGainChannel?.forEach((channel, pixel) => {
      const flags = pixelStatus?.[pixel] ?? 0;
      if ((flags & 0b1100) !== 0) expect(channel).to.equal((flags & 0b100) !== 0 ? 0 : 1);
      counts[channel === 0 ? 'high' : 'low']++;
    });
    expect(counts.high).to.be.greaterThan(1800);
  });

  it('marks broken pixels as unusable', async () => {
    const { events } = await eventsOf(dl0(TRIGGERS), { maxEvents: 1 });
    const mask = events[0].monitoring.tel.get(1)?.camera.coefficients.outlierMask ?? [];
    // Two modules of seven pixels are not read out, in both channels.
    expect([...mask].filter((value) => value === 1).length).to.equal(28);
  });

  it('reads only the first chunk if asked, and warns of missing data', async () => {
    const reference = zfitsReference('dl0v1.array_first_chunk');
    const config = { MultiFiles: { all_chunks: false } };
    await using source = await EventSource.open(dl0(TRIGGERS), { warnMissing: false }, { config });
    const events: ArrayEvent[] = [];
    for await (const event of source) events.push(event);
    expect(events.length).to.equal(10);
    reference.events.forEach((wanted, i) =>
      expectEvent(events[i], wanted, { levels: ['dl0'], except: EXCEPT_OF_ARRAY }),
    );
    expect([...source.outcome.rejected]).to.deep.equal([['no data of the telescope', 4]]);
  });

  it('reads the triggers alone, if the files of the telescopes are missing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cherenkit-dl0-'));
    try {
      const path = join(folder, basename(dl0(TRIGGERS)));
      cpSync(dl0(TRIGGERS), path);
      const { events } = await eventsOf(path, { warnMissing: false });
      expect(events.map(({ index, dl0: { tel } }) => [index.eventId, tel.size])).to.deep.equal(
        Array.from({ length: 10 }, (_, i) => [i + 1, 0]),
      );
      // All files in one folder, as when they are downloaded.
      for (const file of readdirSync(dl0(EVENTS))) cpSync(dl0([...EVENTS, file]), join(folder, file));
      const all = await eventsOf(path);
      expect(all.events.map(({ dl0: { tel } }) => tel.size)).to.deep.equal([1, 1, 0, 1, 1, 1, 1, 1, 1, 1]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('describes the subarray of its trait, if the file names none, and refuses unknown ones', async () => {
    const error = await errorOf(eventsOf(dl0(telescopeFile(1, 0)), { subarrayId: 77 }));
    expect(error).to.include({ code: 'ZFITS_INSTRUMENT_UNKNOWN', exitCode: 65 });
    expect(error.message).to.include('Subarray 77 is not described; expected one of 1 (LST1), 2 (CTAO-N LSTs)');
    const mst = await errorOf(eventsOf(dl0(telescopeFile(1, 0)), { subarrayId: 3 }));
    expect(mst.message).to.include('Telescope 5 (MSTN-01) is not described');
    // The triggers name their subarray; a mistake is an error all the same.
    const unused = await errorOf(eventsOf(dl0(TRIGGERS), { subarrayId: 99 }));
    expect(unused).to.include({ code: 'ZFITS_INSTRUMENT_UNKNOWN' });
  });
});

describe('ProtozfitsDL0TelescopeEventSource', () => {
  before(skipWithoutTestData);

  it('reads all data handlers and chunks in the order of the events', async () => {
    const reference = zfitsReference('dl0v1.telescope');
    for (const handler of [1, 2]) {
      const { events, source } = await eventsOf(dl0(telescopeFile(handler, 0)));
      expectSubarray(source, reference);
      expect(events.map(({ index }) => index.eventId)).to.deep.equal([1, 2, 4, 5, 6, 7, 8, 9, 10]);
      events.forEach((event, i) => expectEvent(event, reference.events[i], { levels: ['dl0'], except: EXCEPT }));
    }
  });

  it('reads one data handler, one chunk, or some events', async () => {
    const path = dl0(telescopeFile(2, 0));
    const idsWith = async (config: object, traits: Traits = {}): Promise<number[]> => {
      await using source = await EventSource.open(path, traits, { config: { MultiFiles: config } });
      const ids: number[] = [];
      for await (const { index } of source) ids.push(index.eventId);
      return ids;
    };
    expect(await idsWith({ all_source_ids: false })).to.deep.equal([2, 4, 6, 8, 10]);
    expect(await idsWith({ all_source_ids: false, all_chunks: false })).to.deep.equal([2, 4, 6]);
    expect(await idsWith({}, { maxEvents: 2 })).to.deep.equal([1, 2]);
  });

  it('leaves out samples, and fills pixels that are not stored with NaN, if asked', async () => {
    const path = dl0(telescopeFile(1, 0));
    const { events } = await eventsOf(path, { maxEvents: 1 });
    const cut = await eventsOf(path, { maxEvents: 1, ignoreSamplesStart: 3, ignoreSamplesEnd: 1, dvrFillNan: true });
    const [all, some] = [events, cut.events].map(([event]) => event.dl0.tel.get(1)?.waveform);
    expect(some?.nSamples).to.equal(32);
    const status = events[0].dl0.tel.get(1)?.pixelStatus ?? [];
    [...status].forEach((flags, pixel) => {
      const expected = all?.samples.subarray(36 * pixel + 3, 36 * pixel + 35) ?? [];
      const found = some?.samples.subarray(32 * pixel, 32 * pixel + 32) ?? [];
      if ((flags & 3) !== 0) expect([...found]).to.deep.equal([...expected]);
      else expect([...found].every(Number.isNaN)).to.equal(true);
    });
  });

  it('keeps the events before a truncation with allow_truncated', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cherenkit-dl0-'));
    try {
      const path = join(folder, basename(dl0(telescopeFile(2, 0))));
      const bytes = readFileSync(dl0(telescopeFile(2, 0)));
      writeFileSync(path, bytes.subarray(0, bytes.lastIndexOf('TILE') + 1000));
      expect(await errorOf(eventsOf(path))).to.include({ code: 'ZFITS_TRUNCATED' });
      const { events, source } = await eventsOf(path, { allowTruncated: true });
      expect(events.length).to.be.greaterThan(0);
      expect(source.outcome.truncated).to.equal(true);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
