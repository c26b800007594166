import { ImageModifier, trait, type EventIndexContainer } from '@cherenkit/core';
import { RandomStream } from '@cherenkit/kernels';

/**
 * Scales all charges by a factor and adds Gaussian noise.
 *
 * The noise of an image is seeded by the seed, the event and the telescope, so it does not depend on other events.
 */
export class TemplateComponent extends ImageModifier.withTraits({
  throughput: trait.perTelescope(
    trait.number({ default: 1, minimum: 0, help: 'Scale factor of all charges, for example for aged mirrors.' }),
  ),
  noise: trait.perTelescope(
    trait.number({ default: 0, minimum: 0, unit: 'pe', help: 'Standard deviation of the added noise.' }),
  ),
  rngSeed: trait.integer({ default: 1, minimum: 0, help: 'Seed of the noise.' }),
}) {
  static override readonly help = 'Scales charges and adds noise.';

  override modify(telId: number, image: Float32Array, { obsId, eventId }: EventIndexContainer): Float32Array {
    const throughput = this.traits.throughput.for(telId);
    const noise = this.traits.noise.for(telId);
    const random = new RandomStream(this.traits.rngSeed, obsId >>> 0, eventId >>> 0, telId);
    return image.map((charge) => throughput * charge + (noise > 0 ? noise * random.normal() : 0));
  }
}
