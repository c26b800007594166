import type { ResolvedArray } from '@cherenkit/core/internal';
import { optionLayer, type Run, type SubarrayDescription, type TraitOption } from '@cherenkit/core';
import type { PluginChoice } from '../plugins/discover-plugins.js';
import { checkStandardInput } from '../run/distinct-files.js';
import { prepareRun } from '../run/run-request.js';
import { fileLayers } from './file-layers.js';

/** Options of a dry run. */
export interface DryRunOptions extends Pick<PluginChoice, 'plugins' | 'discovery'> {
  /** Paths of configuration files, in order of increasing precedence. */
  readonly files: readonly string[];
  /** Traits set on the command line. */
  readonly options: readonly TraitOption[];
  /** Input whose array the configuration is checked against. */
  readonly input?: string | undefined;
}

/**
 * Prepares a run of `cherenkit process` without processing events: checks the configuration and, if an input is given,
 * checks it against the array. The caller disposes the run.
 *
 * @throws ConfigurationError with all problems; CherenkitError if the input cannot be read
 */
export async function dryRun({ files, options, input, plugins, discovery }: DryRunOptions): Promise<Run> {
  const read = [
    ...files.map((path) => ({ use: '--config', path })),
    ...(input === undefined ? [] : [{ use: '--input', path: input }]),
  ];
  checkStandardInput(read);
  const inputOption =
    input === undefined ? [] : [{ source: `--input ${input}`, key: 'EventSource.input_url', value: input }];
  const layers = [...(await Promise.all(files.map(fileLayers))).flat(), optionLayer([...inputOption, ...options])];
  const run = await prepareRun({ layers, tool: 'ProcessorTool', plugins: { plugins, discovery } });
  if (input === undefined) return run;
  try {
    await run.open();
    return run;
  } catch (error) {
    await run[Symbol.asyncDispose]();
    throw error;
  }
}

/** Array of a run with the trait values of its telescopes; undefined if no input was opened. */
export function resolvedArray(run: Run): (ResolvedArray & { readonly subarray: SubarrayDescription }) | undefined {
  const { subarray } = run;
  return subarray && { subarray, resolved: (planned) => run.resolvedValues(planned) };
}
