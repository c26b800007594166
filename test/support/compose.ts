import { checkConfiguration, Composition, type CompositionOptions } from '@cherenkit/core';

/** A composition whose configuration passed the static check. */
export async function compose(options: CompositionOptions): Promise<Composition> {
  return new Composition(await checkConfiguration(options));
}
