import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventSource } from 'cherenkit';
import { fitsBytes } from '@cherenkit/plugin-fits';
import { Table } from '@cherenkit/tables';
import { expect } from 'chai';
import { errorOf } from '../../support/error-of.js';
import { fitsImages, type BuiltImage } from '../../support/fits-images.js';
import { protoR1Run } from '../../support/lst-run.js';

const SHAPE = [2, 1855];
const N_VALUES = 2 * 1855;

describe('calibration files of LSTs with impossible values', () => {
  let folder: string;
  let file: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'cherenkit-lst-calibration-'));
    file = join(folder, 'calibration.fits');
    writeFileSync(join(folder, 'run.fits.fz'), protoR1Run());
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  async function load(path: string, bytes: Uint8Array): Promise<void> {
    writeFileSync(file, bytes);
    const LSTR0Corrections = { apply_drs4_pedestal_correction: false, [path]: file };
    const config = { LSTEventSource: { LSTR0Corrections } };
    await using source = await EventSource.open(join(folder, 'run.fits.fz'), {}, { config });
    expect(source.run.waveformUnit).to.be.oneOf(['ADC counts', 'p.e.']);
  }

  async function expectRefusal(path: string, bytes: Uint8Array, problem: string): Promise<void> {
    const error = await errorOf(load(path, bytes));
    expect(error).to.include({ code: 'CALIBRATION_FILE', exitCode: 65 });
    const trait = `LSTR0Corrections.${path}`;
    expect(error.message).to.equal(
      `${trait}: ${file} is not the file that is expected there: ${problem}. Set ${trait} to the file of this camera.`,
    );
  }

  describe('in the coefficients of p.e.', () => {
    const NAMES = ['pedestal_per_sample', 'dc_to_pe', 'time_correction'] as const;

    /** A table of the coefficients in which `bad` is the value of the pixels before `nBad`; the pixels before `nUnusable` are so. */
    function coefficients(bad: { name: string; value: number; nBad: number }, nUnusable = 0, nRows = 1): Uint8Array {
      const valuesOf = (name: string): Float64Array =>
        Float64Array.from({ length: nRows * N_VALUES }, (_, i) => (name === bad.name && i < bad.nBad ? bad.value : 1));
      const columns = NAMES.map((name) => [name, { values: valuesOf(name), shape: SHAPE }] as const);
      const unusable = Uint8Array.from({ length: nRows * N_VALUES }, (_, i) => (i < nUnusable ? 1 : 0));
      const marks = nUnusable > 0 ? { unusable_pixels: { values: unusable, shape: SHAPE } } : {};
      return fitsBytes(Table.of({ ...Object.fromEntries(columns), ...marks }), { name: 'calibration' });
    }

    for (const name of NAMES) {
      it(`are refused, with their number: ${name}`, async () => {
        for (const value of [NaN, Infinity, -Infinity, 1e300]) {
          const problem = `${name} has 5 values that are not finite numbers, expected none`;
          await expectRefusal('calibration_path', coefficients({ name, value, nBad: 5 }), problem);
        }
      });

      it(`are accepted for unusable pixels: ${name}`, async () => {
        const bad = { name, value: NaN, nBad: 5 };
        await load('calibration_path', coefficients(bad, 5));
        const problem = `${name} has 1 values that are not finite numbers, expected such values only for unusable_pixels`;
        await expectRefusal('calibration_path', coefficients(bad, 4), problem);
      });
    }

    it('are refused without rows', async () => {
      const none = coefficients({ name: '', value: 0, nBad: 0 }, 0, 0);
      await expectRefusal('calibration_path', none, 'the table calibration has no rows, expected one');
    });
  });

  it('are refused in the times of cells', async () => {
    const image = (value: number): BuiltImage => ({
      values: new Float64Array(N_VALUES * 16).fill(value),
      shape: [...SHAPE, 16],
    });
    const bytes = fitsImages({ fan: image(1), fbn: image(NaN) });
    const problem = `fbn has ${N_VALUES * 16} values that are not finite numbers, expected none`;
    await expectRefusal('drs4_time_calibration_path', bytes, problem);
  });

  describe('in the time lapse', () => {
    const list = (...values: readonly number[]): BuiltImage => ({ values, shape: [values.length] });
    const batches = (value: number): BuiltImage => ({ values: new Float64Array(N_VALUES).fill(value), shape: SHAPE });
    const GOOD = { PIXEL_BATCH: batches(0), SCALE: list(11.9), EXPONENT: list(0.22), T0: list(103) };

    it('are accepted if they are possible', async () => {
      await load('drs4_timelapse_path', fitsImages(GOOD));
    });

    const many = new Array<number>(20_000).fill(1);
    const cases: readonly [change: Partial<typeof GOOD>, problem: string][] = [
      [{ PIXEL_BATCH: batches(7) }, 'PIXEL_BATCH has the value 7, expected 0 to 0, as SCALE has'],
      [{ PIXEL_BATCH: batches(-1) }, 'PIXEL_BATCH has the value -1, expected 0 to 0, as SCALE has'],
      [{ SCALE: list(1, 2) }, 'EXPONENT has the shape (1), expected (2)'],
      [{ EXPONENT: list(1, 2) }, 'EXPONENT has the shape (2), expected (1)'],
      [{ SCALE: list(NaN) }, 'SCALE has 1 values that are not finite numbers, expected none'],
      [{ T0: list(NaN) }, 'T0 has 1 values that are not finite numbers, expected none'],
      [{ T0: list(0) }, 'T0 has values that are not positive, expected times in ms'],
      [
        { SCALE: list(...many), EXPONENT: list(...many), T0: list(...many) },
        'SCALE has the shape (20000), expected one value for each batch of chips, at most 256',
      ],
    ];
    for (const [change, problem] of cases) {
      it(`are refused: ${problem}`, async () => {
        await expectRefusal('drs4_timelapse_path', fitsImages({ ...GOOD, ...change }), problem);
      });
    }
  });
});
