import { exitCodeOf, messageOf, printable } from '@cherenkit/errors';
import {
  CherenkitError,
  ExitCode,
  provide,
  TOOL_COMMANDS,
  type PluginRegistry,
  type ToolProgress,
} from '@cherenkit/core';
import { ignoredPlugins } from '../plugins/find-plugin-packages.js';
import { ActivityRecord, recordActivity } from './activity-record.js';
import type { CommonFlags } from './common-flags.js';
import { describeComponentFailure, describeFiles, describeOutcome } from './describe-outcome.js';
import { checkDistinctFiles, filesOfPreparation, filesOfTraits } from './distinct-files.js';
import type { ThreadOptions } from './event-workers.js';
import { describeFailure } from './failure-report.js';
import type { GivenShard } from './given-shard.js';
import { highlight } from './highlight.js';
import { runInterruptible } from './interruption.js';
import { describeProgress, ProgressBar } from './progress-bar.js';
import { answerWith } from './progress-signal.js';
import { formatMessage, openRunLog, type LogMessage } from './run-log.js';
import { endLine, failedEnd, makeReport, prepareReport, writeReport, type RunEnd } from './run-report.js';
import type { RunRequest } from './run-request.js';
import { runTool, type RunProgress, type ToolResult } from './run-tool.js';
import { writeOutput } from './standard-streams.js';
import { toolCommands } from './list-tool-commands.js';
import { usedResources } from './used-resources.js';

/** Exit code of a complete run in which a component failed for some events, with `--failures-as-error`. */
const COMPONENTS_FAILED = 3;

const COMPLETE: RunEnd = { code: 'OK', exitCode: 0, isTemporary: false, message: '' };

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
 * the run to the provenance log. Summary, record and report are written before the output becomes visible: if they fail, there
 * is no output. The first signal that stops runs stops it without output; SIGUSR1 prints the progress.
 *
 * @throws Interruption; CherenkitError SUMMARY_NOT_WRITTEN, REPORT_UNWRITABLE, FILE_USED_TWICE; errors of `runTool`
 */
