import { stat } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import {
  EVENT_FAILURES,
  LOGGER,
  PROVENANCE,
  Tool,
  provide,
  type ComponentFailure,
  type EventSource,
  type Json,
  type Logger,
  type PluginRegistry,
  type Provenance,
  type Run,
  type RunOutcome,
  type ToolOptions,
} from '@cherenkit/core';
import type { WrittenFile } from './describe-outcome.js';
import { prepareRun, type RunRequest } from './run-request.js';

/**
 * Milliseconds between two turns of the event loop. In them the threads that read, decompress and compress are given
 * more work, and signals arrive; while events come from memory there are no others.
 */
const PAUSE_INTERVAL = 5;

/** How far a run has come. */
export interface RunProgress {
  /** Bytes of the input, as stored, that have been read; undefined for a source without bytes. */
  readonly bytesRead: number | undefined;
  /** Bytes of the input in all; undefined where that is unknown. */
  readonly bytesTotal: number | undefined;
  /** Array events processed. */
  readonly events: number;
  /** After how many events the run ends if the input has as many; undefined for all. */
  readonly maxEvents: number | undefined;
}

/** What the caller of a run gives it and wants to know meanwhile. */
export interface RunHooks {
  readonly logger?: Logger | undefined;
  readonly provenance?: Provenance | undefined;
  /** Called before the first event with the values of all traits, as a configuration file would have them. */
  readonly onConfiguration?: (configuration: Json) => void;
  /** Called after each event. */
  readonly onProgress?: (progress: RunProgress) => void;
  /** Ends the run, without output. */
  readonly signal?: AbortSignal;
  /** The plugins, where they have been found already. */
  readonly registry?: PluginRegistry;
}

/** What came of a tool. */
export interface ToolResult {
  /** Undefined for a tool that processes no events. */
  readonly outcome: RunOutcome | undefined;
  readonly failures: readonly ComponentFailure[];
  readonly files: readonly WrittenFile[];
  readonly seconds: number;
}

/**
 * Runs a tool with its configuration, as the command of that name does: `runTool({ tool: 'ProcessorTool', layers })`.
 *
 * @throws ConfigurationError, CherenkitError, what the tool throws; there is no output then
 */
export async function runTool(
  request: RunRequest & { readonly tool: string },
  hooks: RunHooks = {},
): Promise<ToolResult> {
  const started = performance.now();
  const { logger, provenance, onConfiguration } = hooks;
  const services = [
    ...(logger ? [provide(LOGGER, logger)] : []),
    ...(provenance ? [provide(PROVENANCE, provenance)] : []),
  ];
  await using run = await prepareRun(request, services, hooks.registry);
  const source = await open(run, request.tool);
  onConfiguration?.(run.configuration);
  const tool = run.create(Tool, request.tool);
  const outcome = await tool.run(source, source ? eventOptions(run, source, hooks) : { signal: hooks.signal });
  const outputs = run
    .service(PROVENANCE)
    .outputs.map(async ({ url }) => ({ path: url, bytes: (await stat(url)).size }));
  return {
    outcome: outcome ?? undefined,
    failures: run.service(EVENT_FAILURES).all,
    files: await Promise.all(outputs),
    seconds: (performance.now() - started) / 1000,
  };
}

/** Opens the input of a tool that reads events. */
async function open(run: Run, tool: string): Promise<EventSource | undefined> {
  const { catalog } = run.plugins;
  if (catalog.children(catalog.idOf(tool) ?? tool).includes('EventSource')) return run.open();
  await run.openWithoutArray();
  return undefined;
}

function eventOptions(run: Run, source: EventSource, { onProgress, signal }: RunHooks): ToolOptions {
  const { maxEvents } = source.traits;
  let events = 0;
  let lastPause = performance.now();
  return {
    signal,
    events: run.events(),
    onEvent: async () => {
      events += 1;
      onProgress?.({ bytesRead: run.input?.position, bytesTotal: run.input?.size, events, maxEvents });
      if (performance.now() - lastPause < PAUSE_INTERVAL) return;
      await setImmediate();
      lastPause = performance.now();
    },
  };
}
