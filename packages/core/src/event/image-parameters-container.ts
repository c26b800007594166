import { Container } from './container.js';
import { field, type FieldValues } from './field.js';

const shape = {
  /** Sum of all charges, p.e. */
  intensity: field.float64('Sum of all charges, p.e.'),
  /** Third standardized moment along the major axis. */
  skewness: field.float64('Third standardized moment along the major axis'),
  /** Fourth standardized moment along the major axis; 3 for a normal distribution. */
  kurtosis: field.float64('Fourth standardized moment along the major axis; 3 for a normal distribution'),
};

/** Hillas parameters of an image in the telescope frame, rad. Source: ctapipe 0.32 `HillasParametersContainer`. */
export class HillasParametersContainer extends Container.withFields('hillas', shape, {
  /** Centroid, along the azimuth, rad. */
  fovLon: field.float64('Centroid, along the azimuth', { unit: 'deg' }),
  /** Centroid, along the altitude, rad. */
  fovLat: field.float64('Centroid, along the altitude', { unit: 'deg' }),
  /** Distance of the centroid from the centre of the field of view, rad. */
  r: field.float64('Distance of the centroid from the centre of the field of view', { unit: 'deg' }),
  /** Polar angle of the centroid, rad. */
  phi: field.float64('Polar angle of the centroid', { unit: 'deg', expressionUnit: 'rad' }),
  /** Standard deviation along the major axis, rad. */
  length: field.float64('Standard deviation along the major axis', { unit: 'deg' }),
  /** Uncertainty of the length, rad. */
  lengthUncertainty: field.float64('Uncertainty of the length', { unit: 'deg' }),
  /** Standard deviation along the minor axis, rad. */
  width: field.float64('Standard deviation along the minor axis', { unit: 'deg' }),
  /** Uncertainty of the width, rad. */
  widthUncertainty: field.float64('Uncertainty of the width', { unit: 'deg' }),
  /** Angle of the major axis, rad. */
  psi: field.float64('Angle of the major axis', { unit: 'deg', expressionUnit: 'rad' }),
  /** Uncertainty of psi, rad. */
  psiUncertainty: field.float64('Uncertainty of psi', { unit: 'deg', expressionUnit: 'rad' }),
  /** Uncertainty of the centroid across the major axis, rad. */
  transverseCogUncertainty: field.float64('Uncertainty of the centroid across the major axis', { unit: 'deg' }),
  /** Frame of the parameters. */
  frame: field.constant('Frame of the parameters', 'TelescopeFrame'),
}) {}

/** Hillas parameters of an image in the camera frame, m. Source: ctapipe 0.32 `CameraHillasParametersContainer`. */
export class CameraHillasParametersContainer extends Container.withFields('camera_frame_hillas', shape, {
  /** Centroid x, m. */
  x: field.float64('Centroid x', { unit: 'm' }),
  /** Centroid y, m. */
  y: field.float64('Centroid y', { unit: 'm' }),
  /** Distance of the centroid from the centre of the camera, m. */
  r: field.float64('Distance of the centroid from the centre of the camera', { unit: 'm' }),
  /** Polar angle of the centroid, rad. */
  phi: field.float64('Polar angle of the centroid', { unit: 'deg', expressionUnit: 'rad' }),
  /** Standard deviation along the major axis, m. */
  length: field.float64('Standard deviation along the major axis', { unit: 'm' }),
  /** Uncertainty of the length, m. */
  lengthUncertainty: field.float64('Uncertainty of the length', { unit: 'm' }),
  /** Standard deviation along the minor axis, m. */
  width: field.float64('Standard deviation along the minor axis', { unit: 'm' }),
  /** Uncertainty of the width, m. */
  widthUncertainty: field.float64('Uncertainty of the width', { unit: 'm' }),
  /** Angle of the major axis, rad. */
  psi: field.float64('Angle of the major axis', { unit: 'deg', expressionUnit: 'rad' }),
  /** Uncertainty of psi, rad. */
  psiUncertainty: field.float64('Uncertainty of psi', { unit: 'deg', expressionUnit: 'rad' }),
  /** Uncertainty of the centroid across the major axis, m. */
  transverseCogUncertainty: field.float64('Uncertainty of the centroid across the major axis', { unit: 'm' }),
  /** Frame of the parameters. */
  frame: field.constant('Frame of the parameters', 'CameraFrame'),
}) {}