export async function runAndReport(
  request: RunRequest & { readonly tool: string },
  { activity, version, flags, registry, threads, shard, ifNeeded }: Reporting,
): Promise<void> {
  const { quiet, progress = process.stderr.isTTY, report, 'log-format': format = 'text' } = flags;
  const bar = progress && !quiet && format === 'text' ? new ProgressBar(process.stderr) : undefined;
  const written = (['log-file', 'provenance-log', 'report'] as const).flatMap((flag) => {
    const path = flags[flag];
    return path === undefined ? [] : [{ use: `--${flag}`, path }];
  });
  const read = (flags.config ?? []).map((path) => ({ use: '--config', path }));
  // Before the first message is written: the layers name all files that a run may use.
  const { layers = [] } = request;
  checkDistinctFiles(written, [
    ...filesOfPreparation(layers, registry),
    ...filesOfTraits(layers, registry.catalog),
    ...read,
  ]);
  if (report !== undefined) await prepareReport(report);
  const writeToConsole = (line: string): void => {
    const text = highlight(line, process.stderr);
    if (bar) bar.writeAbove(text);
    else process.stderr.write(text);
  };
  using log = openRunLog({
    consoleLevel: quiet ? undefined : flags.verbose ? 'debug' : (flags['log-level'] ?? 'warning'),
    writeToConsole,
    file: flags['log-file'],
    fileLevel: flags['log-file-level'] ?? 'info',
    format,
  });
  const { logger } = log;
  const started = performance.now();
  let latest: RunProgress | ToolProgress | undefined;
  using _answer = answerWith(() =>
    writeToConsole(formatMessage(progressMessage(latest, (performance.now() - started) / 1000), format)),
  );
  for (const warning of ignoredPlugins(registry.failures)) logger.warning(warning);
  const provenance = new ActivityRecord(activity, version);
  const included = layers.flatMap(({ file }) => file ?? []);
  for (const url of new Set([...(flags.config ?? []), ...included])) {
    provenance.addInput({ url, role: 'Tool Configuration' });
  }
  const writeReportOf = async (end: RunEnd, result?: ToolResult): Promise<void> => {
    if (report === undefined) return;
    await writeReport(
      report,
      makeReport({ activity: provenance, threads: result?.threads ?? threads?.count ?? 1, end, result }),
    );
  };
  const { servesPage = false } = registry.catalog.find(request.tool)?.entry.command ?? {};
  let end = COMPLETE;
  try {
    await recordActivity(provenance, flags['provenance-log'], (succeed) =>
      runInterruptible(
        (signal) =>
          runTool(request, {
            written,
            read,
            logger,
            provenance,
            services: [provide(TOOL_COMMANDS, toolCommands(registry.catalog))],
            signal,
            registry,
            ...(threads && { threads }),
            shard,
            ifNeeded: ifNeeded ?? false,
            onConfiguration: (configuration) => {
              provenance.configuration = configuration;
              logger.debug(`configuration: ${JSON.stringify(configuration)}`);
            },
            onProgress: (now) => {
              latest = now;
              bar?.update(now);
            },
            onComplete: async (result) => {
              bar?.finish();
              const summary = summaryOf(result, request.events);
              if (!quiet) await writeSummary(summary);
              end = { ...endOf(result, flags['failures-as-error']), message: summary.split('\n', 1).join() };
              await writeReportOf(end, result);
              succeed();
            },
          }),
        { writes: !servesPage },
      ),
    );
  } catch (error) {
    // The error of the run is the one to report.
    if (report !== undefined) await writeReportOf(failedEnd(await describeFailure(error))).catch(() => undefined);
    throw error;
  } finally {
    bar?.finish();
  }
  if (end.exitCode !== 0) process.exitCode = end.exitCode;
  if (format === 'json') process.stderr.write(endLine(end));
}

/** How a run ends that is complete. Tools such as `verify` set an exit code for what they find. */
function endOf({ failures }: ToolResult, failuresAsError: boolean): RunEnd {
  const found = Number(process.exitCode ?? 0);
  if (found !== 0) return { code: 'FINDINGS', exitCode: found, isTemporary: false, message: '' };
  if (failuresAsError && failures.length > 0) {
    return { code: 'COMPONENTS_FAILED', exitCode: COMPONENTS_FAILED, isTemporary: false, message: '' };
  }
  return COMPLETE;
}

/** What SIGUSR1 prints. */
function progressMessage(progress: RunProgress | ToolProgress | undefined, seconds: number): LogMessage {
  const done = progress ? describeProgress(progress, seconds) : `${seconds.toFixed(1)} s`;
  const resources = usedResources();
  const message = `progress: ${done}  ${(resources.peakMemory / 1e6).toFixed(0)} MB of memory`;
  return { level: 'info', message, more: { progress: progress ?? null, ...resources } };
}

function summaryOf(
  { outcome, content, failures, files, seconds, upToDate }: ToolResult,
  range: readonly [first: number, end: number] | undefined,
): string {
  if (outcome) return describeOutcome(outcome, files, seconds, range);
  const lines = upToDate === undefined ? [] : [`${printable(upToDate)}: up to date\n`];
  if (content !== undefined) lines.push(describeFiles(content, files, seconds));
  return [...lines, ...failures.map((failure) => `${describeComponentFailure(failure)}\n`)].join('');
}

/** @throws CherenkitError SUMMARY_NOT_WRITTEN */
async function writeSummary(summary: string): Promise<void> {
  try {
    await writeOutput(summary);
  } catch (cause) {
    const message = `Cannot write the summary to standard output: ${messageOf(cause)}. No output was kept. Free disk space, or give --quiet.`;
    throw new CherenkitError('SUMMARY_NOT_WRITTEN', exitCodeOf(cause, ExitCode.IO_FAILED), message, { cause });
  }
}
