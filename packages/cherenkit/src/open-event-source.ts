import { compose, EventSource, objectLayer, type ConfigLayer } from '@cherenkit/core';
import { builtInPlugins } from './built-in-plugins.js';
import { configurationLayers, type Configuration } from './configuration-layers.js';
import { openInput } from './open-input.js';

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
 * @throws ConfigurationError; CherenkitError for an input that cannot be read
 */
export async function openEventSource(
  url: string,
  { allowedTels, ...traits }: EventSourceOptions = {},
  config?: Configuration,
): Promise<EventSource> {
  const plugins = builtInPlugins();
  const { sourceName, bytes } = await openInput(url, plugins.catalog);
  const telescopes = allowedTels === undefined ? {} : { allowedTels: [...allowedTels] };
  const options: ConfigLayer = objectLayer({ [sourceName]: { inputUrl: url, ...telescopes, ...traits } }, 'options');
  const layers = [...(await configurationLayers(config)), options];
  const composition = await compose({ plugins, layers, components: [] });
  const source = await composition.createSource(EventSource, sourceName);
  await source.open(bytes);
  await composition.setSubarray(source.subarray);
  return source;
}
