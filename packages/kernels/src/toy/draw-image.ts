import type { RandomStream } from '../random/index.js';
import type { PhotoElectrons } from '../units.js';

/** A random image and what it is made of, per pixel. */
export interface DrawnImage {
  /** Signal and noise less the mean of the noise. */
  readonly image: Float32Array;
  readonly signal: Int32Array;
  readonly noise: Int32Array;
}

/** Charge expected in each pixel: density of the light times area of the pixel, for so much light in all. */
export function expectedSignal(density: Float64Array, pixArea: Float64Array, intensity: PhotoElectrons): Float64Array {
  return density.map((light, pixel) => light * intensity * pixArea[pixel]);
}

/**
 * An image with the fluctuations of its light and of that of the night sky. Source: ctapipe 0.32 `ImageModel.generate_image`.
 *
 * @param expected - p.e. of each pixel, see {@link expectedSignal}
 * @param nsbLevel - mean light of the night sky in a pixel
 */
export function drawImage(random: RandomStream, expected: Float64Array, nsbLevel: PhotoElectrons): DrawnImage {
  const signal = Int32Array.from(expected, (mean) => random.poisson(mean));
  const noise = Int32Array.from(expected, () => random.poisson(nsbLevel));
  let sum = 0;
  for (let pixel = 0; pixel < noise.length; pixel++) sum += noise[pixel];
  const mean = sum / noise.length;
  return { image: Float32Array.from(signal, (charge, pixel) => charge + noise[pixel] - mean), signal, noise };
}
