import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPipeline, EventSource, EventType, processEvent, type ArrayEvent } from 'cherenkit';
import { expect } from 'chai';
import { errorOf } from '../../support/error-of.js';
import { cherenkit } from '../../support/run-command.js';
import { inTestData, skipWithoutTestData } from '../../support/test-data.js';
import { expectEvent, expectSums, zfitsReference, type ReferenceSums } from '../../support/zfits-reference.js';

const data = (...parts: readonly string[]): string => inTestData('data', 'zfits', ...parts);
const FIRST = 'NectarCAM.Run6000.0000.fits.fz';
const SECOND = 'NectarCAM.Run6000.0001.fits.fz';
const calibration = (): object => ({
  calibration_path: data('instrument', 'calibrationfile_run3255_pedrun3255_gainrun3155_ctapipe018.hdf5'),
});

type Traits = Parameters<typeof EventSource.open>[1];

async function eventsOf(path: string, config: object = {}, traits: Traits = {}): Promise<ArrayEvent[]> {
  await using source = await EventSource.open(path, traits, { config: { NectarCAMEventSource: config } });
  expect(source.name).to.equal('NectarCAMEventSource');
  const events: ArrayEvent[] = [];
  for await (const event of source) events.push(event);
  return events;
}

const idsOf = (events: readonly ArrayEvent[]): number[] => events.map(({ index }) => index.eventId);

