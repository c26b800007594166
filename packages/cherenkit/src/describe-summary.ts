import type { ComponentFailure } from '@cherenkit/core';
import { byteCount } from './byte-count.js';
import type { ProcessSummary } from './process-summary.js';

/** The closing words of a run, some lines for people. */
export function describeSummary(summary: ProcessSummary): string {
  const {
    events,
    telescopeEvents,
    reconstructed,
    notReconstructed,
    dropped,
    skipped,
    failed,
    truncated,
    seconds,
    outputBytes,
    outputPath,
  } = summary;
  const lines = [
    `${outputPath}: ${events} events, ${telescopeEvents} telescope events, ${byteCount(outputBytes)}, in ${seconds.toFixed(1)} s`,
    ...Object.entries(reconstructed).map(([name, count]) => `${name}: ${count} of ${events} events reconstructed`),
    ...Object.entries(notReconstructed).map(([reason, count]) => `not reconstructed: ${count} events, ${reason}`),
    ...Object.entries(dropped).map(([reason, count]) => `dropped: ${count} ${reason}`),
    ...Object.entries(skipped).map(([reason, count]) => `skipped: ${count} telescope events, ${reason}`),
    ...failed.map(describeComponentFailure),
  ];
  if (truncated) lines.push('truncated: the input breaks off; what came before is kept');
  return `${lines.join('\n')}\n`;
}

/** `FAILED: PlaneFitReconstructor of plugin plane-fit, 3 times; first for event 4 of observation 1: no template` */
export function describeComponentFailure({ component, plugin, count, first }: ComponentFailure): string {
  const who = plugin === undefined ? component : `${component} of plugin ${plugin}`;
  return `FAILED: ${who}, ${count === 1 ? 'once; it was' : `${count} times; first`} for ${first}`;
}
