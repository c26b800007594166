import { CherenkitError, ExitCode, rowsLayer, type ConfigLayer } from '@cherenkit/core';

/** Table of an output file with the configuration of the run that wrote it. */
const TABLE = '/cherenkit/configuration';

/**
 * Reads the configuration of the run that wrote an output file, as a layer.
 *
 * @throws CherenkitError CONFIG_NOT_STORED; HDF5_CORRUPT, HDF5_UNSUPPORTED, INPUT_MISSING
 */
export async function storedConfigurationLayer(path: string): Promise<ConfigLayer> {
  const { Hdf5File } = await import('@cherenkit/plugin-hdf5');
  await using file = await Hdf5File.open(path);
  if (!(await file.has(TABLE))) {
    const message = `${path} contains no configuration: table ${TABLE} is missing. Expected an output of cherenkit process.`;
    throw new CherenkitError('CONFIG_NOT_STORED', ExitCode.USAGE, message);
  }
  const { trait, value } = await (await file.table(TABLE)).read(['trait', 'value']);
  const rows = [...trait].map((key, row): [string, string] => [String(key), String(value[row])]);
  return rowsLayer(rows, path);
}
