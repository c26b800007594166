import { ImageModifier, trait, type EventIndexContainer } from '@cherenkit/core';
import { addNoise, RandomStream, smearImage } from '@cherenkit/kernels';

const pe = { default: 0, minimum: 0, unit: 'pe' };

/**
 * Adapts simulated images to a higher night-sky background and a wider point spread function: moves charge to
 * neighbouring pixels, adds Poisson noise, and adds a bias to dim pixels.
 *
 * The random numbers depend on seed, event and telescope only, not on other images. Source: ctapipe 0.32
 * `ImageModifier`.
 */
export class NoiseImageModifier extends ImageModifier.withTraits({
  psfSmearFactor: trait.perTelescope(
    trait.number({
      default: 0,
      minimum: 0,
      maximum: 1,
      help: 'Expected fraction of the light that moves to neighbouring pixels.',
    }),
  ),
  noiseTransitionCharge: trait.perTelescope(
    trait.number({ default: 0, unit: 'pe', help: 'Charge above which a pixel counts as bright; the others are dim.' }),
  ),
  noiseBiasDimPixels: trait.perTelescope(
    trait.number({ default: 0, unit: 'pe', help: 'Offset added to dim pixels, if noise is added.' }),
  ),
  noiseLevelDimPixels: trait.perTelescope(trait.number({ ...pe, help: 'Mean noise of dim pixels.' })),
  noiseLevelBrightPixels: trait.perTelescope(trait.number({ ...pe, help: 'Mean noise of bright pixels.' })),
  noiseCorrectBias: trait.perTelescope(
    trait.boolean({ default: true, help: 'Subtract the mean noise from the image.' }),
  ),
  rngSeed: trait.integer({ default: 1337, minimum: 0, help: 'Seed of the random number generator.' }),
}) {
  static override readonly help = 'Adds noise to images and widens their point spread function.';

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
