/**
 * Cherenkit reconstructs events of Imaging Atmospheric Cherenkov Telescopes.
 *
 * ```ts
 * await using source = await EventSource.open('gamma.simtel.zst', { maxEvents: 5 });
 * const { calibrator, imageProcessor, showerProcessor } = await createPipeline({ subarray: source.subarray });
 * for await (const event of source) {
 *   calibrator.calibrate(event);
 *   imageProcessor.process(event);
 *   showerProcessor.process(event);
 * }
 * ```
 */
import type * as core from '@cherenkit/core';
import { openDataWriter } from './open-data-writer.js';
import { openEventSource } from './open-event-source.js';

export * from '@cherenkit/core';
export { degrees, radians } from '@cherenkit/kernels';
export type { Configuration } from './configuration-layers.js';
export { createPipeline, type CreatedPipeline } from './create-pipeline.js';
export type { DataWriterOptions } from './open-data-writer.js';
export type { EventSourceOptions } from './open-event-source.js';
export { processFile, type ProcessOptions } from './process-file.js';
export type { ProcessProgress, ProcessSummary } from './process-summary.js';
export { describeProgress, ProgressBar, type Terminal } from './progress-bar.js';

/** Reads events: `EventSource.open` finds the one that reads an input. */
export const EventSource = { open: openEventSource } as const;
export type EventSource = core.EventSource;

/** Writes events: `DataWriter.open` gives one that writes HDF5. */
export const DataWriter = { open: openDataWriter } as const;
export type DataWriter = core.DataWriter;
