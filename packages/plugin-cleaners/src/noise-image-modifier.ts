import { ImageModifier, trait, type EventIndexContainer } from '@cherenkit/core';
import { addNoise, RandomStream, smearImage } from '@cherenkit/kernels';

const pe = { default: 0, minimum: 0, unit: 'pe' };

/**
 * Makes simulated images look like those of brighter nights and worse optics: smears them, adds Poisson noise, and a bias
 * to dim pixels.
 *
 * The random numbers of an image follow from the seed, the event and the telescope, so an image does not depend on those
 * before it. Source: ctapipe 0.32 `ImageModifier`.
 */
export class NoiseImageModifier extends ImageModifier.withTraits({
  psfSmearFactor: trait.perTelescope(
    trait.number({
      default: 0,
      minimum: 0,
      maximum: 1,
      help: 'Expected part of the light that moves to neighbouring pixels.',
    }),
  ),
  noiseTransitionCharge: trait.perTelescope(
    trait.number({ default: 0, unit: 'pe', help: 'Pixels above this are bright, the others dim.' }),
  ),
  noiseBiasDimPixels: trait.perTelescope(
    trait.number({ default: 0, unit: 'pe', help: 'Added to dim pixels, where there is noise.' }),
  ),
  noiseLevelDimPixels: trait.perTelescope(trait.number({ ...pe, help: 'Expected noise in dim pixels.' })),
  noiseLevelBrightPixels: trait.perTelescope(trait.number({ ...pe, help: 'Expected noise in bright pixels.' })),
  noiseCorrectBias: trait.perTelescope(
    trait.boolean({ default: true, help: 'Subtract the expected noise from the image.' }),
  ),
  rngSeed: trait.integer({ default: 1337, minimum: 0, help: 'Seed of the random numbers.' }),
}) {
  static override readonly help = 'Adds noise to images and widens their spots.';

  override modify(telId: number, image: Float32Array, { obsId, eventId }: EventIndexContainer): Float32Array {
    const { traits } = this;
    const random = new RandomStream(traits.rngSeed, obsId >>> 0, eventId >>> 0, telId);
    const fraction = traits.psfSmearFactor.for(telId);
    const { neighbors } = this.context.subarray.telescope(telId).camera.geometry;
    const modified = fraction > 0 ? smearImage(neighbors, image, fraction, random) : image.slice();
    const noise = {
      transitionCharge: traits.noiseTransitionCharge.for(telId),
      levelDim: traits.noiseLevelDimPixels.for(telId),
      levelBright: traits.noiseLevelBrightPixels.for(telId),
      biasDim: traits.noiseBiasDimPixels.for(telId),
      correctBias: traits.noiseCorrectBias.for(telId),
    };
    if (noise.levelDim > 0 || noise.levelBright > 0) addNoise(modified, noise, random);
    return modified;
  }
}
