import { optionLayer, type TraitOption } from '@cherenkit/core';
import { ActivityRecord, recordActivity } from './activity-record.js';
import { flagOptions, type ProcessFlags } from './commands/process-flags.js';
import { fileLayer } from './configuration-layers.js';
import { describeSummary } from './describe-summary.js';
import { interruptible } from './interruption.js';
import { processFile } from './process-file.js';
import type { ProcessProgress } from './process-summary.js';
import { ProgressBar } from './progress-bar.js';
import { openRunLog } from './run-log.js';

/**
 * `cherenkit process`, its command line parsed: messages and progress go to standard error, the summary to standard output.
 *
 * @param options - traits set by `--set` and `--Component.trait`
 * @param version - of cherenkit, for the provenance
 */
export async function runProcess(flags: ProcessFlags, options: readonly TraitOption[], version: string): Promise<void> {
  const { quiet, progress = process.stderr.isTTY } = flags;
  const bar = progress && !quiet ? new ProgressBar(process.stderr) : undefined;
  using log = openRunLog({
    consoleLevel: quiet ? undefined : flags.verbose ? 'debug' : (flags['log-level'] ?? 'warning'),
    writeToConsole: (text) => (bar ? bar.writeAbove(text) : process.stderr.write(text)),
    file: flags['log-file'],
    fileLevel: flags['log-file-level'] ?? 'info',
  });
  const { logger } = log;
  const provenance = new ActivityRecord('cherenkit-process', version);
  const files = await Promise.all((flags.config ?? []).map(fileLayer));
  const layers = [...files, optionLayer([...flagOptions(flags), ...options])];
  const onProgress = (now: ProcessProgress): void => bar?.update(now);
  try {
    const summary = await recordActivity(provenance, flags['provenance-log'], () =>
      interruptible((signal) => processFile({ layers, logger, provenance, onProgress, signal })),
    );
    bar?.finish();
    if (!quiet) process.stdout.write(describeSummary(summary));
  } finally {
    bar?.finish();
  }
}
