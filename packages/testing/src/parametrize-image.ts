import {
  concentrationParameters,
  hillasParameters,
  ImageParametersContainer,
  IntensityStatisticsContainer,
  leakageParameters,
  morphologyParameters,
  PeakTimeStatisticsContainer,
  timingParameters,
  type CameraGeometry,
} from '@cherenkit/core';
import { descriptiveStatistics, selectedPixels } from '@cherenkit/kernels';

/**
 * Computes the image parameters of a cleaned image, like `HillasParametrizer`, which belongs to a plugin.
 *
 * @param geometry - geometry in the telescope frame
 */
export function parametrizeImage(
  geometry: CameraGeometry,
  image: Float32Array,
  mask: Uint8Array,
  peakTime: Float32Array,
): ImageParametersContainer {
  const selected = selectedPixels(mask);
  if (selected.length === 0) return new ImageParametersContainer();
  const hillas = hillasParameters(geometry, image, mask);
  return new ImageParametersContainer({
    hillas,
    timing: timingParameters(geometry, image, peakTime, hillas, mask),
    concentration: concentrationParameters(geometry, image, hillas, mask),
    leakage: leakageParameters(geometry, image, mask),
    morphology: morphologyParameters(geometry, mask),
    intensityStatistics: new IntensityStatisticsContainer(descriptiveStatistics(image, selected)),
    peakTimeStatistics: new PeakTimeStatisticsContainer(descriptiveStatistics(peakTime, selected)),
  });
}
