import { checkConfiguration, Composition, type CompositionOptions } from '@cherenkit/core/internal';

/** A composition whose configuration passed the static check. */
export async function compose(options: CompositionOptions): Promise<Composition> {
  return new Composition(await checkConfiguration(options));
}
