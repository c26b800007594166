import { CherenkitError, ExitCode, type ShardResources } from '@cherenkit/core';
import { readText } from '#production-host';

/** Factor between the largest memory of earlier runs and that which is proposed. */
const MEMORY_MARGIN = 1.2;
/** Factor between the expected time and that which is proposed: nodes of a cluster differ, and are shared. */
const TIME_MARGIN = 1.5;

/** What earlier runs of `cherenkit process` needed. */
export interface EarlierRuns {
  /** Largest resident memory, bytes. */
  readonly peakMemory: number;
  /** Wall time of all runs by their events, s; undefined if they had none. */
  readonly secondsPerEvent: number | undefined;
  /** Wall time of all runs by the size of their inputs, s; undefined if these had no files. */
  readonly secondsPerByte: number | undefined;
}

/** Members of a report that are used. */
interface RunReport {
  readonly format?: unknown;
  readonly activity?: unknown;
  readonly exitCode?: unknown;
  readonly wallSeconds?: number;
  readonly peakMemory?: number;
  readonly events?: number | null;
  readonly inputs?: readonly { readonly bytes?: number | null }[];
}

/**
 * Reads the reports of earlier runs, as `cherenkit process --report` writes them. Those of other commands and of failed runs are left
 * out.
 *
 * @throws CherenkitError REPORT_UNUSABLE (65) if a file is no report, or none of a successful run is among them
 */
export function readRunReports(paths: readonly string[]): EarlierRuns {
  const reports = paths
    .map(readReport)
    .filter(({ activity, exitCode }) => activity === 'cherenkit-process' && exitCode === 0);
  if (reports.length === 0) {
    const message = `None of ${paths.length} reports is that of a successful run of cherenkit process. Give one with --reports.`;
    throw new CherenkitError('REPORT_UNUSABLE', ExitCode.BAD_INPUT, message);
  }
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const seconds = sum(reports.map(({ wallSeconds = 0 }) => wallSeconds));
  const nEvents = sum(reports.map(({ events }) => events ?? 0));
  const bytes = sum(reports.flatMap(({ inputs = [] }) => inputs.map((input) => input.bytes ?? 0)));
  return {
    peakMemory: reports.reduce((most, { peakMemory = 0 }) => Math.max(most, peakMemory), 0),
    secondsPerEvent: nEvents > 0 ? seconds / nEvents : undefined,
    secondsPerByte: bytes > 0 ? seconds / bytes : undefined,
  };
}

/** Proposes memory and time for a shard that is expected to take some seconds. */
export function proposedResources({ peakMemory }: EarlierRuns, seconds: number): ShardResources {
  return { memoryBytes: Math.ceil(MEMORY_MARGIN * peakMemory), seconds: Math.ceil(TIME_MARGIN * seconds) };
}

/**
 * Returns the expected wall time of a shard, s.
 *
 * @param bytes - size of its input
 * @param part - number of its events; undefined for all
 * @param nEvents - number of events of its input, if it is known
 */
export function expectedSeconds(
  { secondsPerByte, secondsPerEvent }: Partial<EarlierRuns> = {},
  bytes: number | undefined,
  part: number | undefined,
  nEvents: number | undefined,
): number {
  if (part !== undefined && secondsPerEvent !== undefined) return part * secondsPerEvent;
  const fraction = part !== undefined && nEvents ? part / nEvents : 1;
  return fraction * (bytes ?? 0) * (secondsPerByte ?? 0);
}

function readReport(path: string): RunReport {
  let content: unknown;
  try {
    content = JSON.parse(readText(path));
  } catch (cause) {
    throw unusable(path, (cause as Error).message, cause);
  }
  const report = Object(content) as RunReport;
  if (report.format === 'cherenkit-report') return report;
  throw unusable(path, 'it has another content');
}

function unusable(path: string, reason: string, cause?: unknown): CherenkitError {
  const message = `${path} is no report of a run: ${reason}. Give files that --report of cherenkit process has written.`;
  return new CherenkitError('REPORT_UNUSABLE', ExitCode.BAD_INPUT, message, { cause });
}
