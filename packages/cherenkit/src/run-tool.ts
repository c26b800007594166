import {
  compose,
  EVENT_FAILURES,
  EVENT_SOURCE_OPENER,
  EventFailures,
  EventSource,
  LOGGER,
  optionLayer,
  PROVENANCE,
  provide,
  Tool,
  type ConfigLayer,
  type Logger,
  type PluginRegistry,
  type TraitOption,
} from '@cherenkit/core';
import { ActivityRecord, recordActivity } from './activity-record.js';
import type { ProcessFlags } from './commands/process-flags.js';
import { describeComponentFailure } from './describe-summary.js';
import { interruptible } from './interruption.js';
import { eventSourceOpener } from './open-event-source.js';
import { inputUrl, openInput } from './open-input.js';
import { openRunLog } from './run-log.js';

/** A tool of a plugin, and what its command line said. */
export interface ToolRun {
  /** Its class in the catalog. */
  readonly id: string;
  /** Its command. */
  readonly name: string;
  /** Whether it is given an event source. */
  readonly reads: boolean;
  readonly registry: PluginRegistry;
  /** Of the configuration files. */
  readonly layers: readonly ConfigLayer[];
  /** Over them. */
  readonly settings: readonly TraitOption[];
  readonly flags: ProcessFlags;
  /** Of cherenkit. */
  readonly version: string;
}

/**
 * Runs a tool of a plugin, with the log and the provenance of any run.
 *
 * @throws ConfigurationError, CherenkitError, what the tool throws
 */
export async function runTool(run: ToolRun): Promise<void> {
  const { name, flags, version } = run;
  using log = openRunLog({
    consoleLevel: flags.quiet ? undefined : flags.verbose ? 'debug' : (flags['log-level'] ?? 'warning'),
    writeToConsole: (text) => process.stderr.write(text),
    file: flags['log-file'],
    fileLevel: flags['log-file-level'] ?? 'info',
  });
  const provenance = new ActivityRecord(`cherenkit-${name}`, version);
  for (const url of flags.config ?? []) provenance.addInput({ url, role: 'Tool Configuration' });
  const failures = new EventFailures(flags['fail-fast'], log.logger);
  await recordActivity(provenance, flags['provenance-log'], () =>
    interruptible((signal) => execute(run, log.logger, provenance, failures, signal)),
  );
  if (!flags.quiet) for (const failure of failures.all) process.stdout.write(`${describeComponentFailure(failure)}\n`);
}

async function execute(
  { id, reads, registry, layers, settings, flags }: ToolRun,
  logger: Logger,
  provenance: ActivityRecord,
  failures: EventFailures,
  signal: AbortSignal,
): Promise<void> {
  await using composition = await compose({
    plugins: registry,
    layers: [...layers, optionLayer(settings)],
    root: id,
    services: [
      provide(EVENT_FAILURES, failures),
      provide(EVENT_SOURCE_OPENER, eventSourceOpener(registry)),
      provide(LOGGER, logger),
      provide(PROVENANCE, provenance),
    ],
    strictPatterns: flags['strict-patterns'],
  });
  if (!reads) {
    await composition.setNoSubarray();
    provenance.configuration = composition.configuration;
    await composition.create(Tool, id).run(undefined, { signal });
    return;
  }
  const { sourceName, bytes } = await openInput(inputUrl(composition, registry.catalog), registry, composition);
  await using source = await composition.createSource(EventSource, sourceName);
  await source.open(bytes);
  await composition.setSubarray(source.subarray);
  provenance.configuration = composition.configuration;
  await composition.create(Tool, id).run(source, { signal });
}
