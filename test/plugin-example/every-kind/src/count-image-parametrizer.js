import {
  CameraHillasParametersContainer,
  HillasParametersContainer,
  ImageParametersContainer,
  ImageParametrizer,
  MorphologyContainer,
} from '@cherenkit/core';
import { hillasParameters, selectedPixels } from '@cherenkit/kernels';

export class CountImageParametrizer extends ImageParametrizer {
  static help = 'Computes Hillas parameters and counts pixels.';

  parametrize(geometry, image, mask) {
    const pixels = selectedPixels(mask);
    const moments = hillasParameters(geometry, image, pixels); // undefined for an image without an axis
    const hillas =
      geometry.frame.name === 'TelescopeFrame'
        ? new HillasParametersContainer(moments && { ...moments, fovLon: moments.x, fovLat: moments.y })
        : new CameraHillasParametersContainer(moments);
    return new ImageParametersContainer({ hillas, morphology: new MorphologyContainer({ nPixels: pixels.length }) });
  }
}
