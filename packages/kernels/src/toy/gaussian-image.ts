import { power } from '../numeric/index.js';
import { ellipseCoordinates, type ImageEllipse } from './image-ellipse.js';
import { normalCdf } from './normal-cdf.js';

/**
 * Elliptical Gaussian: light per unit area at each pixel, with an integral of 1. Source: ctapipe 0.32
 * `toymodel.Gaussian`.
 */
export function gaussianImage(pixX: Float64Array, pixY: Float64Array, ellipse: ImageEllipse): Float64Array {
  const along = new Float64Array(pixX.length);
  const across = new Float64Array(pixX.length);
  ellipseCoordinates(ellipse, pixX, pixY, along, across);
  const { length, width } = ellipse;
  const density = 1 / (2 * Math.PI * length * width);
  for (let pixel = 0; pixel < along.length; pixel++) {
    const [u, v] = [along[pixel] / length, across[pixel] / width];
    along[pixel] = density * Math.exp(-(u * u + v * v) / 2);
  }
  return along;
}

/** The largest skewness of a skew normal distribution. */
const MAX_SKEWNESS = 0.9952717464311565;

/**
 * Elliptical spot like {@link gaussianImage} but skewed along the major axis: a skew normal distribution of the same
 * mean and standard deviation.
 *
 * Source: ctapipe 0.32 `toymodel.SkewedGaussian`; A. Azzalini, Scand. J. Statist. 12 (1985) 171.
 *
 * @param skewness - third standardized moment along the axis
 * @throws RangeError unless the absolute skewness is below 0.995
 */
export function skewedGaussianImage(
  pixX: Float64Array,
  pixY: Float64Array,
  ellipse: ImageEllipse,
  skewness: number,
): Float64Array {
  if (!(Math.abs(skewness) < MAX_SKEWNESS)) {
    throw new RangeError(`skewedGaussianImage: expected a skewness between -0.995 and 0.995, found ${skewness}`);
  }
  const along = new Float64Array(pixX.length);
  const across = new Float64Array(pixX.length);
  ellipseCoordinates(ellipse, pixX, pixY, along, across);
  const { length, width } = ellipse;
  const scaled = power(Math.abs(skewness), 2 / 3);
  const delta = Math.sign(skewness) * Math.sqrt(((Math.PI / 2) * scaled) / (scaled + power((4 - Math.PI) / 2, 2 / 3)));
  const shape = delta / Math.sqrt(1 - delta * delta);
  const scale = length / Math.sqrt(1 - (2 * delta * delta) / Math.PI);
  const start = -scale * delta * Math.sqrt(2 / Math.PI);
  const density = 1 / (Math.PI * scale * width);
  for (let pixel = 0; pixel < along.length; pixel++) {
    const [u, v] = [(along[pixel] - start) / scale, across[pixel] / width];
    along[pixel] = density * Math.exp(-(u * u + v * v) / 2) * normalCdf(shape * u);
  }
  return along;
}
