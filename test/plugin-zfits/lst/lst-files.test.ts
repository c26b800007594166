import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPipeline, EventSource, EventType, processEvent, type ArrayEvent } from 'cherenkit';
import { expect } from 'chai';
import { ctapipePython, skipWithoutCtapipe } from '../../support/ctapipe-python.js';
import { errorOf } from '../../support/error-of.js';
import { REPOSITORY_ROOT } from '../../support/repository-root.js';
import { cherenkit } from '../../support/run-command.js';
import { inTestData, skipWithoutTestData } from '../../support/test-data.js';
import { expectEvent, zfitsReference } from '../../support/zfits-reference.js';

const FIRST = 'LST-1.1.Run02008.0000.fits.fz';
/** Unix time of the first event, rounded down. */
const START = 1582059752;

const run = (): string => inTestData('data', 'zfits', 'lst_evb', FIRST);
const RAW = {
  apply_drs4_pedestal_correction: false,
  apply_spike_correction: false,
  apply_timelapse_correction: false,
};

async function eventsOf(config: object): Promise<ArrayEvent[]> {
  const section = { LSTEventSource: { LSTR0Corrections: RAW, ...config } };
  await using source = await EventSource.open(run(), {}, { config: section });
  const events: ArrayEvent[] = [];
  for await (const event of source) events.push(event);
  return events;
}

