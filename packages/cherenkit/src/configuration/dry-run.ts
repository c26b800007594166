import type { ResolvedArray } from '@cherenkit/core/internal';
import { optionLayer, type Run, type SubarrayDescription, type TraitOption } from '@cherenkit/core';
import type { PluginChoice } from '../plugins/discover-plugins.js';
import { prepareRun } from '../run/run-request.js';
import { fileLayer } from './configuration-layers.js';

/** The configuration of a dry run. */
export interface DryRunOptions extends Pick<PluginChoice, 'plugins' | 'discovery'> {
  /** Configuration files, in order. */
  readonly files: readonly string[];
  readonly options: readonly TraitOption[];
  /** An input to check the configuration against its telescopes. */
  readonly input?: string | undefined;
}

/**
 * A run of the main program up to where its first event would be read: its configuration is checked, with an input also
 * against its telescopes. It belongs to the caller.
 *
 * @throws ConfigurationError with all mistakes; CherenkitError for an input that cannot be read
 */
export async function dryRun({ files, options, input, plugins, discovery }: DryRunOptions): Promise<Run> {
  const named = input === undefined ? [] : [{ source: `--input ${input}`, key: 'EventSource.input_url', value: input }];
  const layers = [...(await Promise.all(files.map(fileLayer))), optionLayer([...named, ...options])];
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

/** The array of a run, with the values that its telescopes have; undefined where no input was opened. */
export function resolvedArray(run: Run): (ResolvedArray & { readonly subarray: SubarrayDescription }) | undefined {
  const { subarray } = run;
  return subarray && { subarray, resolved: (planned) => run.resolvedValues(planned) };
}
