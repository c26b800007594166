import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPipeline, EventSource, prepareRun, processEvent, type ArrayEvent } from 'cherenkit';
import { byteSourceFrom } from '@cherenkit/io';
import { expect } from 'chai';
import { errorOf } from '../../support/error-of.js';
import { cherenkit } from '../../support/run-command.js';
import { inTestData, skipWithoutTestData } from '../../support/test-data.js';
import { expectEvent, expectSums, zfitsReference } from '../../support/zfits-reference.js';

const data = (...parts: readonly string[]): string => inTestData('data', 'zfits', ...parts);
const FIRST = 'LST-1.1.Run02008.0000.fits.fz';
const NO_CORRECTIONS = {
  apply_drs4_pedestal_correction: false,
  apply_spike_correction: false,
  apply_timelapse_correction: false,
};
const calibration = (): object => ({
  drs4_pedestal_path: data('calibration', 'drs4_pedestal.fits.gz'),
  calibration_path: data('calibration', 'calibration.fits'),
  drs4_time_calibration_path: data('calibration', 'time_calibration.fits'),
});

/** Runs of the reference: folder, name of the reference, and configuration of the source. */
const CASES: readonly { folder: string; name: string; config: () => object; hasImages?: boolean }[] = [
  {
    folder: 'lst_evb',
    name: 'lst_evb.no_drs4',
    config: () => ({ apply_drs4_corrections: false, LSTR0Corrections: NO_CORRECTIONS }),
  },
  { folder: 'lst_evb', name: 'lst_evb', config: () => ({ LSTR0Corrections: NO_CORRECTIONS }) },
  {
    folder: 'lst_evb',
    name: 'lst_evb.calibrated',
    config: () => ({ LSTR0Corrections: calibration() }),
    hasImages: true,
  },
  {
    folder: 'lst_evb',
    name: 'lst_evb.calibrated_both_gains',
    config: () => ({ LSTR0Corrections: { ...calibration(), select_gain: false } }),
  },
  {
    folder: 'lst_r1v1',
    name: 'lst_r1v1.no_drs4',
    config: () => ({ apply_drs4_corrections: false, LSTR0Corrections: NO_CORRECTIONS }),
  },
  {
    folder: 'lst_r1v1',
    name: 'lst_r1v1.calibrated',
    config: () => ({ LSTR0Corrections: calibration() }),
    hasImages: true,
  },
  {
    folder: 'lst_r1v1_pe',
    name: 'lst_r1v1_pe',
    config: () => ({ LSTR0Corrections: NO_CORRECTIONS }),
    hasImages: true,
  },
];

async function idsOf(path: string, config: object = {}): Promise<number[]> {
  await using source = await EventSource.open(path, {}, { config: { LSTEventSource: config } });
  const ids: number[] = [];
  for await (const { index } of source) ids.push(index.eventId);
  return ids;
}

