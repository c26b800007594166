import { CherenkitError, ExitCode, rowsLayer, type ConfigLayer } from '@cherenkit/core';

/** Table of an output file with the configuration of the run that wrote it. */
const TABLE = '/cherenkit/configuration';

/**
 * Reads the configuration of the run that wrote an output file, as a layer.
 *
 * @throws CherenkitError CONFIG_NOT_STORED; HDF5_CORRUPT, HDF5_UNSUPPORTED
 */
export async function storedConfigurationLayer(path: string): Promise<ConfigLayer> {
  const [{ Hdf5Reader }, { openFile }] = await Promise.all([
    import('@cherenkit/plugin-hdf5/internal'),
    import('@cherenkit/io'),
  ]);
  await using file = await openFile(path);
  const reader = await Hdf5Reader.open(file);
  if (!(await reader.has(TABLE))) {
    const message = `${path} contains no configuration: table ${TABLE} is missing. Expected an output of cherenkit process.`;
    throw new CherenkitError('CONFIG_NOT_STORED', ExitCode.USAGE, message);
  }
  const { trait, value } = await (await reader.table(TABLE)).read(['trait', 'value']);
  const rows = [...trait].map((key, row): [string, string] => [String(key), String(value[row])]);
  return rowsLayer(rows, path);
}
