import { CherenkitError, dataModel, ExitCode, type SubarrayDescription } from '@cherenkit/core';
import type { Table } from '@cherenkit/tables';
import { Hdf5File } from '../engine/index.js';
import { describeEventFile, type PlacedSpec } from '../source/event-files.js';
import { readPointingTable } from '../source/measured-pointings.js';
import { attributeText } from '../merge/stored-attributes.js';
import { fileDefect } from '../tables/file-defect.js';
import { readTable } from '../tables/read-table.js';

/** Name of the attribute with the category of the data, `Sim` for simulations. */
const CATEGORY = 'CTA PRODUCT DATA CATEGORY';

/** A table of monitoring data of a telescope. */
export interface MonitoringTable {
  readonly kind: 'coefficients' | 'pointing' | 'statistics';
  /** Quantity of the statistics, such as `sky_pedestal_image`. */
  readonly quantity?: string | undefined;
  readonly telId: number;
  readonly table: Table;
}

/** Monitoring data of a file. */
export interface MonitoringFile {
  readonly isSimulation: boolean;
  /** Those of the telescopes of the array. */
  readonly tables: readonly MonitoringTable[];
  /** Telescopes of the tables that are not in the array. */
  readonly otherTelescopes: ReadonlySet<number>;
}

/**
 * Reads the monitoring data of the telescopes of an array from a file.
 *
 * @throws CherenkitError MONITORING_UNSUITABLE (2) if the file has other cameras; HDF5_CORRUPT, HDF5_UNSUPPORTED (65);
 *   INPUT_MISSING (66)
 */
export async function readMonitoringFile(path: string, array: SubarrayDescription): Promise<MonitoringFile> {
  await using file = await Hdf5File.open(path);
  try {
    const description = await describeEventFile(file);
    const category = attributeText(await file.attributes('/', new RegExp(`^${CATEGORY}$`)), CATEGORY);
    const tables: MonitoringTable[] = [];
    const otherTelescopes = new Set<number>();
    for (const placed of description.tables) {
      const read = READERS.get(placed.spec);
      if (!read) continue;
      const telId = Number(placed.placeholders['telescope']);
      if (array.telIds.includes(telId)) tables.push({ telId, ...(await read(file, placed, array)) });
      else otherTelescopes.add(telId);
    }
    return { isSimulation: description.isSimulation || category === 'Sim', tables, otherTelescopes };
  } catch (error) {
    throw fileDefect(path, error);
  }
}

type Reader = (
  file: Hdf5File,
  placed: PlacedSpec,
  array: SubarrayDescription,
) => Promise<Omit<MonitoringTable, 'telId'>>;

const READERS: ReadonlyMap<object, Reader> = new Map<object, Reader>([
  [dataModel.POINTING, async (file, { path }) => ({ kind: 'pointing', table: await readPointingTable(file, path) })],
  [
    dataModel.COEFFICIENTS,
    async (file, placed, array) => ({
      kind: 'coefficients',
      table: await readCells(file, placed, array, COEFFICIENTS),
    }),
  ],
  [
    dataModel.PIXEL_STATISTICS,
    async (file, placed, array) => ({
      kind: 'statistics',
      quantity: String(placed.placeholders['quantity']),
      table: await readCells(file, placed, array, STATISTICS),
    }),
  ],
]);

/** Columns of a table that are read. */
interface CellColumns {
  /** Columns that the table must have. */
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** Columns among them that have a value for each channel and pixel. */
  readonly ofPixels: readonly string[];
}

const COEFFICIENTS: CellColumns = {
  required: ['time', 'pedestal_offset', 'factor'],
  optional: ['time_shift', 'outlier_mask', 'is_valid'],
  ofPixels: ['pedestal_offset', 'factor', 'time_shift', 'outlier_mask'],
};
const STATISTICS: CellColumns = {
  required: ['time_start', 'time_end', 'mean', 'median', 'std'],
  optional: ['outlier_mask'],
  ofPixels: ['mean', 'median', 'std', 'outlier_mask'],
};

/**
 * Reads a table with a value for each channel and pixel of a camera. Statistics may be those of images with one gain channel per
 * pixel.
 */
async function readCells(
  file: Hdf5File,
  { path, spec, placeholders }: PlacedSpec,
  array: SubarrayDescription,
  { required, optional, ofPixels }: CellColumns,
): Promise<Table> {
  const stored = await file.table(path);
  const columns = [...required, ...optional.filter((name) => stored.columns.some((column) => column.name === name))];
  const telId = Number(placeholders['telescope']);
  const { nChannels, nPixels } = array.telescope(telId).camera.readout;
  const allowed = [nChannels * nPixels, ...(spec === dataModel.PIXEL_STATISTICS ? [nPixels] : [])];
  for (const { name, shape = [] } of stored.columns.filter((column) => ofPixels.includes(column.name))) {
    if (allowed.includes(shape.reduce((product, length) => product * length, 1))) continue;
    throw new CherenkitError(
      'MONITORING_UNSUITABLE',
      ExitCode.USAGE,
      `${file.name}: column ${name} of ${path} has the shape (${shape.join(', ')}), but the camera of telescope ${telId} has the shape ` +
        `(${nChannels}, ${nPixels}), channels and pixels. Use monitoring data of the same cameras.`,
    );
  }
  return readTable(file, path, { columns });
}
