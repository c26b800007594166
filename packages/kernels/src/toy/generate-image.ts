import type { RandomStream } from '../random/index.js';
import type { PhotoElectrons } from '../units.js';

/** Random image and its components, per pixel. */
export interface GeneratedImage {
  /** Signal plus noise minus the mean of the noise. */
  readonly image: Float32Array;
  readonly signal: Int32Array;
  readonly noise: Int32Array;
}

/**
 * Expected charge of each pixel: light density times pixel area, scaled to a total intensity. Source: ctapipe 0.32
 * `ImageModel.expected_signal`.
 */
export function expectedSignal(density: Float64Array, pixArea: Float64Array, intensity: PhotoElectrons): Float64Array {
  return density.map((light, pixel) => light * intensity * pixArea[pixel]);
}

/**
 * Generates an image with Poisson fluctuations of signal and night-sky background. Source: ctapipe 0.32
 * `ImageModel.generate_image`.
 *
 * @param expected - p.e. of each pixel, see {@link expectedSignal}
 * @param nsbLevel - mean night-sky background per pixel
 */
export function generateImage(random: RandomStream, expected: Float64Array, nsbLevel: PhotoElectrons): GeneratedImage {
  const signal = Int32Array.from(expected, (mean) => random.poisson(mean));
  const noise = Int32Array.from(expected, () => random.poisson(nsbLevel));
  let sum = 0;
  for (let pixel = 0; pixel < noise.length; pixel++) sum += noise[pixel];
  const mean = sum / noise.length;
  return { image: Float32Array.from(signal, (charge, pixel) => charge + noise[pixel] - mean), signal, noise };
}