describe('LSTEventSource', () => {
  before(skipWithoutTestData);

  for (const { folder, name, config, hasImages = false } of CASES) {
    it(`gives the events of ctapipe_io_lst: ${name}`, async () => {
      const reference = zfitsReference(name);
      await using source = await EventSource.open(data(folder, FIRST), {}, { config: { LSTEventSource: config() } });
      // Each event is compared before the next one is read.
      source.reusesWaveforms = hasImages;
      // The default extractor would use neighbours, which the reference cannot.
      const calibrator = { image_extractor_type: 'LocalPeakWindowSum' };
      await using pipeline = await createPipeline({
        subarray: source.subarray,
        config: { CameraCalibrator: calibrator },
      });
      const telescope = reference.subarray.tel['1'];
      const { x, y, z } = source.subarray.position(1);
      [x, y, z].forEach((value, i) => expect(value).to.be.closeTo(telescope.position_m[i], 1e-6));
      expect(source.run.dataLevels).to.deep.equal(reference.datalevels);
      expect(source.run.waveformUnit).to.equal(/calibrated|_pe$/.test(name) ? 'p.e.' : 'ADC counts');
      let count = 0;
      for await (const event of source) {
        const wanted = reference.events[count++];
        if (hasImages) processEvent(event, pipeline);
        expectEvent(event, wanted, { levels: ['r0', 'r1', ...(hasImages ? (['dl1'] as const) : [])] });
        const { timeShift } = event.monitoring.tel.get(1)?.camera.coefficients ?? {};
        if (wanted.time_shift_ns) expectSums(timeShift, wanted.time_shift_ns, `${name}: time shift`);
      }
      expect(count).to.equal(reference.events.length);
    });
  }

  it('reads all streams of stream 1, and others alone', async () => {
    const ids = await idsOf(data('lst_evb', FIRST));
    expect(ids).to.deep.equal(zfitsReference('lst_evb').events.map((event) => event.event_id));
    expect(ids.length).to.equal(10);
    const alone = await idsOf(data('lst_evb', FIRST), { MultiFiles: { all_streams: false } });
    expect(alone).to.deep.equal(ids.filter((_, i) => i % 4 === 0));
    const second = await idsOf(data('lst_evb', FIRST.replace('.1.Run', '.2.Run')));
    expect(second).to.deep.equal(ids.filter((_, i) => i % 4 === 1));
  });

  it('warns of missing streams', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cherenkit-lst-'));
    const processed = async (file: string, ...more: readonly string[]): Promise<string> => {
      const output = ['-o', join(folder, 'out.h5'), '--overwrite'];
      return (await cherenkit(['process', '-i', join(folder, file), ...output, ...more], folder)).stderr;
    };
    const process = (...more: readonly string[]): Promise<string> => processed(FIRST, ...more);
    try {
      cpSync(data('lst_evb', FIRST), join(folder, FIRST));
      expect(await process()).to.include('Streams 2, 3, 4 of this run are missing');
      expect(await process('--MultiFiles.all_streams=false')).not.to.include('missing in the folder');
      for (const file of readdirSync(data('lst_evb'))) cpSync(data('lst_evb', file), join(folder, file));
      expect(await process()).not.to.include('missing in the folder');
      const second = FIRST.replace('.1.Run', '.2.Run');
      expect(await processed(second)).to.include('Only stream 2 is read');
      expect(await processed(second, '--MultiFiles.all_streams=false')).not.to.include('Only stream 2 is read');
      rmSync(join(folder, FIRST.replace('.1.Run', '.3.Run')));
      expect(await process()).to.include('Stream 3 of this run is missing');
    } finally {
      rmSync(folder, { recursive: true });
    }
  }).timeout(60_000);

  it('reads the following subruns if asked, and warns of missing ones', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cherenkit-lst-'));
    try {
      for (const file of readdirSync(data('lst_evb'))) {
        cpSync(data('lst_evb', file), join(folder, file));
        cpSync(data('lst_evb', file), join(folder, file.replace('0000', '0002')));
      }
      const path = join(folder, FIRST);
      expect((await idsOf(path)).length).to.equal(10);
      expect((await idsOf(path, { MultiFiles: { all_subruns: true } })).length).to.equal(20);
      expect((await idsOf(path, { MultiFiles: { all_subruns: true, last_subrun: 1 } })).length).to.equal(10);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('has the trigger types of both devices', async () => {
    for (const device of ['ucts', 'tib'] as const) {
      await using source = await EventSource.open(data('lst_evb', FIRST), { defaultTriggerType: device, maxEvents: 2 });
      const events: ArrayEvent[] = [];
      for await (const event of source) events.push(event);
      expect(events.map(({ trigger }) => trigger.eventType)).to.deep.equal([32, 32]);
    }
  });

  it('says which runs have to process all events, in one thread', async () => {
    const reasonOf = async (folder: string, config: object): Promise<string | undefined> => {
      await using source = await EventSource.open(data(folder, FIRST), {}, { config: { LSTEventSource: config } });
      return source.reasonForAllEvents;
    };
    const cells = 'the corrections of time lapse and spikes depend on the events before';
    const times = 'the times of events depend on the events before';
    const drs4 = { LSTR0Corrections: { drs4_pedestal_path: data('calibration', 'drs4_pedestal.fits.gz') } };
    expect(await reasonOf('lst_evb', drs4)).to.equal(cells);
    expect(await reasonOf('lst_evb', { LSTR0Corrections: NO_CORRECTIONS })).to.equal(times);
    expect(await reasonOf('lst_evb', { ...drs4, apply_drs4_corrections: false, trigger_information: false })).to.equal(
      undefined,
    );
    expect(await reasonOf('lst_r1v1', drs4)).to.equal(cells);
    expect(await reasonOf('lst_r1v1', { LSTR0Corrections: NO_CORRECTIONS })).to.equal(undefined);
    expect(await reasonOf('lst_r1v1_pe', drs4)).to.equal(undefined);
    const folder = mkdtempSync(join(tmpdir(), 'cherenkit-lst-'));
    try {
      const options = ['-o', 'out.h5', '--threads', '2', '--max-events', '1'];
      const { exitCode, stderr } = await cherenkit(['process', '-i', data('lst_evb', FIRST), ...options], folder);
      expect(exitCode, stderr).to.equal(0);
      expect(stderr).to.include(`One thread processes the events, since ${times}.`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('refuses data of other cameras in words', async () => {
    const other = await errorOf(idsOf(data('example_LST_R1_10_evts.fits.fz')));
    expect(other).to.include({ code: 'ZFITS_INSTRUMENT_UNKNOWN' });
    expect(other.message).to.include(
      'The data are of telescope 0; expected one of the Large-Sized Telescopes 1, 2, 3, 4',
    );
  });

  it('warns of events whose cells are not known, and refuses other numbers of gain channels', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cherenkit-lst-'));
    /** Writes stream 1 without a field of the events, by another number for it. */
    const without = (number: number): string => {
      const text = readFileSync(data('lst_r1v1', FIRST), 'latin1');
      const [configuration, events] = text.split("EXTNAME = 'Events", 2);
      const renamed = events.replace(`= '${number}' `.padEnd(9), `= '${number + 100}'`.padEnd(9));
      // The sum of the header is wrong now.
      const changed = `${configuration}EXTNAME = 'Events${renamed.replace('CHECKSUM=', 'UNKNOWN =')}`;
      expect(changed.length).to.equal(text.length);
      writeFileSync(join(folder, FIRST), changed, 'latin1');
      return join(folder, FIRST);
    };
    try {
      const drs4 = `--drs4_pedestal_path=${data('calibration', 'drs4_pedestal.fits.gz')}`.replace(
        '--',
        '--LSTR0Corrections.',
      );
      const { stderr } = await cherenkit(['process', '-i', without(13), '-o', 'out.h5', drs4], folder);
      expect(stderr).to.include(
        'Event 3 has no first cells of the DRS4 chips. DRS4 baseline, time lapse and spikes of such events are not corrected.',
      );
      const error = await errorOf(idsOf(without(7)));
      expect(error).to.include({ code: 'ZFITS_MESSAGE' });
      expect(error.message).to.include('event 3 has 0 gain channels, expected 1 or 2');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('refuses calibration files of another shape', async () => {
    const config = { LSTR0Corrections: { drs4_pedestal_path: data('calibration', 'time_calibration.fits') } };
    const error = await errorOf(idsOf(data('lst_evb', FIRST), config));
    expect(error.message).to.include('expected the image baseline_mean, found');
    const swapped = { LSTR0Corrections: { drs4_time_calibration_path: data('calibration', 'drs4_pedestal.fits.gz') } };
    expect((await errorOf(idsOf(data('lst_evb', FIRST), swapped))).message).to.include('expected the image fan, found');
  });

  it('needs a reference for times', async () => {
    const config = { EventTimeCalculator: { extract_reference: false } };
    expect(await errorOf(idsOf(data('lst_evb', FIRST), config))).to.include({
      code: 'LST_TIME_REFERENCE',
      exitCode: 65,
    });
    // The counters of the first event, and another time.
    const reference = {
      dragon_reference_time: '1582059789000000000',
      dragon_reference_counter: 2516351600,
      dragon_module_id: 132,
    };
    await using source = await EventSource.open(
      data('lst_evb', FIRST),
      { maxEvents: 1 },
      { config: { LSTEventSource: { EventTimeCalculator: reference } } },
    );
    for await (const { trigger } of source) {
      expect(trigger.time.seconds).to.equal(1582059789);
      expect(trigger.time.quarterNanoseconds).to.be.below(4e6);
    }
  });

  it('reads several files that were chosen in a page', async () => {
    const files = readdirSync(data('lst_evb')).map((name) => new File([readFileSync(data('lst_evb', name))], name));
    const run = await prepareRun({ layers: [], components: [] });
    await using source = await run.open(byteSourceFrom(files[0], files[0].name, files));
    let count = 0;
    for await (const event of source) if (event.index.eventId > 0) count++;
    expect(count).to.equal(10);
  });
});
