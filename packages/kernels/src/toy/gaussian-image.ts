import { ellipseCoordinates, type ImageEllipse } from './image-ellipse.js';

/**
 * Light per unit of area at each pixel, of an elliptic spot of 1 in all. Source: ctapipe 0.32 `toymodel.Gaussian`.
 *
 * @param pixX - pixel centres, as are the pixY
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
