import * as kernels from '@cherenkit/kernels';
import { selectedPixels, type CameraFrame, type TelescopeFrame } from '@cherenkit/kernels';
import {
  CameraHillasParametersContainer,
  CameraTimingParametersContainer,
  ConcentrationContainer,
  HillasParametersContainer,
  LeakageContainer,
  MorphologyContainer,
  TimingParametersContainer,
  TrueLeakageContainer,
} from '../event/index.js';
import { describeValue } from '../event/check-array.js';
import type { CameraGeometry } from '../instrument/index.js';
import { checkOptions, checkPixelMask, checkPixelValues, EXPECTED, expectedThreshold } from './check-arguments.js';

/** Charge of each pixel, p.e.: a measured image, or the true image of a simulation. */
export type CameraImage = Float32Array | Float64Array | Int32Array;

/** Parameters of {@link tailcutsClean}; names and defaults are those of ctapipe. */
export interface TailcutsCleanOptions {
  /** Picture threshold, p.e.: minimum charge of a picture pixel, for all pixels or for each. Default: 7. */
  readonly pictureThresh?: number | Float32Array | Float64Array;
  /** Boundary threshold, p.e.: minimum charge of a pixel that is kept beside a picture pixel. Default: 5. */
  readonly boundaryThresh?: number | Float32Array | Float64Array;
  /** Keep picture pixels without a neighbour above the boundary threshold. Default: false. */
  readonly keepIsolatedPixels?: boolean;
  /** Number of picture neighbours that a picture pixel needs; ignored if isolated pixels are kept. Default: 0. */
  readonly minNumberPictureNeighbors?: number;
}

/**
 * Selects the pixels of an image with Cherenkov light, by the two-level tail-cuts cleaning. Source: ctapipe 0.32
 * `tailcuts_clean`.
 *
 * @param image - charge per pixel, p.e.
 * @returns mask, 1 for pixels to keep
 * @throws TypeError for an unknown option or another array; RangeError unless the image has one entry per pixel, or for an
 * option of another value
 * @example
 * ```ts
 * const geometry = subarray.telescope(1).camera.geometry.toTelescopeFrame();
 * const clean = tailcutsClean(geometry, image, { pictureThresh: 8, boundaryThresh: 4, minNumberPictureNeighbors: 2 });
 * const hillas = hillasParameters(geometry, image, clean);
 * console.log(hillas.intensity, hillas.fovLon, hillas.width); // p.e., rad, rad
 * ```
 */
export function tailcutsClean(
  geometry: CameraGeometry,
  image: CameraImage,
  options: TailcutsCleanOptions = {},
): Uint8Array {
  checkPixelValues(geometry, image, 'image');
  const threshold = expectedThreshold(geometry.nPixels);
  checkOptions('tailcutsClean', options, {
    pictureThresh: threshold,
    boundaryThresh: threshold,
    keepIsolatedPixels: EXPECTED.flag,
    minNumberPictureNeighbors: EXPECTED.count,
  });
  const { pictureThresh = 7, boundaryThresh = 5, keepIsolatedPixels, minNumberPictureNeighbors } = options;
  const mask = new Uint8Array(image.length);
  const charges = image instanceof Int32Array ? Float64Array.from(image) : image;
  const rules = {
    keepIsolatedPixels: keepIsolatedPixels ?? false,
    minPictureNeighbors: minNumberPictureNeighbors ?? 0,
  };
  kernels.tailcutsClean(geometry.neighbors, charges, pictureThresh, boundaryThresh, rules, mask);
  return mask;
}

/** The container of the Hillas parameters in a frame. */
export type HillasParametersIn<F> = F extends TelescopeFrame
  ? HillasParametersContainer
  : CameraHillasParametersContainer;

/** The container of the timing parameters in a frame. */
export type TimingParametersIn<F> = F extends TelescopeFrame
  ? TimingParametersContainer
  : CameraTimingParametersContainer;

