import { ReconstructedGeometryContainer, type ArrayEvent, type ImageParametersContainer } from '@cherenkit/core';
import {
  cameraToTelescope,
  imageAxis,
  reconstructGeometry,
  type AltAz,
  type GroundPoint,
  type ImageAxis,
  type TelescopePoint,
} from '@cherenkit/kernels';

import { HillasGeometryReconstructor } from './hillas-geometry-reconstructor.js';
import type { ImagesByTelescope } from './stereo-images.js';

/** Distance of the second point of an axis from the centroid, in units of the camera radius. */
const STEP = 0.1;

/**
 * Reconstructs direction and core position from the intersections of the major axes of all images, on the sky and on
 * the ground.
 *
 * Telescopes may have different pointings; parameters may be in the telescope frame or in the camera frame. Also sets
 * the parameter `core.psi` of the selected images. Source: ctapipe 0.32 `HillasReconstructor`; unlike there, a result
 * that is not finite is invalid.
 */
export class HillasReconstructor extends HillasGeometryReconstructor {
  static override readonly help = 'Direction and core position from the intersections of the major axes of all images.';

  protected override reconstructFrom(images: ImagesByTelescope, event: ArrayEvent): ReconstructedGeometryContainer {
    const { subarray } = this.context;
    const { arrayAltitude, arrayAzimuth } = event.monitoring.pointing;
    const arrayPointing = { alt: arrayAltitude, az: arrayAzimuth };
    const axes: ImageAxis[] = [];
    const weights: number[] = [];
    const positions: GroundPoint[] = [];
    let sumOfIntensities = 0;
    for (const [telId, parameters] of images) {
      const { intensity, length, width } = parameters.hillas;
      const axis = this.#axisOf(parameters.hillas, telId, event, arrayPointing);
      parameters.core.psi = axis.psi;
      axes.push(axis);
      weights.push((intensity * length) / width);
      positions.push(subarray.position(telId));
      sumOfIntensities += intensity;
    }

    const { relativeHMax, directionError, ...geometry } = reconstructGeometry(axes, weights, positions, arrayPointing);
    return new ReconstructedGeometryContainer({
      ...geometry,
      altUncert: directionError,
      azUncert: directionError,
      hMax: relativeHMax + subarray.referenceLocation.height,
      averageIntensity: sumOfIntensities / images.size,
      telescopes: [...images.keys()],
      isValid: true,
    });
  }

  #axisOf(
    hillas: ImageParametersContainer['hillas'],
    telId: number,
    event: ArrayEvent,
    arrayPointing: AltAz,
  ): ImageAxis {
    const { frame, geometry } = this.context.subarray.telescope(telId).camera;
    const radius = geometry.guessRadius();
    const pointAt = (distance: number): TelescopePoint => {
      const along = distance * Math.cos(hillas.psi);
      const aside = distance * Math.sin(hillas.psi);
      return hillas.frame === 'TelescopeFrame'
        ? {
            fovLon: hillas.fovLon + (along * radius) / frame.focalLength,
            fovLat: hillas.fovLat + (aside * radius) / frame.focalLength,
          }
        : cameraToTelescope({ x: hillas.x + along * radius, y: hillas.y + aside * radius }, frame);
    };
    const { altitude = NaN, azimuth = NaN } = event.monitoring.tel.get(telId)?.pointing ?? {};
    return imageAxis(pointAt(0), pointAt(STEP), { alt: altitude, az: azimuth }, arrayPointing);
  }
}
