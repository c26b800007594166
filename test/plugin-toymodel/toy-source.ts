import type { SubarrayDescription } from '@cherenkit/core';
import { ToyModelEventSource } from '@cherenkit/plugin-toymodel';
import { makeDirectly } from '../direct-component.js';

/** A toy source without configuration files; `values` are traits by their names in code. */
export function toySource(inputUrl: string, values: object = {}): ToyModelEventSource {
  // An event source is made before there is an array.
  const noArray = { telIds: [] } as unknown as SubarrayDescription;
  return makeDirectly(ToyModelEventSource, noArray, { ToyModelEventSource: { inputUrl, ...values } });
}
