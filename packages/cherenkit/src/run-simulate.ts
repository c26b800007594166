import { optionLayer, type TraitOption } from '@cherenkit/core';
import { pluginChoice } from './commands/plugin-flags.js';
import type { SimulateFlags } from './commands/simulate-flags.js';
import { fileLayer } from './configuration-layers.js';
import { describeSimulation } from './describe-simulation.js';
import { interruptible } from './interruption.js';
import { discoverPlugins } from './plugins/discover-plugins.js';
import { ProgressBar } from './progress-bar.js';
import { openRunLog } from './run-log.js';
import { simulateFile } from './simulate-file.js';
import { toymodelUrl } from './toymodel-url.js';

/**
 * `cherenkit simulate`, its command line parsed: messages and progress go to standard error, the summary to standard output.
 *
 * @param settings - the traits that `--set` and `--Component.trait` give values
 */
export async function runSimulate(flags: SimulateFlags, settings: readonly TraitOption[]): Promise<void> {
  const { quiet, progress = process.stderr.isTTY, config = [], overwrite, output: outputPath } = flags;
  const { array, particle, events, showers, calibration, seed } = flags;
  const url = toymodelUrl(flags.input, { array, particle, events, showers, calibration, seed });
  const bar = progress && !quiet ? new ProgressBar(process.stderr) : undefined;
  using log = openRunLog({
    consoleLevel: quiet ? undefined : flags.verbose ? 'debug' : (flags['log-level'] ?? 'warning'),
    writeToConsole: (text) => (bar ? bar.writeAbove(text) : process.stderr.write(text)),
    fileLevel: 'info',
  });
  const files = await Promise.all(config.map(fileLayer));
  const layers = [...files, optionLayer(settings)];
  const plugins = discoverPlugins({ layers: files, ...pluginChoice(flags) });
  try {
    const { logger } = log;
    const onProgress: ProgressBar['update'] = (now) => bar?.update(now);
    const summary = await interruptible((signal) =>
      simulateFile({ url, outputPath, overwrite, layers, plugins, logger, onProgress, signal }),
    );
    bar?.finish();
    if (!quiet) process.stdout.write(describeSimulation(summary));
  } finally {
    bar?.finish();
  }
}
