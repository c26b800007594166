import { openRunSource } from '@cherenkit/core/internal';
import { objectLayer, type EventSource, type ProvidedService } from '@cherenkit/core';
import { configurationLayers, type Configuration } from '../configuration/configuration-layers.js';
import type { PluginChoice } from '../plugins/discover-plugins.js';
import { prepareRun } from '../run/run-request.js';

/** Options of `EventSource.open`: traits of the source, in the spelling of code or of files. */
export interface EventSourceOptions {
  readonly maxEvents?: number;
  readonly allowedTels?: Iterable<number>;
  readonly allowTruncated?: boolean;
  readonly [trait: string]: unknown;
}

/** What else `EventSource.open` may be given. */
export interface OpenOptions {
  readonly config?: Configuration | undefined;
  /** By default the plugins that are found from the working directory and the files of `config`. */
  readonly plugins?: Omit<PluginChoice, 'layers'> | undefined;
  readonly services?: readonly ProvidedService[];
}

/**
 * Opens an input: finds the event source that reads it and reads up to where the array is known. Dispose the source to
 * close the input.
 *
 * ```ts
 * await using source = await EventSource.open('gamma.simtel.zst', { maxEvents: 5 });
 * for await (const event of source) console.log(event.index.eventId);
 * ```
 *
 * @param url - a path, or a URL such as `toymodel:`
 * @param traits - of the source; they win over those of `config`
 * @throws ConfigurationError; CherenkitError for an input that cannot be read
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
