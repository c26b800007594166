import { readFileSync, rmSync, statSync } from 'node:fs';
import { isStandardInput } from '@cherenkit/io';
import { FileSink } from '@cherenkit/io/node';
import { CherenkitError, ExitCode, exitCodeOf, systemReason, type Json } from '@cherenkit/core';
import type { ActivityRecord } from './activity-record.js';
import type { FailureReport } from './failure-report.js';
import { formatMessage } from './run-log.js';
import type { ToolResult } from './run-tool.js';
import { usedResources, type UsedResources } from './used-resources.js';

const FORMAT = 'cherenkit-report';

/** How a run ended. */
export interface RunEnd {
  /** `OK`, or the code of the error. */
  readonly code: string;
  readonly exitCode: number;
  /** Whether the same run may succeed if it is repeated: with exit code 75 only. */
  readonly isTemporary: boolean;
  readonly message: string;
}

/** File of a run, with its size if it has one. */
interface ReportedFile {
  readonly path: string;
  readonly bytes: number | null;
}

/** The report of a run, `--report`. */
export interface RunReport extends RunEnd, UsedResources {
  readonly format: typeof FORMAT;
  readonly version: 1;
  /** `cherenkit-process`. */
  readonly activity: string;
  /** UTC, ISO 8601. */
  readonly started: string;
  readonly ended: string;
  /** Largest number of threads that process events. */
  readonly threads: number;
  /** Numbers of events that were processed; null for a tool that processes none, and for a run that failed. */
  readonly events: number | null;
  readonly telescopeEvents: number | null;
  readonly inputs: readonly ReportedFile[];
  readonly outputs: readonly ReportedFile[];
  readonly versions: {
    readonly cherenkit: string;
    readonly node: string;
    /** By the name of the plugin: those that the run has used. */
    readonly plugins: Readonly<Record<string, string | null>>;
  };
}

/** What a report is made of. */
export interface ReportedRun {
  readonly activity: ActivityRecord;
  readonly threads: number;
  readonly end: RunEnd;
  /** Undefined for a run that failed. */
  readonly result?: ToolResult | undefined;
}

/** The end of a run with an error. */
export function failedEnd({ code, exitCode, message }: FailureReport): RunEnd {
  const text = message.trim().replace(/^error(?:\[\w+\])?:\s*/, '');
  return { code, exitCode, isTemporary: exitCode === ExitCode.TEMPORARY, message: text };
}

/** The last line on standard error with `--log-format json`: how a run ended, and what it used. */
export function endLine({ message, ...end }: RunEnd): string {
  const level = end.exitCode === 0 ? 'info' : 'error';
  return formatMessage({ level, message, more: { ...end, ...usedResources() } }, 'json');
}

/** Makes the report of a run that ends now. */
export function makeReport({ activity, threads, end, result }: ReportedRun): RunReport {
  const { name, startTime, softwareVersion } = activity.activity;
  return {
    format: FORMAT,
    version: 1,
    activity: name,
    ...end,
    started: startTime.toISOString(),
    ended: new Date().toISOString(),
    ...usedResources(),
    threads,
    events: result?.outcome?.events ?? null,
    telescopeEvents: result?.outcome?.telescopeEvents ?? null,
    inputs: [...new Set(activity.inputs.map(({ url }) => url))].map((path) => ({ path, bytes: sizeOf(path) })),
    outputs: result?.files.map(({ path, bytes }) => ({ path, bytes })) ?? [],
    versions: {
      cherenkit: softwareVersion,
      node: process.versions.node,
      plugins: Object.fromEntries(activity.plugins.map(({ name: plugin, version }) => [plugin, version ?? null])),
    },
  };
}

/**
 * Checks before a run that its report can be written, and removes the one of an earlier run, so that a run that is killed has
 * none.
 *
 * @throws CherenkitError REPORT_UNWRITABLE
 */
export async function prepareReport(path: string): Promise<void> {
  try {
    await new FileSink(path, { overwrite: true }).discard();
    if (sizeOf(path) === null) return;
    if (!isReport(path)) throw new Error('there is a file that is no report of a run');
    rmSync(path);
  } catch (cause) {
    throw unwritable(path, cause);
  }
}

/**
 * Writes a report as a whole, or not at all.
 *
 * @throws CherenkitError REPORT_UNWRITABLE
 */
export async function writeReport(path: string, report: RunReport): Promise<void> {
  try {
    await using sink = new FileSink(path, { overwrite: true });
    sink.append(new TextEncoder().encode(`${JSON.stringify(report, undefined, 2)}\n`));
    await sink.publish();
  } catch (cause) {
    throw unwritable(path, cause);
  }
}

function isReport(path: string): boolean {
  try {
    return (JSON.parse(readFileSync(path, 'utf8')) as { readonly format?: Json } | null)?.format === FORMAT;
  } catch {
    return false;
  }
}

function sizeOf(path: string): number | null {
  if (isStandardInput(path)) return null;
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    return found?.isFile() ? found.size : null;
  } catch {
    return null;
  }
}

function unwritable(path: string, cause: unknown): CherenkitError {
  if (CherenkitError.is(cause)) {
    const message = cause.message.replace('another output', 'another path for --report');
    return new CherenkitError('REPORT_UNWRITABLE', cause.exitCode, message, { cause });
  }
  const message = `Cannot write the report ${path}: ${systemReason(cause)}. Choose another path for --report.`;
  return new CherenkitError('REPORT_UNWRITABLE', exitCodeOf(cause, ExitCode.CANNOT_CREATE), message, { cause });
}
