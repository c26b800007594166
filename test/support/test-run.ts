import type { Composition, CompositionOptions } from '@cherenkit/core/internal';
import {
  ConfigurationError,
  installedPlugin,
  PluginRegistry,
  readConfigFile,
  type InstalledPlugin,
} from '@cherenkit/core';
import { examplePlugin, ProcessorTool, standardPlugin } from './test-components.js';
import { arrayOf } from './test-array.js';
import { compose } from './compose.js';

export const standard = installedPlugin(standardPlugin);
export const example = installedPlugin(examplePlugin, '@third-party/example');

/** Two LSTs and an MST. */
export const subarray = arrayOf({ 1: 'LST_LST_LSTCam', 2: 'LST_LST_LSTCam', 5: 'MST_MST_NectarCam' });

/** A composition of a run of the ProcessorTool whose configuration passed all checks. */
export async function composeRun(
  yaml: string,
  plugins: readonly InstalledPlugin[] = [standard],
  options: Partial<CompositionOptions> = {},
): Promise<Composition> {
  const composition = await compose({
    plugins: new PluginRegistry(plugins),
    layers: [await readConfigFile(yaml, 'run.yaml')],
    root: 'ProcessorTool',
    ...options,
  });
  await composition.setSubarray(subarray);
  return composition;
}

export async function build(yaml: string, plugins?: readonly InstalledPlugin[]): Promise<ProcessorTool> {
  return (await composeRun(yaml, plugins)).create(ProcessorTool, 'ProcessorTool');
}

/** The lines of the error that a run is rejected with, including warnings, or the warnings of a valid run. */
export async function problemsOf(
  yaml: string,
  plugins?: readonly InstalledPlugin[],
  options?: Partial<CompositionOptions>,
): Promise<string[]> {
  try {
    const { warnings } = await composeRun(yaml, plugins, options);
    return warnings.map(({ at, message }) => `${at?.source}:${at?.line}:${at?.column}: warning: ${message}`);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message.split('\n');
    throw error;
  }
}