describe('NectarCAMEventSource', () => {
  before(skipWithoutTestData);

  it('gives the events of ctapipe_io_nectarcam, calibrated, also those with a selected gain channel', async () => {
    const reference = zfitsReference('nectarcam_r1v1');
    const config = { NectarCAMR0Corrections: calibration() };
    await using source = await EventSource.open(
      data('nectarcam_r1v1', FIRST),
      {},
      {
        config: { NectarCAMEventSource: config },
      },
    );
    const { camera, name } = source.subarray.telescope(0);
    const wantedTelescope = reference.subarray.tel['0'];
    expect(camera.geometry.pixType).to.equal('hexagon');
    expect(camera.geometry.pixelWidth[0]).to.be.closeTo(0.05, 1e-3);
    expect([source.subarray.name, name]).to.deep.equal([reference.subarray.name, wantedTelescope.name]);
    expectSums(camera.geometry.pixX, wantedTelescope.pix_x_m, 'pix_x');
    expectSums(camera.geometry.pixY, wantedTelescope.pix_y_m, 'pix_y');
    expectSums(
      camera.readout.referencePulseShape.flatMap((pulse) => [...pulse]),
      wantedTelescope.pulse,
      'pulse',
    );
    expect(source.run.dataLevels).to.deep.equal(reference.datalevels);
    expect(source.run.waveformUnit).to.equal('p.e.');
    let count = 0;
    for await (const event of source) {
      const wanted = reference.events[count++];
      const isSelected = wanted.r0 === undefined;
      // The reference does not calibrate events with a selected channel, and has the channel -1 for pixels that are missing.
      expectEvent(event, wanted, {
        levels: ['r0', 'r1'],
        except: isSelected ? ['waveform', 'selected_gain_channel'] : [],
      });
      const r1 = event.r1.tel.get(0);
      const status = r1?.pixelStatus ?? new Uint8Array(0);
      if (isSelected) {
        const channels = r1?.selectedGainChannel?.map((channel, pixel) => (status[pixel] === 0 ? -1 : channel));
        expectSums(channels, wanted.r1?.['0'].selected_gain_channel as ReferenceSums, 'channels');
      }
      expect(r1?.eventType).to.equal(event.trigger.eventType);
      // The stored pixels are 700 to 783, with the flags of the message and the one of stored pixels.
      const flags = wanted.nectarcam?.pixel_status as ReferenceSums;
      expectSums(
        status.subarray(700, 784).map((each) => each & ~1),
        flags,
        'pixel_status',
      );
      expect(status.filter((each) => each !== 0).length).to.equal(84);
    }
    expect(count).to.equal(9);
  });

  it('calibrates a selected gain channel as both of them', async () => {
    const both = await eventsOf(data('nectarcam_r1v1', FIRST), {
      NectarCAMR0Corrections: { ...calibration(), select_gain: true, gain_selection_threshold: 1000 },
    });
    const apart = await eventsOf(data('nectarcam_r1v1', FIRST), { NectarCAMR0Corrections: calibration() });
    const [ours, all] = [both[0].r1.tel.get(0), apart[0].r1.tel.get(0)];
    const selected = ours?.selectedGainChannel ?? new Int8Array(0);
    expect(selected.includes(1)).to.equal(true);
    for (const pixel of [700, 741, 783]) {
      const nSamples = ours?.waveform?.nSamples ?? 0;
      const wanted = all?.waveform?.channel(selected[pixel]).subarray(pixel * nSamples, (pixel + 1) * nSamples);
      const found = ours?.waveform?.channel(0).subarray(pixel * nSamples, (pixel + 1) * nSamples);
      expect(found).to.deep.equal(wanted);
    }
    // One event of the files has a selected channel: its samples are p.e. as well, not ADC counts.
    const sums = apart.map(
      ({ r1 }) =>
        r1.tel
          .get(0)
          ?.waveform?.channel(0)
          .reduce((sum, value) => sum + value, 0) ?? 0,
    );
    expect(Math.max(...sums.map(Math.abs))).to.be.lessThan(30_000);
  });

  it('scales the charges of events that are calibrated only', async () => {
    const corrections = { ...calibration(), calib_scale_high_gain: 1.5 };
    const events = await eventsOf(data('nectarcam_r1v1', FIRST), {
      calibrate_flatfields_and_pedestals: false,
      NectarCAMR0Corrections: corrections,
    });
    const factors = new Map(
      events.map((event) => [event.trigger.eventType, event.monitoring.tel.get(0)?.camera.coefficients.factor?.[0]]),
    );
    expect(factors.get(EventType.SUBARRAY)).to.equal(1.5);
    expect(factors.has(EventType.FLATFIELD)).to.equal(true);
    expect(factors.get(EventType.FLATFIELD)).to.equal(undefined);
  });

  it('reads all files of the run from the first one, and others alone', async () => {
    const ids = idsOf(await eventsOf(data('nectarcam_r1v1', FIRST)));
    expect(ids).to.deep.equal(zfitsReference('nectarcam_r1v1').events.map((event) => event.event_id));
    expect(idsOf(await eventsOf(data('nectarcam_r1v1', SECOND)))).to.deep.equal(ids.filter((_, i) => i % 2 === 1));
    const first = await eventsOf(data('nectarcam_r1v1', FIRST), { MultiFiles: { all_chunks: false } });
    expect(idsOf(first)).to.deep.equal(ids.filter((_, i) => i % 2 === 0));
  });

  it('opens the files of a long run one after the other', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cherenkit-nectarcam-'));
    try {
      for (const file of readdirSync(data('nectarcam_r1v1'))) cpSync(data('nectarcam_r1v1', file), join(folder, file));
      // A later file, which would have to begin with later events: its events come last.
      cpSync(data('nectarcam_r1v1', SECOND), join(folder, 'NectarCAM.Run6000.0003.fits.fz'));
      const ids = idsOf(await eventsOf(join(folder, FIRST)));
      expect(ids.length).to.equal(13);
      // A damaged file is not opened before its events may be the next ones: behind four files that begin with later events.
      for (const number of [2, 4, 5])
        cpSync(data('nectarcam_r1v1', SECOND), join(folder, `NectarCAM.Run6000.000${number}.fits.fz`));
      writeFileSync(join(folder, 'NectarCAM.Run6000.0006.fits.fz'), 'damaged');
      expect(idsOf(await eventsOf(join(folder, FIRST), {}, { maxEvents: 1 }))).to.deep.equal([1]);
      expect(await errorOf(eventsOf(join(folder, FIRST)))).to.include({ code: 'FITS_CORRUPT' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('gives images of the pixels that are read out', async () => {
    const config = { NectarCAMEventSource: { NectarCAMR0Corrections: { ...calibration(), select_gain: true } } };
    await using source = await EventSource.open(data('nectarcam_r1v1', FIRST), { maxEvents: 2 }, { config });
    await using pipeline = await createPipeline({ subarray: source.subarray });
    for await (const event of source) {
      processEvent(event, pipeline);
      const image = event.dl1.tel.get(0)?.image;
      expect(image?.subarray(700, 784).some((charge) => charge !== 0)).to.equal(true);
    }
  });

  it('is drawn in ADC counts without calibration: the first event with an image', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cherenkit-nectarcam-'));
    try {
      const args = ['display', data('nectarcam_r1v1', FIRST), '--tel', '0', '-o', 'raw.svg'];
      const { exitCode, stderr } = await cherenkit(args, folder);
      expect(exitCode, stderr).to.equal(0);
      expect(stderr).to.include('Events with both gain channels have no images.');
      const svg = readFileSync(join(folder, 'raw.svg'), 'utf8');
      expect(svg).to.include('<title>event 2 of run 6000').and.to.include('>ADC counts<');
      for (const text of ['p.e.', 'NaN', '[w=']) expect(svg).not.to.include(text);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }).timeout(60_000);

  it('takes the trigger type of the other device', async () => {
    const types = (events: readonly ArrayEvent[]): number[] => events.map(({ trigger }) => trigger.eventType);
    const path = data('nectarcam_r1v1', FIRST);
    expect(types(await eventsOf(path, { default_trigger_type: 'tib' }))).to.deep.equal(types(await eventsOf(path)));
    const untyped = await eventsOf(path, { trigger_information: false }, { maxEvents: 1 });
    expect(types(untyped)).to.deep.equal([255]);
    expect(untyped[0].trigger.time.seconds).to.equal(1521466674);
  });

  it('refuses the messages of 2018, and calibration files of another camera', async () => {
    const old = await errorOf(eventsOf(data('example_9evts_NectarCAM.fits.fz')));
    expect(old).to.include({ code: 'ZFITS_MESSAGE' });
    expect(old.message).to.include('the file has no ids of pixels or modules');
    const lst = await errorOf(
      eventsOf(data('nectarcam_r1v1', FIRST), {
        NectarCAMR0Corrections: { calibration_path: data('calibration', 'calibration.fits') },
      }),
    );
    expect(lst).to.include({ code: 'CALIBRATION_FILE' });
    expect(lst.message).to.include('it is a FITS file, expected an HDF5 file');
    const missing = await errorOf(
      eventsOf(data('nectarcam_r1v1', FIRST), { NectarCAMR0Corrections: { calibration_path: '/nowhere' } }),
    );
    expect(missing).to.include({ code: 'INPUT_MISSING' });
  });
});
