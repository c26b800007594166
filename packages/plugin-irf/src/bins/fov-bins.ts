import { Component, trait } from '@cherenkit/core';
import { linearEdges } from '@cherenkit/kernels';
import { refusedIrf } from '../irf-error.js';

/** Bins in the angle to the pointing, for responses of radial symmetry. Source: ctapipe 0.32 `DefaultFoVOffsetBins`. */
export abstract class DefaultFoVOffsetBins extends Component.withTraits({
  fovOffsetMin: trait.quantity({
    default: 0,
    unit: 'deg',
    minimum: 0,
    help: 'Lower edge of the first bin in the angle to the pointing.',
  }),
  fovOffsetMax: trait.quantity({
    default: 5,
    unit: 'deg',
    minimum: 0,
    help: 'Upper edge of the last bin in the angle to the pointing.',
  }),
  fovOffsetNBins: trait.integer({ default: 1, minimum: 1, help: 'Number of bins in the angle to the pointing.' }),
}) {
  static override readonly kind: string = 'DefaultFoVOffsetBins';
  static override readonly help: string = 'Bins in the angle to the pointing.';
}

/** Values of the traits of {@link DefaultFoVOffsetBins}; angles in deg. */
export interface FovOffsetTraits {
  readonly fovOffsetMin: number;
  readonly fovOffsetMax: number;
  readonly fovOffsetNBins: number;
}

/** Edges of bins in the angle to the pointing, deg. @param component - for messages */
export function fovOffsetEdges(
  component: string,
  { fovOffsetMin: min, fovOffsetMax: max, fovOffsetNBins: n }: FovOffsetTraits,
): Float64Array {
  if (max > min) return linearEdges(min, max, n);
  throw refusedIrf(
    `${component}: fov_offset_min is ${min} deg and fov_offset_max ${max} deg, expected a minimum below the maximum.`,
  );
}

/** Traits of square bins in longitude and latitude around the pointing. */
export const FOV_LON_LAT_TRAITS = {
  fovLonLatMax: trait.quantity({
    default: 5,
    unit: 'deg',
    minimum: 0.01,
    maximum: 80,
    help: 'Largest longitude and latitude; the least ones are its negative.',
  }),
  fovLonLatNBins: trait.integer({ default: 10, minimum: 1, help: 'Number of bins in longitude, and in latitude.' }),
};

/** Bins in the position angle around the pointing, which cover the full circle. Source: ctapipe 0.32 `DefaultFoVPhiBins`. */
export abstract class DefaultFoVPhiBins extends Component.withTraits({
  fovPhiNBins: trait.integer({ default: 4, minimum: 1, help: 'Number of bins in the position angle.' }),
}) {
  static override readonly kind: string = 'DefaultFoVPhiBins';
  static override readonly help: string = 'Bins in the position angle around the pointing.';
}

/** Edges of bins in the position angle, deg. */
export function fovPhiEdges({ fovPhiNBins: n }: { readonly fovPhiNBins: number }): Float64Array {
  return linearEdges(0, 360, n);
}
