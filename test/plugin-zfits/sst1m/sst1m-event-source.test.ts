import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { CoordinateFrameType, EventSource, EventType, type ArrayEvent } from 'cherenkit';
import { expect } from 'chai';
import { errorOf } from '../../support/error-of.js';
import { cherenkit } from '../../support/run-command.js';
import { inTestData, skipWithoutTestData } from '../../support/test-data.js';
import { block, bytesOf, counted, zfitsFile } from '../../support/zfits-builder.js';
import type { ReferenceSums } from '../../support/zfits-reference.js';

const { UNKNOWN } = CoordinateFrameType;

const data = (): string => inTestData('data', 'zfits', 'example_SST1M_20180822.fits.fz');
const simulation = (): string => inTestData('data', 'sst1m_2018.simtel.gz');

/** A message of the reference. */
interface Message {
  readonly telescopeID: number;
  readonly eventNumber: number;
  readonly local_time_sec: number;
  readonly local_time_nanosec: number;
  readonly event_type: number;
  readonly hiGain: { readonly waveforms: Readonly<Record<'samples' | 'baselines', ReferenceSums>> };
}

const sum = (values: ArrayLike<number> = []): number => Array.from(values).reduce((total, value) => total + value, 0);

describe('SST1MEventSource', () => {
  before(skipWithoutTestData);

  it('gives every event with the camera of another input', async () => {
    const path = inTestData('reference', 'zfits', 'messages', 'example_SST1M_20180822.fits.fz.json.gz');
    const { tables } = JSON.parse(gunzipSync(readFileSync(path)).toString()) as {
      tables: { messages: Message[] }[];
    };
    const [{ messages }] = tables;
    await using source = await EventSource.open(data(), { instrumentUrl: simulation() });
    expect(source.name).to.equal('SST1MEventSource');
    expect(source.subarray.telIds).to.deep.equal([22]);
    expect(source.subarray.telescope(22).camera.geometry.nPixels).to.equal(1296);
    expect(source.nEvents).to.equal(messages.length);
    expect(source.run.waveformUnit).to.equal('ADC counts');
    const events: ArrayEvent[] = [];
    for await (const event of source) events.push(event);
    expect(events.length).to.equal(messages.length);
    events.forEach((event, i) => {
      const wanted = messages[i];
      expect(event.index.eventId).to.equal(wanted.eventNumber);
      expect(event.trigger.telsWithTrigger).to.deep.equal([wanted.telescopeID]);
      expect(event.trigger.time).to.deep.equal({
        seconds: wanted.local_time_sec,
        quarterNanoseconds: 4 * wanted.local_time_nanosec,
      });
      expect(event.trigger.eventType).to.equal(
        (wanted.event_type & 8) === 0 ? EventType.SUBARRAY : EventType.SKY_PEDESTAL,
      );
      const { waveforms } = wanted.hiGain;
      expect(sum(event.r0.tel.get(22)?.waveform?.samples)).to.equal(waveforms.samples.sum);
      const above = sum(event.r1.tel.get(22)?.waveform?.samples);
      expect(Number(waveforms.samples.sum) - above).to.be.closeTo((Number(waveforms.baselines.sum) / 16) * 50, 1);
    });
    // The first stored pixels are 425, 461 and 353.
    const waveform = events[0].r0.tel.get(22)?.waveform;
    expect([...(waveform?.samples.subarray(425 * 50, 425 * 50 + 8) ?? [])]).to.deep.equal([
      315, 323, 327, 327, 324, 325, 320, 318,
    ]);
  });

  it('has images in ADC counts, which are neither cleaned nor parametrized', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cherenkit-sst1m-'));
    try {
      const output = [
        '-o',
        join(folder, 'out.h5'),
        '--write-images',
        `--SST1MEventSource.instrument_url=${simulation()}`,
      ];
      const { exitCode, stderr } = await cherenkit(['process', '-i', data(), '--max-events', '3', ...output], folder);
      expect(exitCode, stderr).to.equal(0);
      expect(stderr).to.include('the images are in ADC counts, and neither cleaned nor parametrized');
      const { stdout } = await cherenkit(['tables', 'out.h5'], folder);
      expect(stdout).to.include('/dl1/event/telescope/images/tel_022').and.not.to.include('parameters');
    } finally {
      rmSync(folder, { recursive: true });
    }
  }).timeout(60_000);

  it('names what is missing of the instrument', async () => {
    const none = await errorOf(EventSource.open(data()));
    expect(none).to.include({ code: 'ZFITS_INSTRUMENT_UNKNOWN', exitCode: 65 });
    expect(none.message).to.include(
      'The camera of telescope 22 (SST-1M, 1296 pixels) is not described. Set SST1MEventSource.instrument_url',
    );
    const other = inTestData('data', 'lst_muons.simtel.zst');
    const wrong = await errorOf(EventSource.open(data(), { instrumentUrl: other }));
    expect(wrong.message).to.include('has no camera of 1296 pixels').and.to.include('LSTCam (1855 pixels)');
  });

  it('has ids of the run and of the array, and the pointing of the header or of traits', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cherenkit-sst1m-'));
    try {
      const pathOf = (target: string): string => {
        const path = join(folder, 'SST1M2_20260121_0013.fits.fz');
        writeFileSync(path, madeUpRun(target));
        return path;
      };
      const blockOf = async (target: string, traits: object = {}): Promise<object | undefined> => {
        await using source = await EventSource.open(pathOf(target), { instrumentUrl: simulation(), ...traits });
        return [...source.run.observationBlocks.values()][0];
      };
      const crab = { subarrayPointingLon: 83.63 * (Math.PI / 180), subarrayPointingLat: 22.01 * (Math.PI / 180) };
      expect(await blockOf('Crab_W1_83.63_22.01')).to.include({ obsId: 202601210013, ...crab });
      expect(await blockOf('Crab,83.63,22.01')).to.include(crab);
      expect(await blockOf('dark')).to.include({ subarrayPointingFrame: UNKNOWN });
      const given = { pointingRa: 90, pointingDec: 45 };
      expect(await blockOf('Crab,83.63,22.01', given)).to.include({ subarrayPointingLon: Math.PI / 2 });
      const without = await blockOf('Crab,83.63,22.01', { pointingInformation: false });
      expect(without).to.include({ subarrayPointingFrame: UNKNOWN });
      await using source = await EventSource.open(pathOf('dark'), { instrumentUrl: simulation() });
      for await (const event of source) {
        expect(event.index).to.include({ obsId: 202601210013, eventId: 77 });
        expect(event.trigger.eventType).to.equal(EventType.SKY_PEDESTAL);
        expect([...(event.r0.tel.get(22)?.waveform?.samples.subarray(0, 4) ?? [])]).to.deep.equal([
          2590, 2591, 2588, 2589,
        ]);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** A file of one event with an id of the array, whose pixels are in descending order. */
function madeUpRun(target: string): Uint8Array {
  const column = (name: string, id: string, form: string, content: Uint8Array): object => ({ name, id, form, content });
  const scalar = (value: number): Uint8Array => bytesOf(Int32Array.of(value));
  const columns = [
    column('telescopeID', '1', '1J', scalar(22)),
    column('eventNumber', '4', '1J', scalar(5)),
    column('arrayEvtNum', '5', '1J', scalar(77)),
    column('hiGain_waveforms_samples', '6.1.1', '2592I', counted(Int16Array.from({ length: 2592 }, (_, i) => i))),
    column(
      'hiGain_waveforms_pixelsIndices',
      '6.1.2',
      '1296I',
      counted(Uint16Array.from({ length: 1296 }, (_, i) => 1295 - i)),
    ),
    column('event_type', '34', '1J', scalar(8)),
    column('trigger_input_traces', '35', '0B', counted(new Uint8Array(0))),
  ] as { name: string; id: string; form: string; content: Uint8Array }[];
  return zfitsFile({
    name: 'Events',
    message: 'DataModel.CameraEvent',
    columns: columns.map(({ name, id, form }) => ({ name, id, form, ...(form === '1296I' && { zero: '32768' }) })),
    tiles: [{ nRows: 1, blocks: columns.map(({ content }) => block([0], content)) }],
    cards: { TARGET: `'${target}'` },
  });
}
