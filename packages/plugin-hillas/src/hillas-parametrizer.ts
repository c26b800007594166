import {
  CameraHillasParametersContainer,
  CameraTimingParametersContainer,
  ConcentrationContainer,
  HillasParametersContainer,
  ImageParametersContainer,
  ImageParametrizer,
  IntensityStatisticsContainer,
  LeakageContainer,
  MorphologyContainer,
  PeakTimeStatisticsContainer,
  TimingParametersContainer,
  TrueIntensityStatisticsContainer,
  TrueLeakageContainer,
  type CameraGeometry,
} from '@cherenkit/core';
import {
  concentrationParameters,
  descriptiveStatistics,
  hillasParameters,
  leakageParameters,
  morphologyParameters,
  selectedPixels,
  timingParameters,
  ZERO_VARIANCE,
  type HillasParameters,
} from '@cherenkit/kernels';

/**
 * Computes the parameters of an image: moments, timing, leakage, concentration, islands and statistics.
 *
 * Undefined parameters have the containers' defaults: without light there are no moments, with all light in one pixel
 * there is no axis. Source: ctapipe 0.32 `ImageProcessor`, which stops the run in some of these cases.
 */
export class HillasParametrizer extends ImageParametrizer {
  static override readonly help = 'Moments, timing, leakage, concentration, islands and statistics of an image.';

  override parametrize(
    geometry: CameraGeometry,
    image: Float32Array | Int32Array,
    mask: Uint8Array,
    peakTime?: Float32Array,
  ): ImageParametersContainer {
    const selected = selectedPixels(mask);
    const isTrue = image instanceof Int32Array;
    const leakage = leakageParameters(image, selected, geometry.borderPixelMask(1), geometry.borderPixelMask(2));
    const intensity = descriptiveStatistics(image, selected);
    const hillas = hillasParameters(geometry, image, selected, ZERO_VARIANCE[geometry.frame.name]);
    return new ImageParametersContainer({
      ...momentsOf(geometry, image, selected, peakTime, hillas),
      leakage: isTrue ? new TrueLeakageContainer(leakage) : new LeakageContainer(leakage),
      morphology: new MorphologyContainer(morphologyParameters(geometry.neighbors, mask)),
      intensityStatistics: isTrue
        ? new TrueIntensityStatisticsContainer(intensity)
        : new IntensityStatisticsContainer(intensity),
      peakTimeStatistics: new PeakTimeStatisticsContainer(peakTime && descriptiveStatistics(peakTime, selected)),
    });
  }
}

/** Parameters relative to the image axis; defaults without moments or peak times. */
function momentsOf(
  geometry: CameraGeometry,
  image: Float32Array | Int32Array,
  selected: Int32Array,
  peakTime: Float32Array | undefined,
  hillas: HillasParameters | undefined,
): Pick<ImageParametersContainer, 'hillas' | 'timing' | 'concentration'> {
  const timing = hillas && peakTime && timingParameters(geometry, peakTime, selected, hillas);
  const concentration = new ConcentrationContainer(
    hillas && concentrationParameters(geometry, image, selected, hillas),
  );
  if (geometry.frame.name === 'TelescopeFrame') {
    return {
      hillas: new HillasParametersContainer(hillas && { ...hillas, fovLon: hillas.x, fovLat: hillas.y }),
      timing: new TimingParametersContainer(timing),
      concentration,
    };
  }
  return {
    hillas: new CameraHillasParametersContainer(hillas),
    timing: new CameraTimingParametersContainer(timing),
    concentration,
  };
}
