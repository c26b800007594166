import { stat } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import {
  EVENT_FAILURES,
  LOGGER,
  OUTPUT_FILES,
  PROVENANCE,
  provide,
  type ComponentFailure,
  type DisplayedFile,
  type EventSource,
  type Json,
  type Logger,
  type PluginManifest,
  type PluginRegistry,
  type ProvidedService,
  type Provenance,
  type Run,
  type RunOutcome,
  type ToolOptions,
  type ToolProgress,
} from '@cherenkit/core';
import { walkPlan } from '@cherenkit/core/internal';
import type { WrittenFile } from './describe-outcome.js';
import {
  checkDistinctFiles,
  checkStandardInput,
  filesOfPlan,
  filesOfPreparation,
  type UsedFile,
} from './distinct-files.js';
import { EventWorkerPool, type ThreadOptions, type WorkerRequest } from './event-workers.js';
import { withShard } from './given-shard.js';
import { joinInputs } from './join-inputs.js';
import { PendingOutputs } from './pending-outputs.js';
import { prepareOutput, requireRanges, type OutputOptions } from './prepare-output.js';
import { prepareRun, type RunRequest } from './run-request.js';

/**
 * Time between pauses of the event loop, ms. Without pauses, signals would not arrive and the threads that read, decompress
 * and compress would get no new work while events come from memory.
 */
const PAUSE_INTERVAL = 5;

/** Progress of a run. */
export interface RunProgress {
  /** Bytes of the input read so far, before decompression; undefined for a source without bytes. */
  readonly bytesRead: number | undefined;
  /** Size of the input, bytes; undefined if unknown. */
  readonly bytesTotal: number | undefined;
  /** Number of array events processed. */
  readonly events: number;
  /** Number of events of the run, or a limit of it; undefined if unknown. */
  readonly maxEvents: number | undefined;
}

/** Services and callbacks of a run. */
export interface RunHooks extends OutputOptions {
  readonly logger?: Logger | undefined;
  readonly provenance?: Provenance | undefined;
  /** Further services for components. */
  readonly services?: readonly ProvidedService[];
  /** Called before the first event with the values of all traits, structured like a configuration file. */
  readonly onConfiguration?: (configuration: Json) => void;
  /** Called after each event, or after each part of the work of a tool that processes no events. */
  readonly onProgress?: (progress: RunProgress | ToolProgress) => void;
  /** Further files that the run writes or reads, to check that they differ from its input and output. */
  readonly written?: readonly UsedFile[];
  readonly read?: readonly UsedFile[];
  /** Called when the output is complete, before it is visible: if it fails, there is no output. */
  readonly onComplete?: (result: ToolResult) => void | Promise<void>;
  /** Aborts the run, without output. */
  readonly signal?: AbortSignal;
  /** Plugins, if they were already discovered. */
  readonly registry?: PluginRegistry;
  /** Threads that process events, for tools that can use several. Default: only this thread processes events. */
  readonly threads?: ThreadOptions;
}

/** Result of a tool. */
export interface ToolResult {
  /** Statistics of the run; undefined for a tool that processes no events. */
  readonly outcome: RunOutcome | undefined;
  /** What the output of another tool contains; undefined if the tool does not say. */
  readonly content?: string | undefined;
  /** Failures of components. */
  readonly failures: readonly ComponentFailure[];
  readonly files: readonly WrittenFile[];
  /** The output, if it was that of the same run already, so that nothing was done. */
  readonly upToDate?: string | undefined;
  /** Largest number of threads that process events. */
  readonly threads: number;
  /** Duration of the run. */
  readonly seconds: number;
}

/**
 * Runs a tool, like its command.
 *
 * @example
 * ```ts
 * const EventSource = { input_url: 'toymodel:?events=5' };
 * const DataWriter = { output_path: 'toy.dl2.h5', overwrite: true, write_dl2: true };
 * const layers = await configurationLayers({ EventSource, DataWriter });
 * const { outcome, files, seconds } = await runTool({ tool: 'ProcessorTool', layers });
 * if (outcome) console.log(describeOutcome(outcome, files, seconds));
 * ```
 *
 * @param request - tool, configuration and plugins
 * @throws ConfigurationError, CherenkitError or an error of the tool; no output is written then
 */
export async function runTool(
  request: RunRequest & { readonly tool: string },
  hooks: RunHooks = {},
): Promise<ToolResult> {
  await using pending = new PendingOutputs();
  const { shard } = hooks;
  const isJoined = shard && shard.inputs.length > 1;
  const ending = isJoined
    ? joinInputs(request, { ...hooks, shard }, pending, resultOf)
    : resultOf(request, hooks, pending);
  const result = await ending.catch((error: unknown) => {
    throw shard ? withShard(error, shard) : error;
  });
  await hooks.onComplete?.(result);
  await pending.publish();
  return result;
}

