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
 * Fits the light along a muon ring with the expected light of a muon: impact point on the mirror, ring width and
 * optical efficiency. Source: ctapipe 0.32 `MuonIntensityFitter`, which minimizes the same likelihood with Minuit.
 */
export class MuonIntensityFitter extends Component.withTraits({
  speWidth: trait.perTelescope(
    trait.number({
      default: 0.5,
      minimum: 0,
      unit: 'pe',
      help: 'Standard deviation of the charge of a single photo-electron.',
    }),
  ),
  minLambdaM: trait.perTelescope(
    trait.number({ default: 300e-9, unit: 'm', help: 'Shortest detected wavelength of Cherenkov light.' }),
  ),
  maxLambdaM: trait.perTelescope(
    trait.number({ default: 600e-9, unit: 'm', help: 'Longest detected wavelength of Cherenkov light.' }),
  ),
  holeRadiusM: trait.perTelescope(
    trait.number({
      minimum: 0,
      unit: 'm',
      help: 'Radius of the central hole of the mirror, assumed to be round; 0 for none.',
    }),
    // ctapipe has no default for other telescopes and stops at their first muon.
    [
      ['type', '*', 0],
      ['type', 'LST_*', 0.74],
      ['type', 'MST_*', 0.59],
      ['type', 'SST_1M_*', 0.38],
    ],
  ),
  oversampling: trait.perTelescope(
    trait.integer({
      default: 3,
      minimum: 1,
      help: 'Number of points per pixel at which the light along the ring is computed.',
    }),
  ),
}) {
  static override readonly kind: string = 'MuonIntensityFitter';
  static override readonly help = 'Fits the optical efficiency to the light along a muon ring.';

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
