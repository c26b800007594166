import { objectLayer, type ConfigLayer } from '@cherenkit/core';
import type { ConfigurationSections } from './configuration-sections.js';
import { fileLayers } from './file-layers.js';

type ConfigurationItem = string | ConfigurationSections | ConfigLayer;

/**
 * Path of a configuration file, an object with the keys of one, or a list of these. Later items take precedence. Layers, which
 * `objectLayer` makes of an object of any type, are items as well.
 */
export type Configuration = ConfigurationItem | readonly ConfigurationItem[];

/**
 * Reads the layers of a configuration, in order of increasing precedence.
 *
 * @example
 * ```ts
 * const layers = await configurationLayers({ TailcutsImageCleaner: { picture_threshold_pe: 10 } });
 * const { outcome } = await runTool({ tool: 'ProcessorTool', layers });
 * ```
 *
 * @throws CherenkitError CONFIG_FILE_MISSING; ConfigurationError for an unknown file extension
 */
export async function configurationLayers(config: Configuration | undefined): Promise<ConfigLayer[]> {
  const items: readonly ConfigurationItem[] = isList(config) ? config : config === undefined ? [] : [config];
  const layers: ConfigLayer[] = [];
  for (const item of items) {
    if (typeof item === 'string') layers.push(...(await fileLayers(item)));
    else layers.push(isLayer(item) ? item : objectLayer(item));
  }
  return layers;
}

function isList(config: Configuration | undefined): config is readonly ConfigurationItem[] {
  return Array.isArray(config);
}

function isLayer(item: ConfigurationSections | ConfigLayer): item is ConfigLayer {
  return 'problems' in item && Array.isArray(item.problems);
}