/** Runs a tool up to the disposal of its components: if that fails, there is no output either. */
async function resultOf(
  request: RunRequest & { readonly tool: string },
  hooks: RunHooks,
  pending: PendingOutputs,
): Promise<ToolResult> {
  const started = performance.now();
  const { logger, provenance, onConfiguration, onProgress, signal } = hooks;
  const services = [
    provide(OUTPUT_FILES, pending),
    ...(logger ? [provide(LOGGER, logger)] : []),
    ...(provenance ? [provide(PROVENANCE, provenance)] : []),
    ...(hooks.services ?? []),
  ];
  await using run = await prepareRun(request, services, hooks.registry);
  checkFiles(run, request, hooks);
  const { source, file } = await unlessAborted(open(run, request.tool), signal);
  const upToDate = await prepareOutput(run, source, hooks);
  if (upToDate !== undefined) {
    return {
      outcome: undefined,
      failures: [],
      files: [],
      upToDate,
      threads: 1,
      seconds: (performance.now() - started) / 1000,
    };
  }
  onConfiguration?.(run.configuration);
  const tool = run.createTool(request.tool);
  if (run.settings.events) requireRanges(reasonForAllEvents(run) ?? tool.reasonForAllEvents?.());
  await using workers = source && tool.blockProcessor ? workersFor(run, request, hooks) : undefined;
  const outcome = await unlessAborted(
    tool.run(source, source ? { ...eventOptions(run, source, hooks), workers } : { signal, onProgress, file }),
    run.input?.canSeek === false ? signal : undefined,
  );
  const outputs = run
    .service(PROVENANCE)
    .outputs.map(async ({ url }) => ({ path: url, bytes: pending.sizeOf(url) ?? (await stat(url)).size }));
  return {
    outcome: typeof outcome === 'object' ? outcome : undefined,
    content: typeof outcome === 'string' ? outcome : undefined,
    failures: run.service(EVENT_FAILURES).all,
    files: await Promise.all(outputs),
    threads: workers?.nThreads ?? 1,
    seconds: (performance.now() - started) / 1000,
  };
}

/** Waits for a step until a signal aborts it: the step may wait for data of a pipe that never come. */
async function unlessAborted<T>(step: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return step;
  if (signal.aborted) step.catch(() => undefined); // its error is that of the disposal
  signal.throwIfAborted(); // an aborted signal has no further event
  let stop = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason as Error);
    signal.addEventListener('abort', stop);
  });
  try {
    return await Promise.race([step, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** @throws CherenkitError FILE_USED_TWICE */
function checkFiles(run: Run, { layers = [] }: RunRequest, { written = [], read = [] }: RunHooks): void {
  const sources = ['EventSource', ...run.plugins.catalog.idsOfKind('EventSource')];
  const files = filesOfPlan([run.plan, ...sources.map((name) => run.planBelowTool(name))]);
  checkStandardInput([...files.read, ...read]);
  const prepared = filesOfPreparation(layers, run.plugins);
  checkDistinctFiles([...files.written, ...written], [...prepared, ...files.read, ...read]);
}

interface OpenInput {
  /** Undefined for tools that read no events, and for files without events. */
  readonly source?: EventSource;
  readonly file?: DisplayedFile | undefined;
}

/** Opens the input of a tool that reads events, or draws files. */
async function open(run: Run, tool: string): Promise<OpenInput> {
  const { catalog } = run.plugins;
  const children = catalog.children(catalog.idOf(tool) ?? tool);
  const file = children.includes('FileDisplay') ? await run.openDisplayedFile() : undefined;
  if (file !== undefined) return { file };
  if (catalog.find(tool)?.entry.command?.servesPage) await run.openForPage();
  else if (children.includes('EventSource')) return { source: await run.open() };
  else await run.openWithoutArray();
  return {};
}

/** Worker threads for the events of a run; undefined if this thread has to process them. */
function workersFor(run: Run, request: WorkerRequest, hooks: RunHooks): EventWorkerPool | undefined {
  const { threads, signal } = hooks;
  if (threads === undefined || threads.count < 2) return undefined;
  const { input } = run;
  const fractionRead = (): number | undefined => input?.size && input.position / input.size;
  const workers = new EventWorkerPool(request, threads, { logger: run.service(LOGGER), fractionRead, signal });
  const reason = reasonForOneThread(run);
  if (reason === undefined) return workers;
  workers.decline(reason);
  return undefined;
}

/** Why one thread has to process the events, whatever the tool is; undefined if several can. */
function reasonForOneThread(run: Run): string | undefined {
  const reason = reasonForAllEvents(run);
  if (reason !== undefined) return reason;
  if (run.input?.canSeek === false) return 'the input is a pipe';
  return run.settings.events && !run.source.selectEvents ? 'the run processes a range of events' : undefined;
}

/** Why the events of a run depend on each other; undefined if neither a plugin nor the event source says so. */
function reasonForAllEvents(run: Run): string | undefined {
  const sharing = usedManifests(run).find(({ sharesState }) => sharesState);
  return sharing ? `plugin ${sharing.name} shares state between events` : run.source.reasonForAllEvents;
}

/** Manifests of the plugins of the components of a run. */
function usedManifests({ plan, sourcePlan, plugins }: Run): PluginManifest[] {
  const used = [plan, ...(sourcePlan ? [sourcePlan] : [])].flatMap((root) => [...walkPlan(root)]);
  return plugins.manifestsOf(used.map(({ id }) => plugins.catalog.find(id)?.plugin));
}

function eventOptions(run: Run, source: EventSource, { onProgress, signal }: RunHooks): ToolOptions {
  const [first, end] = run.settings.events ?? [0, Infinity];
  const limit = Math.min(end, source.nEvents ?? Infinity, source.traits.maxEvents ?? Infinity) - first;
  const maxEvents = Number.isFinite(limit) ? Math.max(0, limit) : undefined;
  let events = 0;
  let lastPause = performance.now();
  return {
    signal,
    events: run.events(),
    onEvents: async (count) => {
      events += count;
      onProgress?.({ bytesRead: run.input?.position, bytesTotal: run.input?.size, events, maxEvents });
      if (performance.now() - lastPause < PAUSE_INTERVAL) return;
      await setImmediate();
      lastPause = performance.now();
    },
  };
}
