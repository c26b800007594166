import {
  Component,
  MuonEfficiencyContainer,
  trait,
  type CameraGeometry,
  type MuonRingContainer,
} from '@cherenkit/core';
import type { MuonOptics } from '@cherenkit/kernels';

import { fitMuonLight, type RingPixels } from './fit-muon-light.js';

/**
 * Fits the light along a ring with that which a muon makes: where it hit the mirror, how wide its ring is, and which part of
 * its light the telescope sees. Source: ctapipe 0.32 `MuonIntensityFitter`, which minimizes the same likelihood with Minuit.
 */
export class MuonIntensityFitter extends Component.withTraits({
  speWidth: trait.perTelescope(
    trait.number({
      default: 0.5,
      minimum: 0,
      unit: 'pe',
      help: 'Standard deviation of the charge of a photo-electron.',
    }),
  ),
  minLambdaM: trait.perTelescope(
    trait.number({ default: 300e-9, unit: 'm', help: 'Shortest wavelength of Cherenkov light that is seen.' }),
  ),
  maxLambdaM: trait.perTelescope(
    trait.number({ default: 600e-9, unit: 'm', help: 'Longest wavelength of Cherenkov light that is seen.' }),
  ),
  holeRadiusM: trait.perTelescope(
    trait.number({
      minimum: 0,
      unit: 'm',
      help: 'Radius of the hole in the middle of the mirror, taken for round; 0 for none.',
    }),
    // ctapipe has no value for other telescopes, and stops when one of them sees a muon.
    [
      ['type', '*', 0],
      ['type', 'LST_*', 0.74],
      ['type', 'MST_*', 0.59],
      ['type', 'SST_1M_*', 0.38],
    ],
  ),
  oversampling: trait.perTelescope(
    trait.integer({ default: 3, minimum: 1, help: 'Points of the ring per pixel at which light is computed.' }),
  ),
}) {
  static override readonly kind: string = 'MuonIntensityFitter';
  static override readonly help = 'Finds the optical efficiency from the light along a muon ring.';

  /**
   * @param geometry - in the telescope frame
   * @param selected - indices of the pixels near the ring
   * @param pedestal - standard deviation of the charge of a pixel without light
   */
  fit(
    telId: number,
    geometry: CameraGeometry,
    image: Float32Array,
    selected: Int32Array,
    ring: MuonRingContainer,
    pedestal: number,
  ): MuonEfficiencyContainer {
    const { optics, camera } = this.context.subarray.telescope(telId);
    const mirrorRadius = Math.sqrt(optics.mirrorArea / Math.PI);
    const muonOptics: MuonOptics = {
      mirrorRadius,
      holeRadius: this.traits.holeRadiusM.for(telId),
      minWavelength: this.traits.minLambdaM.for(telId),
      maxWavelength: this.traits.maxLambdaM.for(telId),
      pixelDiameter: geometry.pixelWidth[0] ?? NaN,
      pixelShape: geometry.pixType,
      oversampling: this.traits.oversampling.for(telId),
    };
    const pixels: RingPixels = {
      charge: Float64Array.from(selected, (pixel) => image[pixel]),
      distance: Float64Array.from(selected, (pixel) =>
        Math.hypot(geometry.pixX[pixel] - ring.centerFovLon, geometry.pixY[pixel] - ring.centerFovLat),
      ),
      angle: Float64Array.from(selected, (pixel) =>
        Math.atan2(geometry.pixY[pixel] - ring.centerFovLat, geometry.pixX[pixel] - ring.centerFovLon),
      ),
    };
    const pixelRadius = Math.sqrt((camera.geometry.pixArea[0] ?? NaN) / Math.PI) / optics.equivalentFocalLength;
    const noise = { speWidth: this.traits.speWidth.for(telId), pedestal };
    const { track, likelihood, isValid, isAtLimit } = fitMuonLight(muonOptics, ring, pixels, noise, 3 * pixelRadius);
    return new MuonEfficiencyContainer({
      width: track.ringWidth,
      impact: track.impactParameter,
      impactX: track.impactParameter * Math.cos(track.phi),
      impactY: track.impactParameter * Math.sin(track.phi),
      opticalEfficiency: track.opticalEfficiency,
      isValid,
      parametersAtLimit: isAtLimit,
      likelihoodValue: likelihood,
    });
  }
}
