import { ImageModifier, trait, type EventIndexContainer } from '@cherenkit/core';
import { RandomStream } from '@cherenkit/kernels';

/**
 * Makes images as they would be with less light and more noise: all charges times a factor, and noise on top.
 *
 * The noise of an image follows from the seed, the event and the telescope, so it does not depend on other events.
 */
export class TemplateComponent extends ImageModifier.withTraits({
  throughput: trait.perTelescope(
    trait.number({ default: 1, minimum: 0, help: 'Part of the light that is left, of mirrors that age.' }),
  ),
  noise: trait.perTelescope(
    trait.number({ default: 0, minimum: 0, unit: 'pe', help: 'Standard deviation of the noise to be added.' }),
  ),
  rngSeed: trait.integer({ default: 1, minimum: 0, help: 'Seed of the noise.' }),
}) {
  static override readonly help = 'Less light and more noise.';

  override modify(telId: number, image: Float32Array, { obsId, eventId }: EventIndexContainer): Float32Array {
    const throughput = this.traits.throughput.for(telId);
    const noise = this.traits.noise.for(telId);
    const random = new RandomStream(this.traits.rngSeed, obsId >>> 0, eventId >>> 0, telId);
    return image.map((charge) => throughput * charge + (noise > 0 ? noise * random.normal() : 0));
  }
}