/**
 * Computes the Hillas parameters of an image, in the frame of the geometry: `fovLon` and `fovLat` in rad in the telescope
 * frame, `x` and `y` in m in the camera frame. Source: ctapipe 0.32 `hillas_parameters`.
 *
 * Where ctapipe raises an error, for an image without light or with a negative charge among the selected pixels, all
 * parameters are NaN.
 *
 * @param mask - 1 for pixels to use. Default: all pixels, for an image and a geometry that are selections already
 * @throws TypeError for other arrays, such as a list of booleans; RangeError unless image and mask have one entry per pixel
 */
export function hillasParameters<F extends CameraFrame | TelescopeFrame>(
  geometry: CameraGeometry<F>,
  image: CameraImage,
  mask?: Uint8Array,
): HillasParametersIn<F>;
export function hillasParameters(
  geometry: CameraGeometry,
  image: CameraImage,
  mask?: Uint8Array,
): HillasParametersContainer | CameraHillasParametersContainer {
  const selected = pixelsOf(geometry, image, mask);
  const found = kernels.hillasParameters(geometry, image, selected, kernels.ZERO_VARIANCE[geometry.frame.name]);
  return geometry.frame.name === 'TelescopeFrame'
    ? new HillasParametersContainer(found && { ...found, fovLon: found.x, fovLat: found.y })
    : new CameraHillasParametersContainer(found);
}

/**
 * Fits a line to the peak times along the axis of an image; slope in ns/rad in the telescope frame, in ns/m in the camera
 * frame. Source: ctapipe 0.32 `timing_parameters`.
 *
 * NaN for fewer than three pixels, an image without axis, or a negative charge among the selected pixels, for which ctapipe
 * raises an error. Charges have no other effect.
 *
 * @param peakTime - peak time per pixel, ns
 * @param hillas - Hillas parameters of the image, in the frame of the geometry
 * @param mask - 1 for pixels to use. Default: all pixels
 * @throws TypeError for other arrays; RangeError unless image, peak times and mask have one entry per pixel, or for parameters
 * in another frame
 */
export function timingParameters<F extends CameraFrame | TelescopeFrame>(
  geometry: CameraGeometry<F>,
  image: CameraImage,
  peakTime: Float32Array | Float64Array,
  hillas: HillasParametersIn<F>,
  mask?: Uint8Array,
): TimingParametersIn<F>;
export function timingParameters(
  geometry: CameraGeometry,
  image: CameraImage,
  peakTime: Float32Array | Float64Array,
  hillas: HillasParametersContainer | CameraHillasParametersContainer,
  mask?: Uint8Array,
): TimingParametersContainer | CameraTimingParametersContainer {
  const selected = pixelsOf(geometry, image, mask);
  checkPixelValues(geometry, peakTime, 'peakTime');
  const ellipse = ellipseIn(geometry, hillas);
  const isDefined = ellipse.intensity > 0 && !selected.some((pixel) => (image[pixel] ?? NaN) < 0);
  const timing = isDefined ? kernels.timingParameters(geometry, peakTime, selected, ellipse) : undefined;
  return geometry.frame.name === 'TelescopeFrame'
    ? new TimingParametersContainer(timing)
    : new CameraTimingParametersContainer(timing);
}

/**
 * Computes the fractions of an image in the outermost rings of pixels; NaN without pixels or light. Source: ctapipe 0.32
 * `leakage_parameters`.
 *
 * @param mask - 1 for pixels kept by the cleaning
 * @throws TypeError for other arrays, such as a list of booleans; RangeError unless image and mask have one entry per pixel
 */
export function leakageParameters(geometry: CameraGeometry, image: CameraImage, mask: Uint8Array): LeakageContainer {
  checkPixelMask(geometry, mask);
  const selected = pixelsOf(geometry, image, mask);
  const leakage = kernels.leakageParameters(image, selected, geometry.borderPixelMask(1), geometry.borderPixelMask(2));
  return image instanceof Int32Array ? new TrueLeakageContainer(leakage) : new LeakageContainer(leakage);
}

