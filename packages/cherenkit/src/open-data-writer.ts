import { compose, DataWriter, objectLayer, type EventSource } from '@cherenkit/core';
import { configurationLayers, type Configuration } from './configuration-layers.js';
import { discoverPlugins } from './plugins/discover-plugins.js';

/** Options of `DataWriter.open`: the source whose events are written, a configuration, and traits over it. */
export interface DataWriterOptions {
  readonly source: EventSource;
  readonly config?: Configuration | undefined;
  readonly overwrite?: boolean;
  readonly writeDl1Images?: boolean;
  readonly writeDl1Parameters?: boolean;
  readonly writeDl2?: boolean;
  readonly [trait: string]: unknown;
}

/**
 * Opens a file for events. It has its name when `finish` was called, and is gone when the writer is disposed of without.
 *
 * @throws ConfigurationError; CherenkitError OUTPUT_EXISTS, OUTPUT_FOLDER_MISSING
 */
export async function openDataWriter(
  outputPath: string,
  { source, config, ...traits }: DataWriterOptions,
): Promise<DataWriter> {
  const options = { ...objectLayer({ DataWriter: { outputPath, ...traits } }, 'options'), overrides: true };
  const layers = [...(await configurationLayers(config)), options];
  const composition = await compose({
    plugins: discoverPlugins({ layers }),
    layers,
    components: ['HDF5DataWriter'],
  });
  await composition.setSubarray(source.subarray);
  const writer = composition.create(DataWriter, 'HDF5DataWriter');
  await writer.open(source);
  return writer;
}
