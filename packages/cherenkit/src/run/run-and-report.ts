import type { PluginRegistry } from '@cherenkit/core';
import { ActivityRecord, recordActivity } from './activity-record.js';
import type { CommonFlags } from './common-flags.js';
import { describeComponentFailure, describeOutcome } from './describe-outcome.js';
import { runInterruptible } from './interruption.js';
import { ProgressBar } from './progress-bar.js';
import { openRunLog } from './run-log.js';
import type { RunRequest } from './run-request.js';
import { runTool } from './run-tool.js';

/** How to report a run. */
export interface Reporting {
  /** Name of the activity in the provenance, `cherenkit-process`. */
  readonly activity: string;
  /** Version of cherenkit. */
  readonly version: string;
  readonly flags: CommonFlags;
  readonly registry: PluginRegistry;
}

/**
 * Runs a tool on a terminal: messages and progress go to standard error, the summary to standard output, and the record of
 * the run to the provenance log. The first SIGINT or SIGTERM stops the run without output.
 *
 * @throws Interruption; errors of `runTool`
 */
export async function runAndReport(
  request: RunRequest & { readonly tool: string },
  { activity, version, flags, registry }: Reporting,
): Promise<void> {
  const { quiet, progress = process.stderr.isTTY } = flags;
  const bar = progress && !quiet ? new ProgressBar(process.stderr) : undefined;
  using log = openRunLog({
    consoleLevel: quiet ? undefined : flags.verbose ? 'debug' : (flags['log-level'] ?? 'warning'),
    writeToConsole: (text) => (bar ? bar.writeAbove(text) : process.stderr.write(text)),
    file: flags['log-file'],
    fileLevel: flags['log-file-level'] ?? 'info',
  });
  const { logger } = log;
  const provenance = new ActivityRecord(activity, version);
  const included = request.layers?.flatMap(({ file }) => file ?? []) ?? [];
  for (const url of new Set([...(flags.config ?? []), ...included])) {
    provenance.addInput({ url, role: 'Tool Configuration' });
  }
  try {
    const result = await recordActivity(provenance, flags['provenance-log'], () =>
      runInterruptible((signal) =>
        runTool(request, {
          logger,
          provenance,
          signal,
          registry,
          onConfiguration: (configuration) => {
            provenance.configuration = configuration;
            logger.debug(`configuration: ${JSON.stringify(configuration)}`);
          },
          onProgress: (now) => bar?.update(now),
        }),
      ),
    );
    bar?.finish();
    if (quiet) return;
    const { outcome, failures, files, seconds } = result;
    if (outcome) process.stdout.write(describeOutcome(outcome, files, seconds));
    else for (const failure of failures) process.stdout.write(`${describeComponentFailure(failure)}\n`);
  } finally {
    bar?.finish();
  }
}
