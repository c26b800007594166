import { ToyModelEventSource } from '@cherenkit/plugin-toymodel';
import { ThresholdGainSelector } from '@cherenkit/plugin-extractors';
import { makeDirectly } from '../support/direct-component.js';

/** A toy source without configuration files; `values` are traits by their names in code. */
export function toySource(inputUrl: string, values: object = {}): ToyModelEventSource {
  return makeDirectly(ToyModelEventSource, undefined, { ToyModelEventSource: { inputUrl, ...values } }, [
    ThresholdGainSelector,
  ]);
}