/**
 * Computes the fractions of the charge near the centre of an image; NaN without Hillas parameters. Source: ctapipe 0.32
 * `concentration_parameters`.
 *
 * @param hillas - Hillas parameters of the image, in the frame of the geometry
 * @param mask - 1 for pixels to use. Default: all pixels, which counts the noise around the shower as well
 * @throws TypeError for other arrays; RangeError unless image and mask have one entry per pixel, or for parameters in another
 * frame
 */
export function concentrationParameters<F extends CameraFrame | TelescopeFrame>(
  geometry: CameraGeometry<F>,
  image: CameraImage,
  hillas: HillasParametersIn<F>,
  mask?: Uint8Array,
): ConcentrationContainer;
export function concentrationParameters(
  geometry: CameraGeometry,
  image: CameraImage,
  hillas: HillasParametersContainer | CameraHillasParametersContainer,
  mask?: Uint8Array,
): ConcentrationContainer {
  const selected = pixelsOf(geometry, image, mask);
  const ellipse = ellipseIn(geometry, hillas);
  const isDefined = ellipse.intensity > 0;
  return new ConcentrationContainer(
    isDefined ? kernels.concentrationParameters(geometry, image, selected, ellipse) : undefined,
  );
}

/**
 * Counts the islands of a mask, which are groups of pixels that are connected through neighbours. Source: ctapipe 0.32
 * `number_of_islands`.
 *
 * @returns `nIslands`, and `labels`: the island of each pixel, from 1; 0 outside of all islands
 * @throws TypeError unless the mask is a Uint8Array; RangeError unless it has one entry per pixel
 */
export function numberOfIslands(geometry: CameraGeometry, mask: Uint8Array): kernels.Islands {
  checkPixelMask(geometry, mask);
  return kernels.numberOfIslands(geometry.neighbors, mask);
}

/**
 * Counts the pixels of a mask, and its islands by size. Source: ctapipe 0.32 `morphology_parameters`.
 *
 * @throws TypeError unless the mask is a Uint8Array; RangeError unless it has one entry per pixel
 */
export function morphologyParameters(geometry: CameraGeometry, mask: Uint8Array): MorphologyContainer {
  checkPixelMask(geometry, mask);
  return new MorphologyContainer(kernels.morphologyParameters(geometry.neighbors, mask));
}

type Ellipse = Pick<kernels.HillasParameters, 'intensity' | 'x' | 'y' | 'length' | 'width' | 'psi'>;

/** @throws RangeError for Hillas parameters in another frame than that of the geometry */
function ellipseIn(
  { name, frame }: CameraGeometry,
  hillas: HillasParametersContainer | CameraHillasParametersContainer,
): Ellipse {
  const found: { readonly frame?: unknown } | null | undefined = hillas;
  if (typeof found?.frame !== 'string') {
    throw new TypeError(`hillas: expected the result of hillasParameters, found ${describeValue(hillas)}.`);
  }
  if (hillas.frame !== frame.name) {
    throw new RangeError(
      `Camera ${name}: expected Hillas parameters in the ${frame.name} of the geometry, found the ${hillas.frame}.`,
    );
  }
  return hillas.frame === 'TelescopeFrame' ? { ...hillas, x: hillas.fovLon, y: hillas.fovLat } : hillas;
}

/** Indices of the pixels of a mask; of all pixels without mask. */
function pixelsOf(geometry: CameraGeometry, image: CameraImage, mask: Uint8Array | undefined): Int32Array {
  checkPixelValues(geometry, image, 'image');
  if (mask === undefined) return Int32Array.from(geometry.pixX, (_, pixel) => pixel);
  checkPixelMask(geometry, mask);
  return selectedPixels(mask);
}
