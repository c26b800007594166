import extractorsPlugin from '@cherenkit/plugin-extractors';
import { ToyModelEventSource } from '@cherenkit/plugin-toymodel';
import { openSource } from '@cherenkit/testing';

/** A source of toy showers; `traits` are values by their names in code. */
export function toySource(inputUrl: string, traits: object = {}): Promise<ToyModelEventSource> {
  return openSource(ToyModelEventSource, { traits: { inputUrl, ...traits }, plugins: [extractorsPlugin] });
}
