import { CherenkitError, ExitCode, nameSome } from '@cherenkit/core';
import { decompressed, openFile } from '@cherenkit/io';
import { FitsFile, type FitsHdu } from '@cherenkit/plugin-fits';

const SIGNATURE_BYTES = 8;

/** Array of a calibration file, in C order. */
interface CalibrationArray {
  readonly values: ArrayLike<number>;
  readonly shape: readonly number[];
}

/** Where the arrays of a calibration are, in files of each format; undefined for a format in which there are none. */
export interface CalibrationPlaces {
  /** The trait with the path of the file, such as `LSTR0Corrections.calibration_path`. */
  readonly trait: string;
  /** Name of the table whose first row has the arrays; `images` if each is an image of its own. */
  readonly fits?: string | undefined;
  /** Path of the table whose first row has the arrays, or of the group in which they are. */
  readonly hdf5?: { readonly table: string } | { readonly group: string } | undefined;
}

/** Images in FITS files, see {@link CalibrationPlaces}. */
export const IMAGES = 'images';

/**
 * Reads arrays of a file by name; each has to have the shape, and finite values in single precision.
 *
 * @param unusable - nonzero for the pixels whose values may be others, of the first dimensions of the shape
 */
type ReadCalibrationArray = (
  name: string,
  shape: readonly number[],
  unusable?: ArrayLike<number>,
) => Promise<ArrayLike<number>>;

/** The arrays of a calibration file. */
export interface CalibrationArrays {
  readonly array: ReadCalibrationArray;
  readonly shapeOf: (name: string) => Promise<readonly number[]>;
  /** Whether the file has an array. */
  readonly has: (name: string) => boolean;
}

/** Table of arrays, of which the first row is read. */
interface CalibrationRow {
  readonly nRows: number;
  readonly columns: ReadonlyMap<string, unknown>;
  has(name: string): boolean;
  column(name: string): { readonly values: unknown; readonly shape?: readonly number[] | undefined };
}

/** Finds any array of an open file. */
interface OpenCalibration {
  readonly any: (name: string) => Promise<CalibrationArray>;
  readonly has: (name: string) => boolean;
}

/**
 * Opens a calibration file, in FITS or HDF5 format, and reads arrays.
 *
 * @throws CherenkitError CALIBRATION_FILE (65) for files of another format, without the arrays or rows, and with arrays of another
 *   shape or with values that are not finite; INPUT_MISSING (66), INPUT_READ_FAILED (74)
 */
export async function readCalibration<T>(
  path: string,
  places: CalibrationPlaces,
  read: (arrays: CalibrationArrays) => Promise<T>,
): Promise<T> {
  const find = async ({ any, has }: OpenCalibration): Promise<T> => {
    const known = new Map<string, CalibrationArray>();
    const get = async (name: string): Promise<CalibrationArray> => {
      const found = known.get(name) ?? (await any(name));
      known.set(name, found);
      return found;
    };
    const array: ReadCalibrationArray = async (name, shape, unusable) => {
      const found = await get(name);
      if (found.shape.join() !== shape.join()) {
        const sizes = [found.shape, shape].map((each) => `(${each.join(', ')})`);
        throw mistake(`${name} has the shape ${sizes[0]}, expected ${sizes[1]}`);
      }
      const nBad = countNotFinite(found.values, unusable);
      if (nBad === 0) return found.values;
      const allowed = unusable === undefined ? 'expected none' : 'expected such values only for unusable_pixels';
      throw mistake(`${name} has ${nBad} values that are not finite numbers, ${allowed}`);
    };
    return read({ array, shapeOf: async (name) => (await get(name)).shape, has });
  };
  try {
    const format = await formatOf(path);
    return await (format === 'HDF5' ? inHdf5(path, places.hdf5, find) : inFits(path, places.fits, find));
  } catch (error) {
    throw ofCalibration(error, places.trait, path);
  }
}

/**
 * Gives an error of the content of a calibration file the name of its trait; others, such as those of the disk, are returned as they
 * are.
 */
export function ofCalibration(error: unknown, trait: string, path: string): unknown {
  const isContent =
    CherenkitError.is(error) && (error.exitCode === ExitCode.USAGE || error.exitCode === ExitCode.BAD_INPUT);
  if (!isContent) return error;
  const problem = error.message.replace(/\.$/, '');
  const message = `${trait}: ${path} is not the file that is expected there: ${problem}. Set ${trait} to the file of this camera.`;
  return new CherenkitError('CALIBRATION_FILE', ExitCode.BAD_INPUT, message, { cause: error });
}

