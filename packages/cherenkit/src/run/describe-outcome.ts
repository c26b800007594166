import { printable } from '@cherenkit/errors';
import type { ComponentFailure, RunOutcome } from '@cherenkit/core';

/** Output file of a run. */
export interface WrittenFile {
  readonly path: string;
  readonly bytes: number;
}

/**
 * Returns the summary of a run over events as text: counts of events, reconstructed showers, rejections and failures.
 *
 * @param seconds - duration of the run
 */
export function describeOutcome(outcome: RunOutcome, files: readonly WrittenFile[], seconds: number): string {
  const { events, telescopeEvents, reconstructed, notReconstructed, rejected, rejectedBySource, failures } = outcome;
  const { skippedBySource, duplicates } = outcome;
  const written = files.map(({ path, bytes }) => ({ path, size: `, ${byteCount(bytes)}` }));
  const titles = written.length > 0 ? written : [{ path: 'no output', size: '' }];
  const counts = `${counted(events, 'events')}, ${counted(telescopeEvents, 'telescope events')}`;
  const lines = [
    ...titles.map(({ path, size }) => `${path}: ${counts}${size}, in ${seconds.toFixed(1)} s`),
    ...(events === 0 ? [`no events: ${reasonForNone(outcome)}`] : []),
    ...Object.entries(reconstructed).map(
      ([name, count]) => `${name}: ${count} of ${counted(events, 'events')} reconstructed`,
    ),
    ...Object.entries(notReconstructed).map(([reason, n]) => `not reconstructed: ${counted(n, 'events')}, ${reason}`),
    ...Object.entries(rejected).map(([reason, count]) => `rejected: ${counted(count, reason)}`),
    ...Object.entries(rejectedBySource).map(([reason, n]) => `rejected: ${counted(n, 'telescope events')}, ${reason}`),
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

/** Why a run wrote no events. */
function reasonForNone({ rejected, skippedBySource, truncated }: RunOutcome): string {
  const entries = Object.entries(rejected).filter(([reason]) => reason.startsWith('events,'));
  const count = entries.reduce((sum, [, each]) => sum + each, 0);
  if (count > 0) return 'the selection of the configuration rejected all of them';
  if (truncated) return 'the input is truncated before the end of its first event';
  if (Object.keys(skippedBySource).length > 0) return 'the input has only events that are skipped';
  return 'the input has none, or none of the selected telescopes';
}

/** `3 images, X: reason`, `1 image, X: reason`: a count before a text that begins with a plural. */
function counted(count: number, plural: string): string {
  return `${count} ${count === 1 ? plural.replace(/^([\w ]*?)s\b(?=$|[,( ])/, (_, noun: string) => noun) : plural}`;
}

/** Returns `FAILED: PlaneFitReconstructor of plugin plane-fit, 3 times; first for event 4 of observation 1: no template`. */
export function describeComponentFailure({ component, plugin, count, first }: ComponentFailure): string {
  const name = plugin === undefined ? component : `${component} of plugin ${plugin}`;
  return printable(`FAILED: ${name}, ${count === 1 ? 'once,' : `${count} times; first`} for ${first}`);
}

/** `512 bytes`, `1.2 MB` */
function byteCount(bytes: number): string {
  const units = ['kB', 'MB', 'GB', 'TB'];
  if (bytes < 1000) return `${bytes} bytes`;
  const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** power).toFixed(1)} ${units[power - 1]}`;
}
