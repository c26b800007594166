import { CherenkitError, ExitCode, nameSome } from '@cherenkit/core';
import { decompressed, openFile } from '@cherenkit/io';
import { FitsFile, type FitsHdu } from '@cherenkit/plugin-fits';
import type { Table } from '@cherenkit/tables';

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

/** Reads arrays of a file by name; each has to have the shape. */
export type ReadCalibrationArray = (name: string, shape: readonly number[]) => Promise<ArrayLike<number>>;

/**
 * Opens a calibration file, in FITS or HDF5 format, and reads arrays.
 *
 * @param read - gets a function for reading arrays, and one for their shapes
 * @throws CherenkitError CALIBRATION_FILE (65) for files of another format, without the arrays, or with arrays of another shape;
 *   INPUT_MISSING (66), INPUT_READ_FAILED (74)
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
      throw mistake(`${name} has the shape ${sizes[0]}, expected ${sizes[1]}`);
    };
    return read(array, async (name) => (await get(name)).shape);
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
  find: (any: (name: string) => Promise<CalibrationArray>) => Promise<T>,
): Promise<T> {
  if (table === undefined) throw mistake('it is a FITS file, expected an HDF5 file');
  await using file = await FitsFile.open(path);
  const requireHdu = (kind: FitsHdu['kind'], name: string): void => {
    if (file.has(name) && file.hdu(name).kind === kind) return;
    const found = file.hdus.flatMap((hdu) => (hdu.name === '' ? [] : [`${hdu.name} (${hdu.kind})`]));
    throw mistake(`expected the ${kind} ${name}, found ${nameSome(found) || 'none'}`);
  };
  if (table === IMAGES) {
    return await find((name) => {
      requireHdu('image', name);
      return file.readImage(name);
    });
  }
  requireHdu('table', table);
  const row = await file.readTable(table, { start: 0, stop: 1 });
  return await find((name) => Promise.resolve(columnOf(row, name)));
}

async function inHdf5<T>(
  path: string,
  place: CalibrationPlaces['hdf5'],
  find: (any: (name: string) => Promise<CalibrationArray>) => Promise<T>,
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
    return await find((name) => Promise.resolve(columnOf(row, name)));
  }
  const { group } = place;
  return await find(async (name) => {
    const found = `${group}/${name}`;
    await requirePath(found);
    return asArray(await file.array(found));
  });
}

function columnOf(row: Table, name: string): CalibrationArray {
  if (!row.has(name)) throw mistake(`expected the column ${name}, found ${nameSome(row.columns.keys())}`);
  return asArray(row.column(name));
}

function asArray({ values, shape = [] }: { values: unknown; shape?: readonly number[] | undefined }): CalibrationArray {
  return { values: values as ArrayLike<number>, shape };
}

/** What is wrong with the file; {@link ofCalibration} adds its name. */
function mistake(problem: string): CherenkitError {
  return new CherenkitError('CALIBRATION_FILE', ExitCode.BAD_INPUT, problem);
}
