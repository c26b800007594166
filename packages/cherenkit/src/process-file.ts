import { stat } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import {
  EVENT_FAILURES,
  EventFailures,
  compose,
  EVENT_SOURCE_OPENER,
  EventSource,
  LOGGER,
  ProcessorTool,
  PROVENANCE,
  provide,
  type ArrayEvent,
  type ConfigLayer,
  type Json,
  type Logger,
  type PluginRegistry,
  type Provenance,
} from '@cherenkit/core';
import { eventSourceOpener } from './open-event-source.js';
import { inputUrl, openInput } from './open-input.js';
import { discoverPlugins } from './plugins/discover-plugins.js';
import type { ProcessProgress, ProcessSummary } from './process-summary.js';

/**
 * Milliseconds between two turns of the event loop. In them the threads that read, decompress and compress are given
 * more to do, and signals arrive; while events come from memory there are no others.
 */
const PAUSE_INTERVAL = 5;

export interface ProcessOptions {
  /** In order, the later one wins; they name the input and the output, too. */
  readonly layers: readonly ConfigLayer[];
  /** By default those that are found from the working directory and the files of `layers`. */
  readonly plugins?: PluginRegistry;
  readonly logger?: Logger;
  readonly provenance?: Provenance;
  /** A component that fails for an event ends the run, instead of costing the event its result. */
  readonly failFast?: boolean | undefined;
  /** Patterns that match no telescope are errors. */
  readonly strictPatterns?: boolean;
  /** Called before the first event with the values of all traits, as a configuration file would have them. */
  readonly onConfiguration?: (configuration: Json) => void;
  /** Called after each event. */
  readonly onProgress?: (progress: ProcessProgress) => void;
  /** Ends the run, without output. */
  readonly signal?: AbortSignal;
}

/**
 * Runs the main program over one input, as `cherenkit process` does.
 *
 * @throws ConfigurationError, CherenkitError; there is no output then
 */
export async function processFile(options: ProcessOptions): Promise<ProcessSummary> {
  const {
    layers,
    logger,
    provenance,
    strictPatterns = false,
    failFast = false,
    onConfiguration,
    onProgress,
    signal,
  } = options;
  const started = performance.now();
  const plugins = options.plugins ?? discoverPlugins({ layers });
  const failures = new EventFailures(failFast, logger);
  const services = [
    provide(EVENT_FAILURES, failures),
    provide(EVENT_SOURCE_OPENER, eventSourceOpener(plugins)),
    ...(logger ? [provide(LOGGER, logger)] : []),
    ...(provenance ? [provide(PROVENANCE, provenance)] : []),
  ];
  await using composition = await compose({ plugins, layers, root: 'ProcessorTool', services, strictPatterns });
  const { sourceName, bytes } = await openInput(inputUrl(composition, plugins.catalog), plugins, composition);
  await using source = await composition.createSource(EventSource, sourceName);
  await source.open(bytes);
  await composition.setSubarray(source.subarray);
  onConfiguration?.(composition.configuration);
  const tool = composition.create(ProcessorTool, 'ProcessorTool');

  const counts = new EventCounts();
  let lastPause = started;
  await tool.run(source, {
    signal,
    onEvent: async (event, isWritten) => {
      counts.add(event, isWritten);
      onProgress?.({
        bytesRead: bytes?.position,
        bytesTotal: bytes?.size,
        events: counts.processed,
        maxEvents: source.traits.maxEvents,
      });
      if (performance.now() - lastPause < PAUSE_INTERVAL) return;
      await setImmediate();
      lastPause = performance.now();
    },
  });
  const { outputPath } = tool;
  return {
    outputPath,
    outputBytes: (await stat(outputPath)).size,
    events: counts.events,
    telescopeEvents: counts.telescopeEvents,
    reconstructed: Object.fromEntries(counts.reconstructed),
    dropped: Object.fromEntries([...counts.dropped].sort()),
    notReconstructed: Object.fromEntries(counts.notReconstructed),
    skipped: Object.fromEntries(source.skipped),
    failed: failures.all,
    truncated: source.truncated,
    seconds: (performance.now() - started) / 1000,
  };
}

class EventCounts {
  /** Written or dropped. */
  processed = 0;
  events = 0;
  telescopeEvents = 0;
  readonly reconstructed = new Map<string, number>();
  readonly notReconstructed = new Map<string, number>();
  readonly dropped = new Map<string, number>();

  add(event: ArrayEvent, isWritten: boolean): void {
    for (const { part, component, reason } of event.dropped) {
      increment(this.dropped, `${part}s, ${component}: ${reason}`);
    }
    this.processed += 1;
    if (!isWritten) return;
    this.events += 1;
    this.telescopeEvents += Math.max(event.dl1.tel.size, event.r1.tel.size);
    for (const [name, { isValid, reason = 'unknown' }] of event.dl2.stereo.geometry) {
      increment(this.reconstructed, name, Number(isValid));
      if (!isValid) increment(this.notReconstructed, `${name}: ${reason}`);
    }
  }
}

function increment(counts: Map<string, number>, key: string, by = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}