async function formatOf(path: string): Promise<'FITS' | 'HDF5'> {
  await using file = await openFile(path);
  let start = '';
  for await (const part of decompressed(file)) {
    start += new TextDecoder('latin1').decode(part.subarray(0, SIGNATURE_BYTES));
    if (start.length >= SIGNATURE_BYTES) break;
  }
  if (start.startsWith('\x89HDF')) return 'HDF5';
  if (start.startsWith('SIMPLE')) return 'FITS';
  throw mistake(start === '' ? 'it is empty' : 'it is neither a FITS nor an HDF5 file');
}

async function inFits<T>(
  path: string,
  table: string | undefined,
  find: (calibration: OpenCalibration) => Promise<T>,
): Promise<T> {
  if (table === undefined) throw mistake('it is a FITS file, expected an HDF5 file');
  await using file = await FitsFile.open(path);
  const requireHdu = (kind: FitsHdu['kind'], name: string): void => {
    if (file.has(name) && file.hdu(name).kind === kind) return;
    const found = file.hdus.flatMap((hdu) => (hdu.name === '' ? [] : [`${hdu.name} (${hdu.kind})`]));
    throw mistake(`expected the ${kind} ${name}, found ${nameSome(found) || 'none'}`);
  };
  if (table === IMAGES) {
    const any = (name: string): Promise<CalibrationArray> => {
      requireHdu('image', name);
      return file.readImage(name);
    };
    return await find({ any, has: (name) => file.has(name) });
  }
  requireHdu('table', table);
  const row = await file.readTable(table, { start: 0, stop: 1 });
  return await find(rowOf(table, row));
}

async function inHdf5<T>(
  path: string,
  place: CalibrationPlaces['hdf5'],
  find: (calibration: OpenCalibration) => Promise<T>,
): Promise<T> {
  if (place === undefined) throw mistake('it is an HDF5 file, expected a FITS file');
  // Few runs read HDF5 files, which need the library.
  const { Hdf5File, readTable } = await import('@cherenkit/plugin-hdf5');
  await using file = await Hdf5File.open(path);
  const requirePath = async (name: string): Promise<void> => {
    if (await file.has(name)) return;
    throw mistake(`expected ${name}, found ${nameSome(await file.paths()) || 'nothing'}`);
  };
  if ('table' in place) {
    await requirePath(place.table);
    const row = await readTable(file, place.table, { start: 0, stop: 1 });
    return await find(rowOf(place.table, row));
  }
  const { group } = place;
  const paths = await file.paths();
  const any = async (name: string): Promise<CalibrationArray> => {
    const found = `${group}/${name}`;
    await requirePath(found);
    return asArray(await file.array(found));
  };
  return await find({ any, has: (name) => paths.includes(`${group}/${name}`) });
}

/** @throws CherenkitError CALIBRATION_FILE (65) for a table without rows */
function rowOf(name: string, row: CalibrationRow): OpenCalibration {
  if (row.nRows === 0) throw mistake(`the table ${name} has no rows, expected one`);
  return { any: (column) => Promise.resolve(columnOf(row, column)), has: (column) => row.has(column) };
}

function columnOf(row: CalibrationRow, name: string): CalibrationArray {
  if (!row.has(name)) throw mistake(`expected the column ${name}, found ${nameSome(row.columns.keys())}`);
  return asArray(row.column(name));
}

function asArray({ values, shape = [] }: { values: unknown; shape?: readonly number[] | undefined }): CalibrationArray {
  return { values: values as ArrayLike<number>, shape };
}

/** Number of values that are not finite in single precision, without those of unusable pixels. */
function countNotFinite(values: ArrayLike<number>, unusable: ArrayLike<number> | undefined): number {
  const isFloat = values instanceof Float32Array || values instanceof Float64Array;
  // Other arrays have integers.
  if (!isFloat) return 0;
  const size = unusable === undefined ? 1 : values.length / unusable.length;
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(Math.fround(values[i])) || unusable?.[Math.floor(i / size)]) continue;
    count++;
  }
  return count;
}

/** What is wrong with the file; {@link ofCalibration} adds its name. */
export function mistake(problem: string): CherenkitError {
  return new CherenkitError('CALIBRATION_FILE', ExitCode.BAD_INPUT, problem);
}
