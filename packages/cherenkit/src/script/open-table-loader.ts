import { disposeTogether } from '@cherenkit/core/internal';
import { objectLayer } from '@cherenkit/core';
import type { TableLoader } from '@cherenkit/plugin-hdf5';
import type { TableLoaderOptionTraits } from '../configuration/built-in-sections.js';
import { configurationLayers, type Configuration } from '../configuration/configuration-layers.js';
import { prepareRun } from '../run/run-request.js';

/** Options of `TableLoader.open`: traits of the loader, and a configuration, over which they take precedence. */
export interface TableLoaderOptions extends Omit<TableLoaderOptionTraits, 'inputUrl'> {
  readonly config?: Configuration | undefined;
}

/**
 * Opens an HDF5 file of DL1 or DL2 data to load tables of its events. Dispose the loader to close the file.
 *
 * @example
 * ```ts
 * await using loader = await TableLoader.open('events.dl2.h5', { dl1Images: true });
 * const events = await loader.readSubarrayEvents();
 * ```
 *
 * @throws ConfigurationError; CherenkitError INPUT_MISSING (66), HDF5_CORRUPT or HDF5_UNSUPPORTED (65),
 *   EFFECTIVE_FOCAL_LENGTH_UNKNOWN (2)
 */
export async function openTableLoader(
  inputUrl: string,
  { config, ...traits }: TableLoaderOptions = {},
): Promise<TableLoader> {
  const options = { ...objectLayer({ TableLoader: { inputUrl, ...traits } }, 'options'), overrides: true };
  const layers = [...(await configurationLayers(config)), options];
  const run = await prepareRun({ layers, components: ['TableLoader'] });
  try {
    await run.openWithoutArray();
    const { TableLoader: Loader } = await import('@cherenkit/plugin-hdf5');
    const loader = run.create(Loader, 'TableLoader');
    await loader.open();
    return disposeTogether(loader, run);
  } catch (error) {
    await run[Symbol.asyncDispose]();
    throw error;
  }
}
