import { Container } from './container.js';
import { field } from './field.js';

const shape = {
  intensity: field.float64('Sum of all charges, p.e.'),
  skewness: field.float64('Third standardized moment along the major axis'),
  kurtosis: field.float64('Fourth standardized moment along the major axis; 3 for a normal distribution'),
};

/** Moments of an image in the telescope frame. */
export class HillasParametersContainer extends Container.withFields('hillas', {
  ...shape,
  fovLon: field.float64('Centroid, along the azimuth', { unit: 'deg' }),
  fovLat: field.float64('Centroid, along the altitude', { unit: 'deg' }),
  r: field.float64('Distance of the centroid from the centre of the field of view', { unit: 'deg' }),
  phi: field.float64('Polar angle of the centroid', { unit: 'deg', expressionUnit: 'rad' }),
  length: field.float64('Standard deviation along the major axis', { unit: 'deg' }),
  lengthUncertainty: field.float64('Uncertainty of the length', { unit: 'deg' }),
  width: field.float64('Standard deviation along the minor axis', { unit: 'deg' }),
  widthUncertainty: field.float64('Uncertainty of the width', { unit: 'deg' }),
  psi: field.float64('Angle of the major axis', { unit: 'deg', expressionUnit: 'rad' }),
  psiUncertainty: field.float64('Uncertainty of psi', { unit: 'deg', expressionUnit: 'rad' }),
  transverseCogUncertainty: field.float64('Uncertainty of the centroid across the major axis', { unit: 'deg' }),
}) {}

/** Moments of an image in the camera frame. */
export class CameraHillasParametersContainer extends Container.withFields('camera_frame_hillas', {
  ...shape,
  x: field.float64('Centroid x', { unit: 'm' }),
  y: field.float64('Centroid y', { unit: 'm' }),
  r: field.float64('Distance of the centroid from the centre of the camera', { unit: 'm' }),
  phi: field.float64('Polar angle of the centroid', { unit: 'deg', expressionUnit: 'rad' }),
  length: field.float64('Standard deviation along the major axis', { unit: 'm' }),
  lengthUncertainty: field.float64('Uncertainty of the length', { unit: 'm' }),
  width: field.float64('Standard deviation along the minor axis', { unit: 'm' }),
  widthUncertainty: field.float64('Uncertainty of the width', { unit: 'm' }),
  psi: field.float64('Angle of the major axis', { unit: 'deg', expressionUnit: 'rad' }),
  psiUncertainty: field.float64('Uncertainty of psi', { unit: 'deg', expressionUnit: 'rad' }),
  transverseCogUncertainty: field.float64('Uncertainty of the centroid across the major axis', { unit: 'm' }),
}) {}

const line = {
  intercept: field.float64('Peak time at the centroid, ns'),
  deviation: field.float64('Root mean square distance of the peak times from the line, ns'),
};

/** The line through the peak times along the major axis, in the telescope frame; the slope is in ns per angle. */
export class TimingParametersContainer extends Container.withFields('timing', {
  ...line,
  slope: field.float64('Change of the peak time along the major axis', { unit: 'deg**-1' }),
}) {}

/** The line through the peak times along the major axis, in the camera frame; the slope is in ns per length. */
export class CameraTimingParametersContainer extends Container.withFields('camera_frame_timing', {
  ...line,
  slope: field.float64('Change of the peak time along the major axis', { unit: 'm**-1' }),
}) {}

const leakage = {
  pixelsWidth_1: field.float64('Fraction of the pixels in the outermost ring'),
  pixelsWidth_2: field.float64('Fraction of the pixels in the two outermost rings'),
  intensityWidth_1: field.float32('Fraction of the charge in the outermost ring'),
  intensityWidth_2: field.float32('Fraction of the charge in the two outermost rings'),
};

/** How much of an image lies at the border of the camera. */
export class LeakageContainer extends Container.withFields('leakage', leakage) {}

/** How much of a true image lies at the border of the camera: of whole numbers, so the fractions have double precision. */
export class TrueLeakageContainer extends Container.withFields('leakage', {
  ...leakage,
  intensityWidth_1: field.float64('Fraction of the charge in the outermost ring'),
  intensityWidth_2: field.float64('Fraction of the charge in the two outermost rings'),
}) {}

/** How much of the charge is near the centre of the image. */
export class ConcentrationContainer extends Container.withFields('concentration', {
  cog: field.float64('Fraction of the charge within one pixel width of the centroid'),
  core: field.float64('Fraction of the charge within the ellipse of length and width'),
  pixel: field.float64('Fraction of the charge in the brightest pixel'),
}) {}

/** Counts of the pixels and islands that cleaning left; -1 where there is no image. */
export class MorphologyContainer extends Container.withFields('morphology', {
  nPixels: field.int64('Pixels'),
  nIslands: field.int64('Connected groups of pixels'),
  nSmallIslands: field.int64('Islands of 2 pixels or fewer'),
  nMediumIslands: field.int64('Islands of 3 to 50 pixels'),
  nLargeIslands: field.int64('Islands of more than 50 pixels'),
}) {}

const statistics = {
  max: field.float32('Largest value'),
  min: field.float32('Smallest value'),
  mean: field.float32('Mean'),
  std: field.float32('Standard deviation'),
  skewness: field.float64('Third standardized moment'),
  kurtosis: field.float64('Fourth standardized moment less 3; 0 for a normal distribution'),
};

/** Statistics of the charges of the pixels that cleaning left, p.e. */
export class IntensityStatisticsContainer extends Container.withFields('intensity', statistics) {}

/** Statistics of the charges of a true image: whole numbers of photo-electrons, so their extremes are integers. */
export class TrueIntensityStatisticsContainer extends Container.withFields('intensity', {
  ...statistics,
  max: field.int32('Largest value'),
  min: field.int32('Smallest value'),
  mean: field.float64('Mean'),
  std: field.float64('Standard deviation'),
}) {}

/** Statistics of the peak times of the pixels that cleaning left, ns. */
export class PeakTimeStatisticsContainer extends Container.withFields('peak_time', statistics) {}

/** What only the stereo reconstruction can tell of an image. */
export class CoreParametersContainer extends Container.withFields('core', {
  psi: field.float64('Direction of the image axis in the tilted frame, seen from the array pointing', { unit: 'deg' }),
}) {}

/** All parameters of one image, in the telescope frame or in the camera frame. */
export class ImageParametersContainer extends Container.withFields('params', {
  hillas: field.container<HillasParametersContainer | CameraHillasParametersContainer>(HillasParametersContainer),
  timing: field.container<TimingParametersContainer | CameraTimingParametersContainer>(TimingParametersContainer),
  leakage: field.container<LeakageContainer | TrueLeakageContainer>(LeakageContainer),
  concentration: field.container(ConcentrationContainer),
  morphology: field.container(MorphologyContainer),
  intensityStatistics: field.container<IntensityStatisticsContainer | TrueIntensityStatisticsContainer>(
    IntensityStatisticsContainer,
  ),
  peakTimeStatistics: field.container(PeakTimeStatisticsContainer),
  core: field.container(CoreParametersContainer),
}) {}