describe('files of LSTs beside the events', () => {
  let folder: string;
  before(function () {
    skipWithoutTestData.call(this);
    folder = mkdtempSync(join(tmpdir(), 'cherenkit-lst-files-'));
  });
  after(() => {
    if (folder) rmSync(folder, { recursive: true });
  });

  describe('in HDF5 format, and the run summary', () => {
    before(async function () {
      skipWithoutCtapipe.call(this);
      const script = join(REPOSITORY_ROOT, 'test', 'support', 'lst_calibration_files.py');
      await ctapipePython([script, inTestData('data', 'zfits', 'calibration'), folder], { cwd: folder });
    });

    it('calibrate as those in FITS format', async () => {
      const corrections = {
        drs4_pedestal_path: join(folder, 'drs4_pedestal.h5'),
        calibration_path: join(folder, 'calibration.h5'),
        drs4_time_calibration_path: join(folder, 'time_calibration.h5'),
      };
      const config = {
        LSTEventSource: { LSTR0Corrections: corrections },
        CameraCalibrator: { image_extractor_type: 'LocalPeakWindowSum' },
      };
      const reference = zfitsReference('lst_evb.calibrated');
      await using source = await EventSource.open(run(), {}, { config });
      await using pipeline = await createPipeline({ subarray: source.subarray, config });
      let count = 0;
      for await (const event of source) {
        processEvent(event, pipeline);
        expectEvent(event, reference.events[count++], { levels: ['r0', 'r1', 'dl1'] });
      }
      expect(count).to.equal(10);
    });

    it('have the ids of pedestal events', async () => {
      const events = await eventsOf({ pedestal_ids_path: join(folder, 'pedestals.h5') });
      const pedestals = events.filter(({ trigger }) => trigger.eventType === EventType.SKY_PEDESTAL);
      expect(pedestals.map(({ index }) => index.eventId)).to.deep.equal([7]);
      expect(pedestals[0].r1.tel.get(1)?.eventType).to.equal(EventType.SKY_PEDESTAL);
      // Events with the trigger of pedestals whose ids are not in the file are showers; here, there are none.
      expect(events.filter(({ trigger }) => trigger.eventType === EventType.SUBARRAY).length).to.equal(9);
    });

    it('have the reference for times', async () => {
      for (const name of ['run_summary.ecsv', 'run_summary_spaces.ecsv']) {
        const calculator = { run_summary_path: join(folder, name), extract_reference: false };
        const [{ trigger }] = await eventsOf({ EventTimeCalculator: calculator });
        const counter = await eventsOf({
          EventTimeCalculator: {
            dragon_reference_time: '1582059789000000000',
            dragon_reference_counter: 2516351600,
            extract_reference: false,
          },
        });
        expect(trigger.time).to.deep.equal(counter[0].trigger.time);
      }
    });

    it('are refused if they are of another telescope or kind', async () => {
      const of = (corrections: object): Promise<ArrayEvent[]> => eventsOf({ LSTR0Corrections: corrections });
      const swapped = await errorOf(of({ drs4_pedestal_path: join(folder, 'calibration.h5') }));
      expect(swapped).to.include({ code: 'CALIBRATION_FILE', exitCode: 65 });
      expect(swapped.message).to.match(
        /^LSTR0Corrections\.drs4_pedestal_path: .*: expected \/r1\/monitoring\/drs4_baseline\/tel_001, found .*\/tel_1\/calibration/,
      );
      const lapse = await errorOf(
        of({ drs4_timelapse_path: join(folder, 'calibration.h5'), ...RAW, apply_timelapse_correction: true }),
      );
      expect(lapse.message).to.include('it is an HDF5 file, expected a FITS file');
    });
  });

  it('are refused with the trait, what was expected and what was found', async () => {
    const inCalibration = (name: string): string => inTestData('data', 'zfits', 'calibration', name);
    const text = join(folder, 'text.fits');
    writeFileSync(text, 'no calibration');
    const cut = join(folder, 'cut.fits');
    writeFileSync(cut, readFileSync(inCalibration('calibration.fits')).subarray(0, 10_000));
    for (const [trait, path, found] of [
      ['calibration_path', inCalibration('time_calibration.fits'), 'expected the table calibration, found '],
      ['drs4_pedestal_path', inCalibration('calibration.fits'), 'expected the image baseline_mean, found '],
      ['drs4_time_calibration_path', inCalibration('drs4_pedestal.fits.gz'), 'expected the image fan, found '],
      ['calibration_path', text, 'it is neither a FITS nor an HDF5 file'],
      ['calibration_path', cut, 'The file is truncated or corrupt'],
    ] as const) {
      const error = await errorOf(eventsOf({ LSTR0Corrections: { [trait]: path } }));
      expect(error, path).to.include({ code: 'CALIBRATION_FILE', exitCode: 65 });
      expect(error.message).to.include(`LSTR0Corrections.${trait}: ${path} `).and.to.include(found);
    }
    const missing = await errorOf(eventsOf({ LSTR0Corrections: { calibration_path: join(folder, 'missing') } }));
    expect(missing).to.include({ code: 'INPUT_MISSING' });
  });

  it('refuses run summaries without the run', async () => {
    const path = join(folder, 'other.ecsv');
    const columns = 'run_id dragon_reference_time dragon_reference_counter dragon_reference_module_index';
    const error = async (text: string): Promise<Error> => {
      writeFileSync(path, text);
      return errorOf(eventsOf({ EventTimeCalculator: { run_summary_path: path } }));
    };
    const missing = await error(`# %ECSV 1.0\n${columns}\n7 1 1 0\n`);
    expect(missing).to.include({ code: 'LST_TIME_REFERENCE', exitCode: 65 });
    expect(missing.message).to.equal(
      `${path}: it has no run 2008, but 7; expected the summary of the night of the run.`,
    );
    expect((await error('run_id,name\n1,2\n')).message).to.include('it has no column run_id, dragon_reference_time');
    expect((await error(`${columns}\n2008 1.5 1 0\n`)).message).to.include('has the reference 1.5, 1, 0');
  });

  describe('logs of the drive', () => {
    const drive = (): string => join(folder, 'DrivePosition_log_20200218.txt');
    const source = (): object => ({ PointingSource: { drive_report_path: drive() } });

    before(() => {
      // The azimuth crosses north between the two positions.
      writeFileSync(drive(), `${START - 1} 359.8 20.5\n${START + 1} 0.2 20.7\n${START + 60} 12 21\n`);
    });
    afterEach(() => {
      for (const file of readdirSync(folder)) {
        if (/^(?:Bending|Target)/.test(file)) rmSync(join(folder, file));
      }
    });

    it('give the pointing, interpolated on the shorter arc', async () => {
      const events = await eventsOf(source());
      for (const { trigger, monitoring } of events) {
        const { seconds, nanoseconds } = toUnix(trigger.time);
        const fraction = (seconds - START + 1 + nanoseconds / 1e9) / 2;
        const { azimuth, altitude } = monitoring.tel.get(1)?.pointing ?? { azimuth: NaN, altitude: NaN };
        expect(degrees(azimuth)).to.be.closeTo((359.8 + 0.4 * fraction) % 360, 1e-6);
        expect(degrees(altitude)).to.be.closeTo(90 - 20.5 - 0.2 * fraction, 1e-6);
        expect(monitoring.pointing.arrayAzimuth).to.equal(azimuth);
        expect(monitoring.pointing.arrayRa).to.be.NaN;
      }
    });

    it('are corrected by the bending model and have targets, if these logs are beside them', async () => {
      writeFileSync(
        join(folder, 'BendingModelCorrection_log_20200218.txt'),
        `${START - 1} 1 0.5\n${START + 1} 1 0.5\n`,
      );
      writeFileSync(
        join(folder, 'Target_log_20200218.txt'),
        `${START - 900} TrackStart 1.5 2.5\n${START - 600} TrackStart 83.63 22.01 Crab\n${START + 600} TrackEnd\n`,
      );
      await using opened = await EventSource.open(
        run(),
        {},
        { config: { LSTEventSource: { LSTR0Corrections: RAW, ...source() } } },
      );
      const [block] = opened.run.observationBlocks.values();
      expect(degrees(block.subarrayPointingLon)).to.be.closeTo(83.63, 1e-9);
      expect(degrees(block.subarrayPointingLat)).to.be.closeTo(22.01, 1e-9);
      for await (const { monitoring } of opened) {
        const { arrayAltitude, arrayRa, arrayDec } = monitoring.pointing;
        expect(degrees(arrayAltitude)).to.be.within(90 - 21.2, 90 - 21);
        expect([arrayRa, arrayDec].map(degrees).map((angle) => angle.toFixed(6))).to.deep.equal([
          '83.630000',
          '22.010000',
        ]);
      }
    });

    it('are refused with the line at fault', async () => {
      writeFileSync(join(folder, 'BendingModelCorrection_log_20200218.txt'), `${START - 2} 1 0.5\n`);
      const other = await errorOf(eventsOf(source()));
      expect(other).to.include({ code: 'LST_DRIVE_LOG', exitCode: 65 });
      expect(other.message).to.include(`line 1: the time is ${START - 2}, but ${START - 1} in the log of the drive`);
      rmSync(join(folder, 'BendingModelCorrection_log_20200218.txt'));
      const bad = join(folder, 'bad.txt');
      writeFileSync(bad, `${START} 1 2\nnonsense\n`);
      const parsed = await errorOf(eventsOf({ PointingSource: { drive_report_path: bad } }));
      expect(parsed.message).to.include(
        'bad.txt, line 2: found "nonsense", expected unix time, azimuth and zenith angle',
      );
      const targets = { drive_report_path: drive(), target_log_path: bad };
      expect((await errorOf(eventsOf({ PointingSource: targets }))).message).to.include('bad.txt, line 2');
    });

    it('leave events outside of the log without pointing', async () => {
      const short = join(folder, 'short.txt');
      writeFileSync(short, `${START - 20} 1 2\n${START - 10} 1 2\n`);
      const [{ monitoring }] = await eventsOf({ PointingSource: { drive_report_path: short } });
      expect(monitoring.pointing.arrayAltitude).to.be.NaN;
    });

    it('are named if they are missing, as the files of corrections are', async () => {
      for (const file of readdirSync(inTestData('data', 'zfits', 'lst_evb'))) {
        copyFileSync(inTestData('data', 'zfits', 'lst_evb', file), join(folder, file));
      }
      const options = ['-o', 'raw.h5', '--max-events', '1', '--log-level', 'INFO'];
      const { exitCode, stderr } = await cherenkit(['process', '-i', FIRST, ...options], folder);
      expect(exitCode, stderr).to.equal(0);
      expect(stderr).to.include('PointingSource.drive_report_path is not set');
      expect(stderr).to.include('LSTR0Corrections.calibration_path is not set');
      expect(stderr).to.include('drs4_pedestal_path: DRS4 baseline');
    });
  });
});

const degrees = (angle: number): number => (angle * 180) / Math.PI;

/** Unix time of a time after 2017, TAI - UTC = 37 s. */
function toUnix({ seconds, quarterNanoseconds }: { seconds: number; quarterNanoseconds: number }): {
  seconds: number;
  nanoseconds: number;
} {
  return { seconds: seconds - 37, nanoseconds: quarterNanoseconds / 4 };
}
