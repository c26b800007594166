import { optionLayer, type TraitOption } from '@cherenkit/core';
import { ActivityRecord, recordActivity } from './activity-record.js';
import { flagOptions, type ProcessFlags } from './commands/process-flags.js';
import { pluginChoice } from './commands/plugin-flags.js';
import { fileLayer } from './configuration-layers.js';
import { describeSummary } from './describe-summary.js';
import { interruptible } from './interruption.js';
import { processFile, type ProcessOptions } from './process-file.js';
import type { ProcessSummary } from './process-summary.js';
import { discoverPlugins } from './plugins/discover-plugins.js';
import { ProgressBar } from './progress-bar.js';
import { openRunLog } from './run-log.js';

/**
 * `cherenkit process`, its command line parsed: messages and progress go to standard error, the summary to standard output.
 *
 * @param settings - the traits that `--set` and `--Component.trait` give values
 * @param version - of cherenkit, for the provenance
 */
export async function runProcess(
  flags: ProcessFlags,
  settings: readonly TraitOption[],
  version: string,
): Promise<void> {
  const { quiet, progress = process.stderr.isTTY, config = [] } = flags;
  const bar = progress && !quiet ? new ProgressBar(process.stderr) : undefined;
  using log = openRunLog({
    consoleLevel: quiet ? undefined : flags.verbose ? 'debug' : (flags['log-level'] ?? 'warning'),
    writeToConsole: (text) => (bar ? bar.writeAbove(text) : process.stderr.write(text)),
    file: flags['log-file'],
    fileLevel: flags['log-file-level'] ?? 'info',
  });
  const provenance = new ActivityRecord('cherenkit-process', version);
  for (const url of config) provenance.addInput({ url, role: 'Tool Configuration' });
  const files = await Promise.all(config.map(fileLayer));
  const options: ProcessOptions = {
    plugins: discoverPlugins({ layers: files, ...pluginChoice(flags) }),
    layers: [...files, optionLayer([...flagOptions(flags), ...settings])],
    logger: log.logger,
    provenance,
    failFast: flags['fail-fast'],
    strictPatterns: flags['strict-patterns'],
    onConfiguration: (configuration) => {
      provenance.configuration = configuration;
      log.logger.debug(`configuration: ${JSON.stringify(configuration)}`);
    },
    onProgress: (now) => bar?.update(now),
  };
  try {
    const run = (): Promise<ProcessSummary> => interruptible((signal) => processFile({ ...options, signal }));
    const summary = await recordActivity(provenance, flags['provenance-log'], run);
    bar?.finish();
    if (!quiet) process.stdout.write(describeSummary(summary));
  } finally {
    bar?.finish();
  }
}
