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
  const lines = [
    ...titles.map(
      ({ path, size }) =>
        `${path}: ${events} events, ${telescopeEvents} telescope events${size}, in ${seconds.toFixed(1)} s`,
    ),
    ...Object.entries(reconstructed).map(([name, count]) => `${name}: ${count} of ${events} events reconstructed`),
    ...Object.entries(notReconstructed).map(([reason, count]) => `not reconstructed: ${count} events, ${reason}`),
    ...Object.entries(rejected).map(([reason, count]) => `rejected: ${count} ${reason}`),
    ...Object.entries(rejectedBySource).map(([reason, count]) => `rejected: ${count} telescope events, ${reason}`),
    ...Object.entries(skippedBySource).map(([kind, count]) => `skipped: ${count} ${kind}`),
    ...(duplicates > 0 ? [`duplicates: ${duplicates} events have the same ids as an earlier event`] : []),
    ...failures.map(describeComponentFailure),
  ];
  if (outcome.truncated) lines.push('truncated: the input is truncated; events before the truncation were processed');
  return `${lines.map(printable).join('\n')}\n`;
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
