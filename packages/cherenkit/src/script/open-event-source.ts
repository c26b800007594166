import { openRunSource } from '@cherenkit/core/internal';
import { objectLayer, type EventSource, type ProvidedService } from '@cherenkit/core';
import type { EventSourceOptionTraits } from '../configuration/built-in-sections.js';
import { configurationLayers, type Configuration } from '../configuration/configuration-layers.js';
import type { PluginChoice } from '../plugins/discover-plugins.js';
import { prepareRun } from '../run/run-request.js';

/** Traits of event sources for `EventSource.open`. */
export interface EventSourceOptions extends Omit<EventSourceOptionTraits, 'inputUrl' | 'allowedTels'> {
  /** Telescopes to read, by their ids; others are left out of the subarray. Default: all. */
  readonly allowedTels?: Iterable<number> | undefined;
}

/** Further options of `EventSource.open`. */
export interface OpenOptions {
  readonly config?: Configuration | undefined;
  /** Plugins to use. Default: those found from the working directory and the files of `config`. */
  readonly plugins?: Omit<PluginChoice, 'layers'> | undefined;
  /** Services to provide to components, such as a logger. */
  readonly services?: readonly ProvidedService[];
}

/**
 * Opens an input with the event source that can read it, and reads the description of the array. Dispose the source to close
 * the input.
 *
 * @example
 * ```ts
 * await using source = await EventSource.open('gamma.simtel.zst', { maxEvents: 5 });
 * for await (const event of source) console.log(event.index.eventId);
 * ```
 *
 * @param url - path or URL such as `toymodel:`
 * @param traits - traits of the event source; they take precedence over `config`
 * @throws ConfigurationError; CherenkitError if the input cannot be read
 */
export async function openEventSource(
  url: string,
  { allowedTels, ...traits }: EventSourceOptions = {},
  { config, plugins, services }: OpenOptions = {},
): Promise<EventSource> {
  const telescopes = allowedTels === undefined ? {} : { allowedTels: [...allowedTels] };
  const options = objectLayer({ EventSource: { inputUrl: url, ...telescopes, ...traits } }, 'options');
  const layers = [...(await configurationLayers(config)), { ...options, overrides: true }];
  return openRunSource(await prepareRun({ layers, components: [], plugins }, services));
}
