import {
  compose,
  EventSource,
  objectLayer,
  type ConfigLayer,
  type EventSourceOpener,
  type PluginRegistry,
  snakeCase,
} from '@cherenkit/core';
import { configurationLayers, type Configuration } from './configuration-layers.js';
import { openInput } from './open-input.js';
import { discoverPlugins } from './plugins/discover-plugins.js';

/** Options of `EventSource.open`: traits of the source, in the spelling of code or of files. */
export interface EventSourceOptions {
  readonly maxEvents?: number;
  readonly allowedTels?: Iterable<number>;
  readonly allowTruncated?: boolean;
  readonly [trait: string]: unknown;
}

/**
 * Opens an input: finds the event source that reads it and goes up to where the array is known.
 *
 * @param url - a path, or a URL such as `toymodel:`
 * @param options - traits of the source, over those of `config`
 * @param plugins - by default those that are found from the working directory and the files of `config`
 * @throws ConfigurationError; CherenkitError for an input that cannot be read
 */
export async function openEventSource(
  url: string,
  { allowedTels, ...traits }: EventSourceOptions = {},
  config?: Configuration,
  plugins?: PluginRegistry,
): Promise<EventSource> {
  const configured = await configurationLayers(config);
  const registry = plugins ?? discoverPlugins({ layers: configured });
  const telescopes = allowedTels === undefined ? {} : { allowedTels: [...allowedTels] };
  return open(url, configured, registry, () => ({ ...telescopes, ...traits }));
}

/** Opens further inputs of a run, with these plugins. */
export function eventSourceOpener(plugins: PluginRegistry): EventSourceOpener {
  return {
    open: (url, traits) =>
      open(url, [], plugins, (known) =>
        Object.fromEntries(Object.entries(traits).filter(([name]) => known.has(snakeCase(name)))),
      ),
  };
}

/** @param traitsOf - given the names in files of the traits that the source has, the values for some */
async function open(
  url: string,
  configured: readonly ConfigLayer[],
  plugins: PluginRegistry,
  traitsOf: (known: ReadonlyMap<string, unknown>) => Readonly<Record<string, unknown>>,
): Promise<EventSource> {
  const { sourceName, bytes } = await openInput(url, plugins);
  const traits = traitsOf(plugins.catalog.traits(sourceName));
  const options = { ...objectLayer({ [sourceName]: { inputUrl: url, ...traits } }, 'options'), overrides: true };
  const composition = await compose({ plugins, layers: [...configured, options], components: [] });
  const source = await composition.createSource(EventSource, sourceName);
  await source.open(bytes);
  await composition.setSubarray(source.subarray);
  return source;
}
