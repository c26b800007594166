import {
  CameraHillasParametersContainer,
  HillasParametersContainer,
  ImageParametersContainer,
  ImageParametrizer,
  MorphologyContainer,
  trait,
  type CameraGeometry,
} from '@cherenkit/core';
import { hillasParameters, morphologyParameters, selectedPixels } from '@cherenkit/kernels';

/**
 * Computes Hillas parameters of the brightest pixels: those above a fraction of the largest charge.
 *
 * Other parameters keep their defaults, NaN and -1. Angles are in rad, lengths in m.
 */
export class TemplateComponent extends ImageParametrizer.withTraits({
  minFraction: trait.number({ default: 0.1, minimum: 0, maximum: 1, help: 'Minimum fraction of the largest charge.' }),
}) {
  static override readonly help = 'Computes Hillas parameters of the brightest pixels.';

  override parametrize(
    geometry: CameraGeometry,
    image: Float32Array | Int32Array,
    mask: Uint8Array,
  ): ImageParametersContainer {
    const cleaned = selectedPixels(mask);
    let largest = 0;
    for (const pixel of cleaned) largest = Math.max(largest, image[pixel] ?? 0);
    const threshold = this.traits.minFraction * largest;
    const bright = cleaned.filter((pixel) => (image[pixel] ?? 0) >= threshold);
    const brightMask = new Uint8Array(mask.length);
    for (const pixel of bright) brightMask[pixel] = 1;

    const moments = hillasParameters(geometry, image, bright); // undefined if there is no axis
    const isTelescopeFrame = geometry.frame.name === 'TelescopeFrame';
    return new ImageParametersContainer({
      hillas: isTelescopeFrame
        ? new HillasParametersContainer(moments && { ...moments, fovLon: moments.x, fovLat: moments.y })
        : new CameraHillasParametersContainer(moments),
      morphology: new MorphologyContainer(morphologyParameters(geometry.neighbors, brightMask)),
    });
  }
}
