import { camelCase } from '@cherenkit/core';
import { ToyModelEventSource } from '@cherenkit/plugin-toymodel';
import { ThresholdGainSelector } from '@cherenkit/plugin-extractors';
import { makeDirectly } from './direct-component.js';

/** A toy source without configuration files; `values` are traits by their names in code, over those of the URL. */
export function toySource(inputUrl: string, values: object = {}): ToyModelEventSource {
  const query: Record<string, string | number> = {};
  for (const [key, text] of new URLSearchParams(inputUrl.split('?')[1])) {
    query[camelCase(key)] = Number.isNaN(Number(text)) ? text : Number(text);
  }
  const traits = { inputUrl, ...query, ...values };
  return makeDirectly(ToyModelEventSource, undefined, { ToyModelEventSource: traits }, [ThresholdGainSelector]);
}
