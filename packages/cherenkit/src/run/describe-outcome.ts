import { printable } from '@cherenkit/errors';
import type { ComponentFailure, Counts, RunOutcome } from '@cherenkit/core';

/** Maximum number of reasons in the summary, for each kind of rejection. */
const MAX_REASONS = 10;

/** Maximum number of output files that are listed; of more, their directory and their number are. */
const MAX_FILES = 3;

/** Output file of a run. */
export interface WrittenFile {
  readonly path: string;
  readonly bytes: number;
}

/**
 * Returns the summary of a run over events as text: counts of events, reconstructed showers, rejections and failures.
 *
 * @param seconds - duration of the run
 * @param range - range of the events to which the run was limited
 */
export function describeOutcome(
  outcome: RunOutcome,
  files: readonly WrittenFile[],
  seconds: number,
  range?: readonly [first: number, end: number],
): string {
  const { events, telescopeEvents, reconstructed, notReconstructed, rejected, rejectedBySource, failures } = outcome;
  const { skippedBySource, duplicates } = outcome;
  const counts = `${counted(events, 'events')}, ${counted(telescopeEvents, 'telescope events')}`;
  const lines = [
    ...titles(counts, files, seconds),
    ...(events === 0 ? [`no events: ${reasonForNone(outcome, range)}`] : []),
    ...Object.entries(reconstructed).map(
      ([name, count]) => `${name}: ${count} of ${counted(events, 'events')} reconstructed`,
    ),
    ...mostFrequent('not reconstructed', withoutMessages(notReconstructed, failures), (reason, n) => {
      return `${counted(n, 'events')}, ${reason}`;
    }),
    ...mostFrequent('rejected', withoutMessages(rejected, failures), (reason, n) => counted(n, reason)),
    ...mostFrequent('rejected', Object.entries(rejectedBySource), (reason, n) => {
      return `${counted(n, 'telescope events')}, ${reason}`;
    }),
    ...Object.entries(skippedBySource).map(([kind, count]) => `skipped: ${counted(count, kind)}`),
    ...(duplicates > 0
      ? [
          `duplicates: ${counted(duplicates, 'events')} ${duplicates === 1 ? 'has' : 'have'} the same ids as an earlier event`,
        ]
      : []),
    ...failures.map(describeComponentFailure),
  ];
  if (outcome.truncated) {
    const kept = events === 0 ? 'no event is complete' : 'events before the truncation were processed';
    lines.push(`truncated: the input is truncated; ${kept}`);
  }
  return `${lines.map(printable).join('\n')}\n`;
}

/** Returns the summary of a tool that processes no events: its files, and what they contain. */
export function describeFiles(content: string, files: readonly WrittenFile[], seconds: number): string {
  return titles(content, files, seconds)
    .map((line) => `${printable(line)}\n`)
    .join('');
}

/** A line per output file, or one for many files. */
function titles(content: string, files: readonly WrittenFile[], seconds: number): string[] {
  if (files.length > MAX_FILES) {
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    const directory = commonDirectory(files.map(({ path }) => path));
    const written = `${counted(files.length, 'files')}, ${content}, ${byteCount(bytes)}`;
    return [`${directory}: ${written}, in ${seconds.toFixed(1)} s`];
  }
  const written = files.map(({ path, bytes }) => ({ path, size: `, ${byteCount(bytes)}` }));
  const named = written.length > 0 ? written : [{ path: 'no output', size: '' }];
  return named.map(({ path, size }) => `${path}: ${content}${size}, in ${seconds.toFixed(1)} s`);
}

/** The nearest directory that contains all files. */
function commonDirectory(paths: readonly string[]): string {
  const [first = [], ...others] = paths.map((path) => path.split(/[/\\]/).slice(0, -1));
  const differs = first.findIndex((name, i) => others.some((names) => names[i] !== name));
  return (differs < 0 ? first : first.slice(0, differs)).join('/') || '.';
}

/** Lines for counts by reason: all of up to ten, else the most frequent ones and the number of the others. */
function mostFrequent(
  title: string,
  counts: readonly (readonly [reason: string, count: number])[],
  describe: (reason: string, count: number) => string,
): string[] {
  const shown = counts.length > MAX_REASONS ? [...counts].sort(([, a], [, b]) => b - a).slice(0, MAX_REASONS) : counts;
  const others = counts.length - shown.length;
  return [
    ...shown.map(([reason, count]) => `${title}: ${describe(reason, count)}`),
    ...(others > 0 ? [`${title}: ... and ${counted(others, 'more reasons')}`] : []),
  ];
}

/**
 * Counts by reason, with one reason for all failures of a component: their messages may differ for each event, and the first
 * one is in the line of the failure.
 */
function withoutMessages(counts: Counts, failures: readonly ComponentFailure[]): [reason: string, count: number][] {
  const starts = failures.map((failure) => `: ${nameOf(failure)} failed`);
  const sums = new Map<string, number>();
  for (const [reason, count] of Object.entries(counts)) {
    const start = starts.find((each) => reason.includes(`${each}: `));
    const key = start === undefined ? reason : reason.slice(0, reason.indexOf(`${start}: `) + start.length);
    sums.set(key, (sums.get(key) ?? 0) + count);
  }
  return [...sums];
}

/** Why a run wrote no events. */
function reasonForNone(
  { rejected, skippedBySource, truncated }: RunOutcome,
  range: readonly [first: number, end: number] | undefined,
): string {
  const entries = Object.entries(rejected).filter(([reason]) => reason.startsWith('events,'));
  const count = entries.reduce((sum, [, each]) => sum + each, 0);
  if (count > 0) return 'the selection of the configuration rejected all of them';
  if (truncated) return 'the input is truncated before the end of its first event';
  if (Object.keys(skippedBySource).length > 0) return 'the input has only events that are skipped';
  if (range) {
    const [first, end] = range;
    const shown = `${first}:${Number.isFinite(end) ? end : ''}`;
    return `the range ${shown} is beyond the last event of the input, or has none of the selected telescopes`;
  }
  return 'the input has none, or none of the selected telescopes';
}

/** `3 images, X: reason`, `1 image, X: reason`: a count before a text that begins with a plural. */
function counted(count: number, plural: string): string {
  return `${count} ${count === 1 ? plural.replace(/^([\w ]*?)s\b(?=$|[,( ])/, (_, noun: string) => noun) : plural}`;
}

/** Returns `FAILED: PlaneFitReconstructor of plugin plane-fit, 3 times; first for event 4 of observation 1: no template`. */
export function describeComponentFailure(failure: ComponentFailure): string {
  const { count, first } = failure;
  return printable(`FAILED: ${nameOf(failure)}, ${count === 1 ? 'once,' : `${count} times; first`} for ${first}`);
}

function nameOf({ component, plugin }: ComponentFailure): string {
  return plugin === undefined ? component : `${component} of plugin ${plugin}`;
}

/** `512 bytes`, `1.2 MB` */
function byteCount(bytes: number): string {
  const units = ['kB', 'MB', 'GB', 'TB'];
  if (bytes < 1000) return `${bytes} bytes`;
  const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** power).toFixed(1)} ${units[power - 1]}`;
}
