import { ReconstructedGeometryContainer, trait, type ArrayEvent, type ImageParametersContainer } from '@cherenkit/core';
import {
  altAzToNominal,
  cameraToTelescope,
  intersectInNominal,
  radians,
  telescopeToAltAz,
  type AltAz,
  type NominalImage,
  type NominalPoint,
} from '@cherenkit/kernels';

import { HillasGeometryReconstructor, invalidGeometry } from './hillas-geometry-reconstructor.js';
import type { ImagesByTelescope } from './stereo-images.js';

/**
 * Maximum offset of a direction from the array pointing: the planes in which axes intersect approximate small angles.
 */
const FARTHEST = radians(45);
/** Maximum height above sea level of the shower maximum. */
const HIGHEST_H_MAX = 100_000;
/**
 * Distance of the second point of an axis from the centroid: small compared with an image, large compared with
 * rounding.
 */
const STEP = radians(0.1);

/**
 * Reconstructs direction and core position as the weighted mean of the pairwise intersections of the major axes: in the
 * nominal frame for the direction, in the ground plane perpendicular to the pointing for the core.
 *
 * The error estimate is the spread of the intersections, 0 for two images. Source: ctapipe 0.32 `HillasIntersection`;
 * unlike there, a result that is not finite is invalid.
 */
export class HillasIntersection extends HillasGeometryReconstructor.withTraits({
  weighting: trait.oneOf(['harmonic-mean-intensity'], {
    default: 'harmonic-mean-intensity',
    caseless: true,
    help: 'Weight of an intersection, which is multiplied by the sine of the angle between the axes.',
  }),
  correctPsi: trait.boolean({
    default: false,
    help:
      'Rotate the axis of each image into the frame of the intersection. Required for telescopes with different pointings and for ' +
      'parameters in the camera frame; otherwise psi is used unchanged.',
  }),
}) {
  static override readonly help = 'Direction and core position as the mean pairwise intersection of the major axes.';

  protected override reconstructFrom(images: ImagesByTelescope, event: ArrayEvent): ReconstructedGeometryContainer {
    const { subarray } = this.context;
    const { arrayAltitude: alt, arrayAzimuth: az } = event.monitoring.pointing;
    const arrayPointing = { alt, az };
    const nominal = Array.from(images, ([telId, { hillas }]) =>
      this.#nominalImage(hillas, telId, event, arrayPointing),
    );
    const positions = Array.from(images.keys(), (telId) => subarray.position(telId));
    const found = intersectInNominal(nominal, positions, arrayPointing);
    const { source, directionError, coreTiltedErrorX, coreTiltedErrorY, relativeHMax, ...geometry } = found;
    if (Math.abs(source.fovLon) > FARTHEST || Math.abs(source.fovLat) > FARTHEST) {
      return invalidGeometry('the image axes cross more than 45 degrees away from the pointing');
    }
    const hMax = relativeHMax + subarray.referenceLocation.height;
    return new ReconstructedGeometryContainer({
      ...geometry,
      altUncert: directionError,
      azUncert: directionError,
      coreTiltedUncertX: coreTiltedErrorX,
      coreTiltedUncertY: coreTiltedErrorY,
      hMax: hMax > HIGHEST_H_MAX ? NaN : hMax,
      averageIntensity: nominal.reduce((sum, { intensity }) => sum + intensity, 0) / nominal.length,
      telescopes: [...images.keys()],
      isValid: true,
    });
  }

  #nominalImage(
    hillas: ImageParametersContainer['hillas'],
    telId: number,
    event: ArrayEvent,
    arrayPointing: AltAz,
  ): NominalImage {
    const { frame } = this.context.subarray.telescope(telId).camera;
    const { altitude = NaN, azimuth = NaN } = event.monitoring.tel.get(telId)?.pointing ?? {};
    const { intensity, psi } = hillas;
    const nominalAt = (distance: number): NominalPoint => {
      const along = distance * Math.cos(psi);
      const aside = distance * Math.sin(psi);
      const point =
        hillas.frame === 'TelescopeFrame'
          ? { fovLon: hillas.fovLon + along, fovLat: hillas.fovLat + aside }
          : cameraToTelescope(
              { x: hillas.x + along * frame.focalLength, y: hillas.y + aside * frame.focalLength },
              frame,
            );
      return altAzToNominal(telescopeToAltAz(point, { alt: altitude, az: azimuth }), arrayPointing);
    };
    const cog = nominalAt(0);
    if (!this.traits.correctPsi) {
      if (hillas.frame === 'CameraFrame') this.#warnOfCameraFrame();
      return { ...cog, psi, intensity };
    }
    const second = nominalAt(STEP);
    return { ...cog, psi: Math.atan2(second.fovLat - cog.fovLat, second.fovLon - cog.fovLon), intensity };
  }

  #warnOfCameraFrame(): void {
    this.context.warnOnce(
      'Image parameters are in the camera frame, whose axes are not those of the sky. As in ctapipe, psi is used unchanged, ' +
        'and directions are wrong by degrees. Set correct_psi: true.',
    );
  }
}
