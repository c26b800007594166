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
 * The moments of the brightest pixels: those with a part of the charge of the brightest one.
 *
 * What it does not compute keeps its defaults, NaN and -1. Angles are in rad, lengths in m.
 */
export class TemplateComponent extends ImageParametrizer.withTraits({
  minPart: trait.number({ default: 0.1, minimum: 0, maximum: 1, help: 'Least part of the largest charge.' }),
}) {
  static override readonly help = 'Moments of the brightest pixels.';

  override parametrize(
    geometry: CameraGeometry,
    image: Float32Array | Int32Array,
    mask: Uint8Array,
  ): ImageParametersContainer {
    const cleaned = selectedPixels(mask);
    let largest = 0;
    for (const pixel of cleaned) largest = Math.max(largest, image[pixel] ?? 0);
    const least = this.traits.minPart * largest;
    const bright = cleaned.filter((pixel) => (image[pixel] ?? 0) >= least);
    const brightMask = new Uint8Array(mask.length);
    for (const pixel of bright) brightMask[pixel] = 1;

    const moments = hillasParameters(geometry, image, bright); // undefined where there is no axis
    const isInSky = geometry.frame.name === 'TelescopeFrame';
    return new ImageParametersContainer({
      hillas: isInSky
        ? new HillasParametersContainer(moments && { ...moments, fovLon: moments.x, fovLat: moments.y })
        : new CameraHillasParametersContainer(moments),
      morphology: new MorphologyContainer(morphologyParameters(geometry.neighbors, brightMask)),
    });
  }
}
