import { disposeTogether } from '@cherenkit/core/internal';
import { DataWriter, objectLayer, type EventSource } from '@cherenkit/core';
import { configurationLayers, type Configuration } from '../configuration/configuration-layers.js';
import { prepareRun } from '../run/run-request.js';

/** Options of `DataWriter.open`: the event source, a configuration, and traits, which take precedence over it. */
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
 * Opens an HDF5 file for writing events. `finish` completes the file atomically; a writer disposed without `finish` leaves no
 * file.
 *
 * @example
 * ```ts
 * await using writer = await DataWriter.open('events.dl2.h5', { source, overwrite: true, writeDl2: true });
 * const tally = new OutcomeTally();
 * for await (const event of source) {
 *   const isKept = processEvent(event, pipeline);
 *   await (isKept ? writer.write(event) : writer.writeRejected(event));
 *   tally.add(event, isKept);
 * }
 * await writer.finish(tally.outcome(source, pipeline));
 * ```
 *
 * @throws ConfigurationError; CherenkitError OUTPUT_EXISTS, OUTPUT_DIRECTORY_MISSING
 */
export async function openDataWriter(
  outputPath: string,
  { source, config, ...traits }: DataWriterOptions,
): Promise<DataWriter> {
  const options = { ...objectLayer({ DataWriter: { outputPath, ...traits } }, 'options'), overrides: true };
  const layers = [...(await configurationLayers(config)), options];
  const run = await prepareRun({ layers, components: ['HDF5DataWriter'] });
  try {
    await run.openFor(source.subarray);
    const writer = run.create(DataWriter, 'HDF5DataWriter');
    await writer.open(source.run);
    return disposeTogether(writer, run);
  } catch (error) {
    await run[Symbol.asyncDispose]();
    throw error;
  }
}
