import { stat } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import {
  compose,
  EventSource,
  LOGGER,
  objectLayer,
  provide,
  type ArrayEvent,
  type ConfigLayer,
  type Logger,
  type PluginRegistry,
} from '@cherenkit/core';
import { createSink } from '@cherenkit/io';
import { SimTelEventWriter } from '@cherenkit/plugin-simtel';
import { openInput } from './open-input.js';
import { discoverPlugins } from './plugins/discover-plugins.js';
import type { ProcessProgress } from './process-summary.js';

/** Milliseconds between two turns of the event loop: without them no signal would arrive. */
const PAUSE_INTERVAL = 100;

export interface SimulateOptions {
  /** The events: `toymodel:?events=20`, or whatever else has raw data. */
  readonly url: string;
  readonly outputPath: string;
  readonly overwrite?: boolean;
  /** Configuration of the event source. */
  readonly layers?: readonly ConfigLayer[];
  /** By default those that are found from the working directory and the files of `layers`. */
  readonly plugins?: PluginRegistry;
  readonly logger?: Logger;
  /** Called after each event. */
  readonly onProgress?: (progress: ProcessProgress) => void;
  /** Ends the run, without output. */
  readonly signal?: AbortSignal;
}

/** What came of a simulation. */
export interface SimulateSummary {
  readonly outputPath: string;
  readonly outputBytes: number;
  readonly events: number;
  readonly telescopeEvents: number;
  readonly seconds: number;
}

/**
 * Writes the events of a source to a sim_telarray file, as `cherenkit simulate` does. One event at a time is in memory.
 *
 * @throws ConfigurationError, CherenkitError; there is no output then
 */
export async function simulateFile(options: SimulateOptions): Promise<SimulateSummary> {
  const { url, outputPath, overwrite = false, layers = [], logger, onProgress, signal } = options;
  const started = performance.now();
  const plugins = options.plugins ?? discoverPlugins({ layers });
  const { sourceName, bytes } = await openInput(url, plugins);
  const input = objectLayer({ [sourceName]: { inputUrl: url } }, 'options');
  const services = logger ? [provide(LOGGER, logger)] : [];
  await using composition = await compose({ plugins, layers: [...layers, input], components: [], services });
  await using source = await composition.createSource(EventSource, sourceName);
  await source.open(bytes);
  await composition.setSubarray(source.subarray);
  source.reusesWaveforms = true; // an event is written before the next one is made
  const sink = createSink(outputPath, { overwrite });
  const commandLine = `cherenkit simulate -i ${url}`;
  await using writer = await SimTelEventWriter.open(source, sink, { name: outputPath, commandLine });

  let [events, telescopeEvents] = [0, 0];
  let lastPause = started;
  for await (const event of source) {
    signal?.throwIfAborted();
    await writer.write(event);
    events += 1;
    telescopeEvents += telescopesIn(event);
    onProgress?.({ bytesRead: undefined, bytesTotal: undefined, events, maxEvents: undefined });
    if (performance.now() - lastPause < PAUSE_INTERVAL) continue;
    await setImmediate();
    lastPause = performance.now();
  }
  signal?.throwIfAborted();
  await writer.finish();
  const { size: outputBytes } = await stat(outputPath);
  const seconds = (performance.now() - started) / 1000;
  return { outputPath, outputBytes, events, telescopeEvents, seconds };
}

function telescopesIn({ r0, r1 }: ArrayEvent): number {
  return Math.max(r0.tel.size, r1.tel.size);
}
