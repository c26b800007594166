import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventSource } from 'cherenkit';
import { expect } from 'chai';
import { block, bytesOf, counted, joined, zfitsFile, type BuiltTable } from '../../support/zfits-builder.js';

const N_PIXELS = 7;
const N_SAMPLES = 40;
/** Pixels of the only module, in the order of the read-out. */
const PIXELS = [12, 3, 7, 0, 1854, 5, 6];
/** The low gain of the second and the last one. */
const FLAGS = [0b0100, 0b1000, 0b0100, 0b0100, 0b0100, 0b0100, 0b1000];

const int = (...values: readonly number[]): Uint8Array => bytesOf(Int32Array.from(values));
const long = (...values: readonly number[]): Uint8Array => bytesOf(BigInt64Array.from(values, BigInt));
const samplesOf = (event: number): Uint16Array =>
  Uint16Array.from({ length: N_PIXELS * N_SAMPLES }, (_, i) => 300 + 1000 * event + i);

type Column = readonly [name: string, id: string, form: string, content: Uint8Array];

function table(name: string, message: string, nRows: number, columns: readonly Column[]): BuiltTable {
  return {
    name,
    message,
    columns: columns.map(([column, id, form]) => ({
      name: column,
      id,
      form,
      ...(form.endsWith('I') && { zero: '32768' }),
    })),
    tiles: [{ nRows, blocks: columns.map(([, , , content]) => block([0], content)) }],
  };
}

/** A run of messages until 2023 whose event builder has selected gain channels; the first cells differ from pixel to pixel. */
function selectedRun(): Uint8Array {
  const bytes = (length: number): Uint8Array => new Uint8Array(length);
  return zfitsFile(
    table('CameraConfig', 'ProtoR1.CameraConfiguration', 1, [
      ['telescope_id', '1', '1J', int(1)],
      ['configuration_id', '3', '1K', long(77)],
      ['date', '4', '1K', long(1_660_000_000)],
      ['num_pixels', '5', '1J', int(N_PIXELS)],
      ['num_samples', '6', '1J', int(N_SAMPLES)],
      ['expected_pixels_id', '7', '7I', counted(Uint16Array.from(PIXELS))],
      ['lstcam_expected_modules_id', '10.4', '1I', counted(Uint16Array.of(132))],
    ]),
    table('Events', 'ProtoR1.CameraEvent', 2, [
      ['event_id', '2', '1K', long(1, 2)],
      ['waveform', '7', '280I', joined(...[1, 2].map((event) => counted(samplesOf(event))))],
      ['pixel_status', '8', '7B', joined(...[1, 2].map(() => counted(Uint8Array.from(FLAGS))))],
      ['lstcam_module_status', '11.1', '1B', joined(...[1, 2].map(() => counted(Uint8Array.of(1))))],
      ['lstcam_extdevices_presence', '11.2', '1J', int(0, 0)],
      ['lstcam_counters', '11.6', '22B', joined(...[1, 2].map(() => counted(bytes(22))))],
      [
        'lstcam_first_capacitor_id',
        '11.8',
        '8I',
        joined(...[0, 100].map((cell) => counted(Uint16Array.from({ length: 8 }, (_, chip) => cell + chip)))),
      ],
    ]),
  );
}

describe('LSTEventSource of data with selected gain channels', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'cherenkit-lst-gains-'));
    writeFileSync(join(folder, 'run.fits.fz'), selectedRun());
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  for (const apply_drs4_corrections of [false, true]) {
    it(`gives the selected channels without calibration files, ${apply_drs4_corrections ? 'cut' : 'whole'}`, async () => {
      const config = { LSTEventSource: { apply_drs4_corrections } };
      await using source = await EventSource.open(join(folder, 'run.fits.fz'), {}, { config });
      let count = 0;
      for await (const event of source) {
        const { waveform, selectedGainChannel } = event.r1.tel.get(1) ?? {};
        const stored = samplesOf(++count);
        PIXELS.forEach((pixel, i) => {
          expect(selectedGainChannel?.[pixel]).to.equal(FLAGS[i] === 0b0100 ? 0 : 1);
          const samples = stored.subarray(i * N_SAMPLES, (i + 1) * N_SAMPLES);
          const wanted = apply_drs4_corrections ? samples.subarray(3, 39) : samples;
          expect(
            [...(waveform?.channel(0) ?? [])].slice(pixel * wanted.length, (pixel + 1) * wanted.length),
          ).to.deep.equal([...wanted]);
        });
      }
      expect(count).to.equal(2);
    });
  }
});
