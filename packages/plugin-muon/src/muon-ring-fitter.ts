import { Component, MuonRingContainer, trait, type CameraGeometry } from '@cherenkit/core';
import {
  kunduChaudhuriCircleFit,
  radians,
  taubinCircleFit,
  type CircleFit,
  type CircleGuess,
} from '@cherenkit/kernels';

/**
 * Starting point of the Taubin fit without a preceding fit: the Cherenkov angle of muons of some GeV, around the
 * pointing.
 */
const USUAL_RING: CircleGuess = { radius: radians(1.1), centerX: 0, centerY: 0 };

/** Fits a circle to an image. Source: ctapipe 0.32 `MuonRingFitter`. */
export class MuonRingFitter extends Component.withTraits({
  fitMethod: trait.oneOf(['kundu_chaudhuri', 'taubin', 'kundu_chaudhuri_taubin'], {
    default: 'kundu_chaudhuri_taubin',
    caseless: true,
    help: 'Closed-form fit (kundu_chaudhuri); iterative fit without weights (taubin); or iterative fit weighted with the charges that starts from the closed-form result.',
  }),
}) {
  static override readonly kind: string = 'MuonRingFitter';
  static override readonly help = 'Fits a circle to an image.';

  /**
   * @param geometry - in the telescope frame
   * @param selected - indices of the pixels to use
   */
  fit(geometry: CameraGeometry, image: Float32Array, selected: Int32Array): MuonRingContainer {
    const { centerX, centerY, radius, ...errors } = this.#circle(geometry, image, selected);
    return new MuonRingContainer({
      centerFovLon: centerX,
      centerFovLat: centerY,
      radius,
      centerFovLonErr: errors.centerXError,
      centerFovLatErr: errors.centerYError,
      radiusErr: errors.radiusError,
      centerPhi: Math.atan2(centerY, centerX),
      centerDistance: Math.hypot(centerX, centerY),
    });
  }

  #circle({ pixX, pixY, nPixels }: CameraGeometry, image: Float32Array, selected: Int32Array): CircleFit {
    const { fitMethod } = this.traits;
    const limit = 2 * pixX.reduce((largest, x) => Math.max(largest, x), -Infinity);
    if (fitMethod === 'taubin') {
      return taubinCircleFit(pixX, pixY, new Float32Array(nPixels).fill(1), selected, USUAL_RING, limit);
    }
    const circle = kunduChaudhuriCircleFit(pixX, pixY, image, selected);
    return fitMethod === 'kundu_chaudhuri' ? circle : taubinCircleFit(pixX, pixY, image, selected, circle, limit);
  }
}
