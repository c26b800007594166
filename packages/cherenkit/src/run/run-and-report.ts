import { messageOf, printable } from '@cherenkit/errors';
import { CherenkitError, ExitCode, type PluginRegistry } from '@cherenkit/core';
import { ignoredPlugins } from '../plugins/find-plugin-packages.js';
import { ActivityRecord, recordActivity } from './activity-record.js';
import type { CommonFlags } from './common-flags.js';
import { describeComponentFailure, describeFiles, describeOutcome } from './describe-outcome.js';
import { checkDistinctFiles, filesOfPreparation, filesOfTraits } from './distinct-files.js';
import type { ThreadOptions } from './event-workers.js';
import type { GivenShard } from './given-shard.js';
import { highlight } from './highlight.js';
import { runInterruptible } from './interruption.js';
import { ProgressBar } from './progress-bar.js';
import { openRunLog } from './run-log.js';
import type { RunRequest } from './run-request.js';
import { runTool, type ToolResult } from './run-tool.js';
import { writeOutput } from './standard-streams.js';

/** Exit code of a complete run in which a component failed for some events, with `--failures-as-error`. */
const COMPONENTS_FAILED = 3;

/** How to report a run. */
export interface Reporting {
  /** Name of the activity in the provenance, `cherenkit-process`. */
  readonly activity: string;
  /** Version of cherenkit. */
  readonly version: string;
  readonly flags: CommonFlags;
  readonly registry: PluginRegistry;
  /** Threads that process events. */
  readonly threads?: ThreadOptions;
  /** Shard of a production that the run processes. */
  readonly shard?: GivenShard | undefined;
  /** Whether to do nothing if the output is that of the same run. */
  readonly ifNeeded?: boolean;
}

/**
 * Runs a tool on a terminal: messages and progress go to standard error, the summary to standard output, and the record of
 * the run to the provenance log. Summary and record are written before the output becomes visible: if they fail, there is no
 * output. The first SIGINT, SIGTERM, SIGHUP or SIGQUIT stops the run without output.
 *
 * @throws Interruption; CherenkitError SUMMARY_NOT_WRITTEN, FILE_USED_TWICE; errors of `runTool`
 */
export async function runAndReport(
  request: RunRequest & { readonly tool: string },
  { activity, version, flags, registry, threads, shard, ifNeeded }: Reporting,
): Promise<void> {
  const { quiet, progress = process.stderr.isTTY } = flags;
  const bar = progress && !quiet ? new ProgressBar(process.stderr) : undefined;
  const written = [
    ...(flags['log-file'] === undefined ? [] : [{ use: '--log-file', path: flags['log-file'] }]),
    ...(flags['provenance-log'] === undefined ? [] : [{ use: '--provenance-log', path: flags['provenance-log'] }]),
  ];
  const read = (flags.config ?? []).map((path) => ({ use: '--config', path }));
  // Before the first message is written: the layers name all files that a run may use.
  const { layers = [] } = request;
  checkDistinctFiles(written, [
    ...filesOfPreparation(layers, registry),
    ...filesOfTraits(layers, registry.catalog),
    ...read,
  ]);
  using log = openRunLog({
    consoleLevel: quiet ? undefined : flags.verbose ? 'debug' : (flags['log-level'] ?? 'warning'),
    writeToConsole: (line) => {
      const text = highlight(line, process.stderr);
      if (bar) bar.writeAbove(text);
      else process.stderr.write(text);
    },
    file: flags['log-file'],
    fileLevel: flags['log-file-level'] ?? 'info',
  });
  const { logger } = log;
  for (const warning of ignoredPlugins(registry.failures)) logger.warning(warning);
  const provenance = new ActivityRecord(activity, version);
  const included = layers.flatMap(({ file }) => file ?? []);
  for (const url of new Set([...(flags.config ?? []), ...included])) {
    provenance.addInput({ url, role: 'Tool Configuration' });
  }
  try {
    await recordActivity(provenance, flags['provenance-log'], (succeed) =>
      runInterruptible((signal) =>
        runTool(request, {
          written,
          read,
          logger,
          provenance,
          signal,
          registry,
          ...(threads && { threads }),
          shard,
          ifNeeded: ifNeeded ?? false,
          onConfiguration: (configuration) => {
            provenance.configuration = configuration;
            logger.debug(`configuration: ${JSON.stringify(configuration)}`);
          },
          onProgress: (now) => bar?.update(now),
          onComplete: async (result) => {
            bar?.finish();
            if (!quiet) await writeSummary(result);
            succeed();
            if (flags['failures-as-error'] && result.failures.length > 0) process.exitCode = COMPONENTS_FAILED;
          },
        }),
      ),
    );
  } finally {
    bar?.finish();
  }
}

/** @throws CherenkitError SUMMARY_NOT_WRITTEN */
async function writeSummary({ outcome, content, failures, files, seconds, upToDate }: ToolResult): Promise<void> {
  const lines = upToDate === undefined ? [] : [`${printable(upToDate)}: up to date\n`];
  const described = content === undefined ? [] : [describeFiles(content, files, seconds)];
  lines.push(...described);
  lines.push(...failures.map((failure) => `${describeComponentFailure(failure)}\n`));
  try {
    await writeOutput(outcome ? describeOutcome(outcome, files, seconds) : lines.join(''));
  } catch (cause) {
    const message = `Cannot write the summary to standard output: ${messageOf(cause)}. No output was kept. Free disk space, or give --quiet.`;
    throw new CherenkitError('SUMMARY_NOT_WRITTEN', ExitCode.IO_FAILED, message, { cause });
  }
}
