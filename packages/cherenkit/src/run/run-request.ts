import { Run, type PluginRegistry, type RunSettings, type ProvidedService } from '@cherenkit/core';
import { discoverPlugins, type PluginChoice } from '../plugins/discover-plugins.js';

/**
 * A run as plain data: what is configured, which plugins to look for, which events to process. It survives
 * `structuredClone` and JSON, so that a worker or another machine can make the same run of it.
 */
export interface RunRequest extends RunSettings {
  /** By default the plugins that are found from the working directory and from the files of `layers`. */
  readonly plugins?: Omit<PluginChoice, 'layers'> | undefined;
}

/**
 * Finds the plugins of a run and checks its configuration.
 *
 * @param registry - the plugins, where they have been found already
 * @throws ConfigurationError, CherenkitError PLUGIN_UNUSABLE
 */
export async function prepareRun(
  { plugins, ...settings }: RunRequest,
  services: readonly ProvidedService[] = [],
  registry?: PluginRegistry,
): Promise<Run> {
  const found = registry ?? (await discoverPlugins({ ...plugins, layers: settings.layers ?? [] }));
  return Run.prepare(settings, { plugins: found, services });
}
