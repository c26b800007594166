import { Run, type PluginRegistry, type RunSettings, type ProvidedService } from '@cherenkit/core';
import { discoverPlugins, type PluginChoice } from '../plugins/discover-plugins.js';

/**
 * Description of a run as plain data: configuration, plugins and range of events. It can be passed through
 * `structuredClone` and JSON, so that a worker or another machine can execute the same run.
 */
export interface RunRequest extends RunSettings {
  /** Plugins to use. Default: those found from the working directory and the files of `layers`. */
  readonly plugins?: Omit<PluginChoice, 'layers'> | undefined;
}

/**
 * Prepares a run: finds its plugins and checks its configuration. The caller disposes the run.
 *
 * @example
 * ```ts
 * await using run = await prepareRun({ tool: 'ProcessorTool', layers });
 * const source = await run.open();
 * ```
 *
 * @param services - services to provide to components, such as a logger
 * @param registry - plugins, if they were already discovered
 * @throws ConfigurationError; CherenkitError PLUGIN_UNUSABLE
 */
export async function prepareRun(
  { plugins, ...settings }: RunRequest,
  services: readonly ProvidedService[] = [],
  registry?: PluginRegistry,
): Promise<Run> {
  const found = registry ?? (await discoverPlugins({ ...plugins, layers: settings.layers ?? [] }));
  return Run.prepare(settings, { plugins: found, services });
}
