import { checkConfiguration, Composition, type CompositionOptions } from '@cherenkit/core/internal';

/** Creates a composition after the static check of its configuration. */
export async function compose(options: CompositionOptions): Promise<Composition> {
  return new Composition(await checkConfiguration(options));
}
