/**
 * Cherenkit reconstructs events of Imaging Atmospheric Cherenkov Telescopes.
 *
 * ```ts
 * await using source = await EventSource.open('gamma.simtel.zst', { maxEvents: 5 });
 * await using pipeline = await createPipeline({ run: source.run });
 * for await (const event of source) {
 *   processEvent(event, pipeline);
 *   console.log(event.dl2.stereo.geometry.get('HillasReconstructor'));
 * }
 * ```
 */
import type * as core from '@cherenkit/core';
import type * as hdf5 from '@cherenkit/plugin-hdf5';
import { openDataWriter } from './script/open-data-writer.js';
import { openEventSource } from './script/open-event-source.js';
import { openTableLoader } from './script/open-table-loader.js';

export * from '@cherenkit/core';
export { cameraToShowerCoordinates, degrees, radians, RandomStream } from '@cherenkit/kernels';
// With a star, so that plugins can add sections to the interface.
export * from './configuration/configuration-sections.js';
export { configurationLayers, type Configuration } from './configuration/configuration-layers.js';
export { describeOutcome, type WrittenFile } from './run/describe-outcome.js';
export type { UsedFile } from './run/distinct-files.js';
export { describeProgress, ProgressBar, type Terminal } from './run/progress-bar.js';
export { prepareRun, type RunRequest } from './run/run-request.js';
export type { ThreadOptions } from './run/event-workers.js';
export { runTool, type RunHooks, type RunProgress, type ToolResult } from './run/run-tool.js';
export { createPipeline, type CreatedPipeline, type PipelineOptions } from './script/create-pipeline.js';
export type { CountingDataWriter, DataWriterOptions } from './script/open-data-writer.js';
export type { EventSourceOptions, OpenOptions } from './script/open-event-source.js';
export type { TableLoaderOptions } from './script/open-table-loader.js';

/** Entry point for reading events: `await EventSource.open('gamma.simtel.zst')`. */
export const EventSource = { open: openEventSource } as const;
export type EventSource = core.EventSource;

/**
 * Reads a table of an HDF5 file. Loads `@cherenkit/plugin-hdf5` on demand; see its `readTable`.
 *
 * @example
 * ```ts
 * const showers = await readTable('events.dl2.h5', '/simulation/event/subarray/shower');
 * ```
 */
export const readTable: typeof hdf5.readTable = async (file, path, options) => {
  const { readTable: read } = await import('@cherenkit/plugin-hdf5');
  return read(file, path, options);
};

/** Entry point for writing events to HDF5: `await DataWriter.open('events.dl2.h5', { source })`. */
export const DataWriter = { open: openDataWriter } as const;
export type DataWriter = core.DataWriter;

/** Entry point for loading tables of events: `await TableLoader.open('events.dl2.h5')`. */
export const TableLoader = { open: openTableLoader } as const;
export type TableLoader = hdf5.TableLoader;
