import { CherenkitError, ExitCode } from '@cherenkit/core';
import { FitsFile } from '@cherenkit/plugin-fits';

/** Array of a calibration file, in C order. */
interface CalibrationArray {
  readonly values: ArrayLike<number>;
  readonly shape: readonly number[];
}

/** Where the arrays of a calibration are, in files of each format; undefined for a format in which there are none. */
export interface CalibrationPlaces {
  /** Name of the table whose first row has the arrays; `images` if each is an image of its own. */
  readonly fits?: string | undefined;
  /** Path of the table whose first row has the arrays, or of the group in which they are. */
  readonly hdf5?: { readonly table: string } | { readonly group: string } | undefined;
}

/** Images in FITS files, see {@link CalibrationPlaces}. */
export const IMAGES = 'images';

/** Reads arrays of a file by name; each has to have the shape. */
export type ReadCalibrationArray = (name: string, shape: readonly number[]) => Promise<ArrayLike<number>>;

/**
 * Opens a calibration file, in FITS or HDF5 format, and reads arrays.
 *
 * @param path - HDF5 files end with `.h5` or `.hdf5`
 * @param read - gets a function for reading arrays, and one for their shapes
 * @throws CherenkitError CALIBRATION_FILE (65) for arrays of another shape and files of the wrong format; those of the file
 */
export async function readCalibration<T>(
  path: string,
  places: CalibrationPlaces,
  read: (array: ReadCalibrationArray, shapeOf: (name: string) => Promise<readonly number[]>) => Promise<T>,
): Promise<T> {
  const find = async (any: (name: string) => Promise<CalibrationArray>): Promise<T> => {
    const known = new Map<string, CalibrationArray>();
    const get = async (name: string): Promise<CalibrationArray> => {
      const found = known.get(name) ?? (await any(name));
      known.set(name, found);
      return found;
    };
    const array: ReadCalibrationArray = async (name, shape) => {
      const found = await get(name);
      if (found.shape.join() === shape.join()) return found.values;
      const sizes = [found.shape, shape].map((each) => `(${each.join(', ')})`);
      throw mistake(path, `${name} has the shape ${sizes[0]}, expected ${sizes[1]}`);
    };
    return read(array, async (name) => (await get(name)).shape);
  };
  return /\.(?:h5|hdf5)$/i.test(path) ? inHdf5(path, places.hdf5, find) : inFits(path, places.fits, find);
}

async function inFits<T>(
  path: string,
  table: string | undefined,
  find: (any: (name: string) => Promise<CalibrationArray>) => Promise<T>,
): Promise<T> {
  if (table === undefined) throw mistake(path, 'it is a FITS file, expected an HDF5 file');
  await using file = await FitsFile.open(path);
  if (table === IMAGES) return await find((name) => file.readImage(name));
  const row = await file.readTable(table, { start: 0, stop: 1 });
  return await find((name) => Promise.resolve(asArray(row.column(name))));
}

async function inHdf5<T>(
  path: string,
  place: CalibrationPlaces['hdf5'],
  find: (any: (name: string) => Promise<CalibrationArray>) => Promise<T>,
): Promise<T> {
  if (place === undefined) throw mistake(path, 'it is an HDF5 file, expected a FITS file');
  // Few runs read HDF5 files, which need the library.
  const { Hdf5File, readTable } = await import('@cherenkit/plugin-hdf5');
  await using file = await Hdf5File.open(path);
  if ('table' in place) {
    const row = await readTable(file, place.table, { start: 0, stop: 1 });
    return await find((name) => Promise.resolve(asArray(row.column(name))));
  }
  return await find(async (name) => asArray(await file.array(`${place.group}/${name}`)));
}

function asArray({ values, shape = [] }: { values: unknown; shape?: readonly number[] | undefined }): CalibrationArray {
  return { values: values as ArrayLike<number>, shape };
}

function mistake(path: string, problem: string): CherenkitError {
  return new CherenkitError(
    'CALIBRATION_FILE',
    ExitCode.BAD_INPUT,
    `${path} is no calibration of this camera: ${problem}.`,
  );
}