const line = {
  /** Peak time at the centroid, ns. */
  intercept: field.float64('Peak time at the centroid, ns'),
  /** Root mean square distance of the peak times from the line, ns. */
  deviation: field.float64('Root mean square distance of the peak times from the line, ns'),
};

/** Linear fit of the peak times along the major axis, in the telescope frame; slope in ns/rad. */
export class TimingParametersContainer extends Container.withFields('timing', line, {
  /** Change of the peak time along the major axis, rad**-1. */
  slope: field.float64('Change of the peak time along the major axis', { unit: 'deg**-1' }),
  /** Frame of the parameters. */
  frame: field.constant('Frame of the parameters', 'TelescopeFrame'),
}) {}

/** Linear fit of the peak times along the major axis, in the camera frame; slope in ns/m. */
export class CameraTimingParametersContainer extends Container.withFields('camera_frame_timing', line, {
  /** Change of the peak time along the major axis, m**-1. */
  slope: field.float64('Change of the peak time along the major axis', { unit: 'm**-1' }),
  /** Frame of the parameters. */
  frame: field.constant('Frame of the parameters', 'CameraFrame'),
}) {}

const leakage = {
  /** Fraction of the pixels in the outermost ring. */
  pixelsWidth_1: field.float64('Fraction of the pixels in the outermost ring'),
  /** Fraction of the pixels in the two outermost rings. */
  pixelsWidth_2: field.float64('Fraction of the pixels in the two outermost rings'),
  /** Fraction of the charge in the outermost ring. */
  intensityWidth_1: field.float32('Fraction of the charge in the outermost ring'),
  /** Fraction of the charge in the two outermost rings. */
  intensityWidth_2: field.float32('Fraction of the charge in the two outermost rings'),
};

/** Leakage: fractions of an image at the border of the camera. */
export class LeakageContainer extends Container.withFields('leakage', leakage) {}

/** Leakage of a true image, in double precision as in ctapipe, since its charges are integers. */
export class TrueLeakageContainer extends Container.withFields('leakage', leakage, {
  /** Fraction of the charge in the outermost ring. */
  intensityWidth_1: field.float64('Fraction of the charge in the outermost ring'),
  /** Fraction of the charge in the two outermost rings. */
  intensityWidth_2: field.float64('Fraction of the charge in the two outermost rings'),
  /** Image of the parameters. */
  image: field.constant('Image of the parameters', 'true'),
}) {}

/** Concentration: fractions of the charge near the centre of the image. */
export class ConcentrationContainer extends Container.withFields('concentration', {
  /** Fraction of the charge within one pixel width of the centroid. */
  cog: field.float64('Fraction of the charge within one pixel width of the centroid'),
  /** Fraction of the charge within the ellipse of length and width. */
  core: field.float64('Fraction of the charge within the ellipse of length and width'),
  /** Fraction of the charge in the brightest pixel. */
  pixel: field.float64('Fraction of the charge in the brightest pixel'),
}) {}

/** Numbers of pixels and islands after cleaning; -1 without image. */
export class MorphologyContainer extends Container.withFields('morphology', {
  /** Pixels. */
  nPixels: field.int64('Pixels'),
  /** Connected groups of pixels. */
  nIslands: field.int64('Connected groups of pixels'),
  /** Islands of 2 pixels or fewer. */
  nSmallIslands: field.int64('Islands of 2 pixels or fewer'),
  /** Islands of 3 to 50 pixels. */
  nMediumIslands: field.int64('Islands of 3 to 50 pixels'),
  /** Islands of more than 50 pixels. */
  nLargeIslands: field.int64('Islands of more than 50 pixels'),
}) {}

const statistics = {
  /** Largest value. */
  max: field.float32('Largest value'),
  /** Smallest value. */
  min: field.float32('Smallest value'),
  /** Mean. */
  mean: field.float32('Mean'),
  /** Standard deviation. */
  std: field.float32('Standard deviation'),
  /** Third standardized moment. */
  skewness: field.float64('Third standardized moment'),
  /** Fourth standardized moment less 3; 0 for a normal distribution. */
  kurtosis: field.float64('Fourth standardized moment less 3; 0 for a normal distribution'),
};

