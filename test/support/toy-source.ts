import { camelCase } from '@cherenkit/core';
import extractorsPlugin from '@cherenkit/plugin-extractors';
import { ToyModelEventSource } from '@cherenkit/plugin-toymodel';
import { openSource } from '@cherenkit/testing';

/** A source of toy showers; `values` are traits by their names in code, over those of the URL. */
export function toySource(inputUrl: string, values: object = {}): Promise<ToyModelEventSource> {
  const query: Record<string, string | number> = {};
  for (const [key, text] of new URLSearchParams(inputUrl.split('?')[1])) {
    query[camelCase(key)] = Number.isNaN(Number(text)) ? text : Number(text);
  }
  const traits = { inputUrl, ...query, ...values };
  return openSource(ToyModelEventSource, { traits, plugins: [extractorsPlugin] });
}
