import { CherenkitError, ExitCode } from '@cherenkit/core';
import type { TimeLapseCoefficients } from '@cherenkit/kernels';
import { FitsFile, type FitsImage } from '@cherenkit/plugin-fits';

const N_GAINS = 2;

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

/**
 * Reads a file of DRS4 baselines in FITS format. Source: ctapipe_io_lst 0.31 `LSTR0Corrections`, as for the others.
 *
 * @throws CherenkitError LST_CALIBRATION (65) for files of another camera; those of the file
 */
export function readDrs4Calibration(path: string, nPixels: number): Promise<Drs4Calibration> {
  return withFile(path, async (file) => {
    const baseline = imageOf(path, 'baseline_mean', await file.readImage('baseline_mean'), [N_GAINS, nPixels, 4096]);
    const heights = imageOf(path, 'spike_height', await file.readImage('spike_height'), [N_GAINS, nPixels, 3]);
    const isSmall = baseline instanceof Int16Array || baseline instanceof Float32Array;
    return { baseline: isSmall ? baseline : Float32Array.from(baseline), spikeHeights: heights };
  });
}

/** Reads the coefficients of p.e. and times of a calibration file in FITS format. */
export function readPeCalibration(path: string, nPixels: number): Promise<PeCalibration> {
  return withFile(path, async (file) => {
    const table = await file.readTable('calibration', { start: 0, stop: 1 });
    const column = (name: string): Float64Array => {
      const { values, shape } = table.column(name);
      const numbers = Float64Array.from(values as ArrayLike<number>, Number);
      requireShape(path, name, shape ?? [], [N_GAINS, nPixels]);
      return numbers;
    };
    return {
      pedestal: column('pedestal_per_sample'),
      dcToPe: column('dc_to_pe'),
      // Times are stored in the unit of the tables of Cherenkit, which is ns.
      timeCorrection: column('time_correction'),
    };
  });
}

/** Reads a file of the time calibration of cells in FITS format. */
export function readCellTimeCalibration(path: string, nPixels: number): Promise<CellTimeCalibration> {
  return withFile(path, async (file) => {
    const cosines = await file.readImage('fan');
    const sines = await file.readImage('fbn');
    const shape = [N_GAINS, nPixels, cosines.shape[2] ?? 0];
    return { cosines: imageOf(path, 'fan', cosines, shape), sines: imageOf(path, 'fbn', sines, shape) };
  });
}

/** Reads a file of the time lapse of the baseline in FITS format. */
export function readTimeLapse(path: string, nPixels: number): Promise<TimeLapseCoefficients> {
  return withFile(path, async (file) => {
    const values = async (name: string): Promise<FitsImage['values']> => (await file.readImage(name)).values;
    const batch = imageOf(path, 'PIXEL_BATCH', await file.readImage('PIXEL_BATCH'), [N_GAINS, nPixels]);
    return { batch, scale: await values('SCALE'), exponent: await values('EXPONENT'), t0: await values('T0') };
  });
}

async function withFile<T>(path: string, read: (file: FitsFile) => Promise<T>): Promise<T> {
  if (/\.(?:h5|hdf5)$/i.test(path)) {
    throw mistake(path, 'it is an HDF5 file; expected one in FITS format, which lstchain writes since version 0.10');
  }
  await using file = await FitsFile.open(path);
  return await read(file);
}

function imageOf(
  path: string,
  name: string,
  { shape, values }: FitsImage,
  wanted: readonly number[],
): FitsImage['values'] {
  requireShape(path, name, shape, wanted);
  return values;
}

function requireShape(path: string, name: string, shape: readonly number[], wanted: readonly number[]): void {
  if (shape.join() === wanted.join()) return;
  throw mistake(path, `${name} has the shape (${shape.join(', ')}), expected (${wanted.join(', ')})`);
}

function mistake(path: string, problem: string): CherenkitError {
  return new CherenkitError(
    'LST_CALIBRATION',
    ExitCode.BAD_INPUT,
    `${path} is no calibration of this camera: ${problem}.`,
  );
}