/** Statistics of the charges of the pixels after cleaning, p.e. */
export class IntensityStatisticsContainer extends Container.withFields('intensity', statistics) {}

/** Statistics of the charges of a true image, which are integers: photo-electrons per pixel. */
export class TrueIntensityStatisticsContainer extends Container.withFields('intensity', statistics, {
  /** Largest value. */
  max: field.int32('Largest value'),
  /** Smallest value. */
  min: field.int32('Smallest value'),
  /** Mean. */
  mean: field.float64('Mean'),
  /** Standard deviation. */
  std: field.float64('Standard deviation'),
  /** Image of the parameters. */
  image: field.constant('Image of the parameters', 'true'),
}) {}

/** Statistics of the peak times of the pixels after cleaning, ns. */
export class PeakTimeStatisticsContainer extends Container.withFields('peak_time', statistics) {}

/** Image parameters that depend on the stereo reconstruction. */
export class CoreParametersContainer extends Container.withFields('core', {
  /** Direction of the image axis in the tilted frame, seen from the array pointing, rad. */
  psi: field.float64('Direction of the image axis in the tilted frame, seen from the array pointing', { unit: 'deg' }),
}) {}

const parameters = {
  /** Moments of the image. */
  hillas: field.container<HillasParametersContainer | CameraHillasParametersContainer>(
    HillasParametersContainer,
    'Moments of the image',
    [CameraHillasParametersContainer],
  ),
  /** Peak times along the major axis. */
  timing: field.container<TimingParametersContainer | CameraTimingParametersContainer>(
    TimingParametersContainer,
    'Peak times along the major axis',
    [CameraTimingParametersContainer],
  ),
  /** Fractions of the image at the border of the camera. */
  leakage: field.container<LeakageContainer | TrueLeakageContainer>(
    LeakageContainer,
    'Fractions of the image at the border of the camera',
    [TrueLeakageContainer],
  ),
  /** Fractions of the charge near the centre of the image. */
  concentration: field.container(ConcentrationContainer, 'Fractions of the charge near the centre of the image'),
  /** Counts of pixels and islands. */
  morphology: field.container(MorphologyContainer, 'Counts of pixels and islands'),
  /** Statistics of the charges. */
  intensityStatistics: field.container<IntensityStatisticsContainer | TrueIntensityStatisticsContainer>(
    IntensityStatisticsContainer,
    'Statistics of the charges',
    [TrueIntensityStatisticsContainer],
  ),
  /** Statistics of the peak times. */
  peakTimeStatistics: field.container(PeakTimeStatisticsContainer, 'Statistics of the peak times'),
  /** Parameters that need the stereo reconstruction. */
  core: field.container(CoreParametersContainer, 'Parameters that need the stereo reconstruction'),
};

type Parameters = Container & FieldValues<typeof parameters>;

/**
 * All parameters of one image, in the telescope frame or in the camera frame. `frame` narrows the types of `hillas` and
 * `timing`.
 *
 * @example
 * ```ts
 * for await (const event of source) {
 *   for (const { parameters } of event.dl1.tel.values()) {
 *     if (parameters?.frame === 'TelescopeFrame') console.log(parameters.hillas.fovLon); // rad
 *   }
 * }
 * ```
 */
export type ImageParametersContainer =
  | (Parameters & {
      readonly frame: 'TelescopeFrame';
      hillas: HillasParametersContainer;
      timing: TimingParametersContainer;
    })
  | (Parameters & {
      readonly frame: 'CameraFrame';
      hillas: CameraHillasParametersContainer;
      timing: CameraTimingParametersContainer;
    });

/** All parameters of one image. Its frame is that of its Hillas parameters. */
export const ImageParametersContainer = class extends Container.withFields('params', parameters) {
  get frame(): 'TelescopeFrame' | 'CameraFrame' {
    return this.hillas.frame;
  }
} as Pick<typeof Container, 'prefix' | 'from'> & {
  readonly fields: typeof parameters;
  new (values?: Partial<FieldValues<typeof parameters>>): ImageParametersContainer;
};
