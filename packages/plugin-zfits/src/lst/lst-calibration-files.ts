import type { TimeLapseCoefficients } from '@cherenkit/kernels';
import { IMAGES, mistake, ofCalibration, readCalibration } from '../calibration/calibration-arrays.js';

const N_GAINS = 2;
/** Largest number of batches of chips, each of which takes 50 kB of memory. */
const MAX_BATCHES = 256;

/** Coefficients of a calibration file, each of shape (2, nPixels). */
export interface PeCalibration {
  /** ADC counts per sample. */
  readonly pedestal: Float64Array;
  readonly dcToPe: Float64Array;
  /** To be added to the peak times, ns. */
  readonly timeCorrection: Float64Array;
}

/** Baseline of the cells of the DRS4 chips and heights of their spikes. */
export interface Drs4Calibration {
  /** ADC counts, shape (2, nPixels, 4096). */
  readonly baseline: Float32Array | Int16Array;
  /** ADC counts, shape (2, nPixels, 3). */
  readonly spikeHeights: ArrayLike<number>;
}

/** Fourier coefficients of the time shifts of cells, each of shape (2, nPixels, nHarmonics). */
export interface CellTimeCalibration {
  readonly cosines: ArrayLike<number>;
  readonly sines: ArrayLike<number>;
}

/** A trait of the component that reads the files. */
const trait = (name: string): string => `LSTR0Corrections.${name}`;

/** The camera of a calibration file. */
export interface CalibratedCamera {
  readonly telId: number;
  readonly nPixels: number;
}

/**
 * Reads a file of DRS4 baselines. Source: ctapipe_io_lst 0.31 `LSTR0Corrections`, as for the others.
 *
 * @throws CherenkitError CALIBRATION_FILE (65) for other files and those of another camera; INPUT_MISSING (66)
 */
export function readDrs4Calibration(path: string, { telId, nPixels }: CalibratedCamera): Promise<Drs4Calibration> {
  const table = `/r1/monitoring/drs4_baseline/tel_${String(telId).padStart(3, '0')}`;
  return readCalibration(
    path,
    { trait: trait('drs4_pedestal_path'), fits: IMAGES, hdf5: { table } },
    async ({ array }) => {
      const baseline = await array('baseline_mean', [N_GAINS, nPixels, 4096]);
      const isSmall = baseline instanceof Int16Array || baseline instanceof Float32Array;
      return {
        baseline: isSmall ? baseline : Float32Array.from(baseline),
        spikeHeights: await array('spike_height', [N_GAINS, nPixels, 3]),
      };
    },
  );
}

/** Reads the coefficients of p.e. and times of a calibration file; pixels that it has among `unusable_pixels` may have none. */
export function readPeCalibration(path: string, { telId, nPixels }: CalibratedCamera): Promise<PeCalibration> {
  const places = {
    trait: trait('calibration_path'),
    fits: 'calibration',
    hdf5: { table: `/tel_${telId}/calibration` },
  };
  return readCalibration(path, places, async ({ array, has }) => {
    const shape = [N_GAINS, nPixels];
    const unusable = has('unusable_pixels') ? await array('unusable_pixels', shape) : undefined;
    const column = async (name: string): Promise<Float64Array> =>
      Float64Array.from(await array(name, shape, unusable), Number);
    return {
      pedestal: await column('pedestal_per_sample'),
      dcToPe: await column('dc_to_pe'),
      // Times are stored in the unit of the tables of Cherenkit, which is ns.
      timeCorrection: await column('time_correction'),
    };
  });
}

/** Reads a file of the time calibration of cells. */
export function readCellTimeCalibration(path: string, { nPixels }: CalibratedCamera): Promise<CellTimeCalibration> {
  const places = { trait: trait('drs4_time_calibration_path'), fits: IMAGES, hdf5: { group: '' } };
  return readCalibration(path, places, async ({ array, shapeOf }) => {
    const shape = [N_GAINS, nPixels, (await shapeOf('fan'))[2] ?? 0];
    return { cosines: await array('fan', shape), sines: await array('fbn', shape) };
  });
}

/**
 * Reads a file of the time lapse of the baseline, which is a FITS file.
 *
 * @throws CherenkitError CALIBRATION_FILE (65) for other files, and for batches without coefficients; INPUT_MISSING (66)
 */
export function readTimeLapse(path: string, { nPixels }: CalibratedCamera): Promise<TimeLapseCoefficients> {
  return readCalibration(path, { trait: trait('drs4_timelapse_path'), fits: IMAGES }, async ({ array, shapeOf }) => {
    const shape = await shapeOf('SCALE');
    const [nBatches = 0] = shape;
    if (shape.length !== 1 || nBatches < 1 || nBatches > MAX_BATCHES) {
      const found = `SCALE has the shape (${shape.join(', ')})`;
      throw mistake(`${found}, expected one value for each batch of chips, at most ${MAX_BATCHES}`);
    }
    const batch = Int32Array.from(await array('PIXEL_BATCH', [N_GAINS, nPixels]), Number);
    const wrong = batch.find((each) => each < 0 || each >= nBatches);
    if (wrong !== undefined) {
      throw mistake(`PIXEL_BATCH has the value ${wrong}, expected 0 to ${nBatches - 1}, as SCALE has`);
    }
    const [scale, exponent, t0] = [
      await array('SCALE', shape),
      await array('EXPONENT', shape),
      await array('T0', shape),
    ];
    const isPositive = Array.from(t0).every((time) => time > 0);
    if (!isPositive) throw mistake('T0 has values that are not positive, expected times in ms');
    return { batch, scale, exponent, t0 };
  });
}

/**
 * Reads the ids of pedestal events that were taken among others, a table of lstchain in HDF5 format. Source: ctapipe_io_lst 0.31
 * `read_pedestal_ids`.
 *
 * @throws CherenkitError CALIBRATION_FILE (65) for another file, and INPUT_MISSING (66)
 */
export async function readPedestalIds(path: string): Promise<ReadonlySet<number>> {
  const { readTable } = await import('@cherenkit/plugin-hdf5');
  const table = await readTable(path, '/interleaved_pedestal_ids', { columns: ['event_id'] }).catch(
    (error: unknown) => {
      throw ofCalibration(error, 'LSTEventSource.pedestal_ids_path', path);
    },
  );
  return new Set(Array.from(table.column('event_id').values as ArrayLike<number | bigint>, Number));
}
