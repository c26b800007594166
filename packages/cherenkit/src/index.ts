/**
 * Cherenkit reconstructs events of Imaging Atmospheric Cherenkov Telescopes.
 *
 * ```ts
 * await using source = await EventSource.open('gamma.simtel.zst', { maxEvents: 5 });
 * await using steps = await createPipeline({ subarray: source.subarray });
 * for await (const event of source) {
 *   processEvent(event, steps);
 *   console.log(event.dl2.stereo.geometry.get('HillasReconstructor'));
 * }
 * ```
 */
import type * as core from '@cherenkit/core';
import type * as hdf5 from '@cherenkit/plugin-hdf5';
import { openDataWriter } from './script/open-data-writer.js';
import { openEventSource } from './script/open-event-source.js';

export * from '@cherenkit/core';
export { degrees, radians } from '@cherenkit/kernels';
export { configurationLayers, type Configuration } from './configuration/configuration-layers.js';
export { describeOutcome, type WrittenFile } from './run/describe-outcome.js';
export { describeProgress, ProgressBar, type Terminal } from './run/progress-bar.js';
export { prepareRun, type RunRequest } from './run/run-request.js';
export { runTool, type RunHooks, type RunProgress, type ToolResult } from './run/run-tool.js';
export { createPipeline, type CreatedPipeline } from './script/create-pipeline.js';
export type { DataWriterOptions } from './script/open-data-writer.js';
export type { EventSourceOptions, OpenOptions } from './script/open-event-source.js';

/** Reads events: `EventSource.open` finds the one that reads an input. */
export const EventSource = { open: openEventSource } as const;
export type EventSource = core.EventSource;

/**
 * Reads a table of an HDF5 file: `await readTable('events.dl2.h5', '/simulation/event/subarray/shower')`. See `readTable` of
 * `@cherenkit/plugin-hdf5`, which is loaded when this is called.
 */
export const readTable: typeof hdf5.readTable = async (file, path, options) => {
  const { readTable: read } = await import('@cherenkit/plugin-hdf5');
  return read(file, path, options);
};

/** Writes events: `DataWriter.open` returns one that writes HDF5. */
export const DataWriter = { open: openDataWriter } as const;
export type DataWriter = core.DataWriter;
