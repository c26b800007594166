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

import {
  HillasGeometryReconstructor,
  invalidGeometry,
  type ImagesByTelescope,
} from './hillas-geometry-reconstructor.js';

/** Directions farther from the array's pointing are none: the planes in which axes cross are those of small angles. */
const FARTHEST = radians(45);
/** A maximum higher above sea level is none. */
const HIGHEST_H_MAX = 100_000;
/** How far the second point of an axis lies from the centroid: small against an image, and large against roundings. */
const STEP = radians(0.1);

/**
 * Crosses the major axes of the images pair by pair, in the sky around the array's pointing for the direction and on the
 * ground across it for the core, and takes the weighted mean of the crossings.
 *
 * The spread of the crossings is its error estimate; two images have one crossing, and 0. Source: ctapipe 0.32
 * `HillasIntersection`; other than there, a result that is not finite is not valid.
 */
export class HillasIntersection extends HillasGeometryReconstructor.withTraits({
  weighting: trait.oneOf(['harmonic-mean-intensity'], {
    default: 'harmonic-mean-intensity',
    caseless: true,
    help: 'What a crossing counts; in any case times the sine of the angle between the axes.',
  }),
  correctPsi: trait.boolean({
    default: false,
    help:
      'Turn the axis of each image into the frame in which they cross, as has to be where telescopes point differently and where ' +
      'parameters are in the camera frame; otherwise psi is taken as it is.',
  }),
}) {
  static override readonly help = 'Direction and core as the mean crossing of the major axes, pair by pair.';

  #warned = false;

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
        'fovLon' in hillas
          ? { fovLon: hillas.fovLon + along, fovLat: hillas.fovLat + aside }
          : cameraToTelescope(
              { x: hillas.x + along * frame.focalLength, y: hillas.y + aside * frame.focalLength },
              frame,
            );
      return altAzToNominal(telescopeToAltAz(point, { alt: altitude, az: azimuth }), arrayPointing);
    };
    const cog = nominalAt(0);
    if (!this.traits.correctPsi) {
      if (!('fovLon' in hillas)) this.#warnOfCameraFrame();
      return { ...cog, psi, intensity };
    }
    const second = nominalAt(STEP);
    return { ...cog, psi: Math.atan2(second.fovLat - cog.fovLat, second.fovLon - cog.fovLon), intensity };
  }

  #warnOfCameraFrame(): void {
    if (this.#warned) return;
    this.#warned = true;
    this.context.logger.warning(
      'Image parameters are in the camera frame, whose axes are not those of the sky. As ctapipe does, psi is taken as it is, ' +
        'so that directions are wrong by degrees; correct_psi: true turns it.',
    );
  }
}
