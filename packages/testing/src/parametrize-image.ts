import {
  concentrationParameters,
  descriptiveStatistics,
  hillasParameters,
  leakageParameters,
  morphologyParameters,
  selectedPixels,
  timingParameters,
} from '@cherenkit/kernels';

import {
  ConcentrationContainer,
  HillasParametersContainer,
  ImageParametersContainer,
  IntensityStatisticsContainer,
  LeakageContainer,
  MorphologyContainer,
  PeakTimeStatisticsContainer,
  TimingParametersContainer,
  type CameraGeometry,
} from '@cherenkit/core';

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
  const moments = hillasParameters(geometry, image, selected);
  return new ImageParametersContainer({
    hillas: new HillasParametersContainer(moments && { ...moments, fovLon: moments.x, fovLat: moments.y }),
    timing: new TimingParametersContainer(moments && timingParameters(geometry, peakTime, selected, moments)),
    concentration: new ConcentrationContainer(moments && concentrationParameters(geometry, image, selected, moments)),
    leakage: new LeakageContainer(
      leakageParameters(image, selected, geometry.borderPixelMask(1), geometry.borderPixelMask(2)),
    ),
    morphology: new MorphologyContainer(morphologyParameters(geometry.neighbors, mask)),
    intensityStatistics: new IntensityStatisticsContainer(descriptiveStatistics(image, selected)),
    peakTimeStatistics: new PeakTimeStatisticsContainer(descriptiveStatistics(peakTime, selected)),
  });
}
