import {
  CameraHillasParametersContainer,
  HillasParametersContainer,
  ImageParametersContainer,
  type ReconstructedGeometryContainer,
} from '@cherenkit/core';
import { altAzToTelescope, axisUncertainties, propagateErrors } from '@cherenkit/kernels';

/** Number of parameters per image: shifts along and across its axis, and the rotation of the axis. */
const SHIFTS = 3;
/** Radius that contains 68 % of a circular two-dimensional normal distribution, in standard deviations. */
const RADIUS_OF_68_PER_CENT = Math.sqrt(-2 * Math.log(1 - 0.68));

type Hillas = ImageParametersContainer['hillas'];
type Images = ReadonlyMap<number, ImageParametersContainer>;
type Uncertainties = Pick<
  ReconstructedGeometryContainer,
  | 'altUncert'
  | 'azUncert'
  | 'angDistanceUncert'
  | 'coreUncertX'
  | 'coreUncertY'
  | 'coreTiltedUncertX'
  | 'coreTiltedUncertY'
  | 'hMaxUncert'
>;

/**
 * Propagates the uncertainties of the image axes to a reconstructed shower: each image in turn is shifted along and
 * across its axis and rotated, by what its photo-electron statistics allow, and the shower is reconstructed again.
 *
 * Defined for two images, too. The uncertainties include the fluctuations of photo-electrons, but not those of showers
 * nor noise that survives cleaning: they are lower bounds for faint images.
 *
 * @param geometry - reconstructed from the images
 * @param reconstruct - reconstructs a geometry from shifted images; must not change them
 */
export function propagatedUncertainties(
  images: Images,
  geometry: ReconstructedGeometryContainer,
  reconstruct: (moved: Images) => ReconstructedGeometryContainer,
): Uncertainties {
  const entries = [...images];
  const deviations = entries.flatMap(([, { hillas }]) => {
    const { along, across, psi } = axisUncertainties(hillas.intensity, hillas.length, hillas.width);
    return [along, across, psi];
  });
  const evaluate = (shifts: Float64Array): number[] => {
    const moved = entries.map(([telId, parameters], i): [number, ImageParametersContainer] => {
      const [along, across, psi] = shifts.subarray(SHIFTS * i, SHIFTS * (i + 1));
      const hillas = movedImage(parameters.hillas, along, across, psi);
      return [telId, new ImageParametersContainer({ ...parameters, hillas })];
    });
    const { alt, az, coreX, coreY, coreTiltedX, coreTiltedY, hMax } = reconstruct(new Map(moved));
    // Relative to the reconstructed direction, where longitude and latitude are angles on the sky.
    const { fovLon, fovLat } = altAzToTelescope({ alt, az }, geometry);
    return [fovLon, fovLat, coreX, coreY, coreTiltedX, coreTiltedY, hMax];
  };
  const [lon, lat, coreUncertX, coreUncertY, coreTiltedUncertX, coreTiltedUncertY, hMaxUncert] = propagateErrors(
    deviations,
    evaluate,
  );
  return {
    altUncert: lat,
    azUncert: lon / Math.cos(geometry.alt),
    angDistanceUncert: RADIUS_OF_68_PER_CENT * Math.sqrt((lon * lon + lat * lat) / 2),
    coreUncertX,
    coreUncertY,
    coreTiltedUncertX,
    coreTiltedUncertY,
    hMaxUncert,
  };
}

function movedImage(hillas: Hillas, along: number, across: number, turn: number): Hillas {
  const psi = hillas.psi + turn;
  const dx = along * Math.cos(hillas.psi) - across * Math.sin(hillas.psi);
  const dy = along * Math.sin(hillas.psi) + across * Math.cos(hillas.psi);
  return hillas.frame === 'TelescopeFrame'
    ? new HillasParametersContainer({ ...hillas, psi, fovLon: hillas.fovLon + dx, fovLat: hillas.fovLat + dy })
    : new CameraHillasParametersContainer({ ...hillas, psi, x: hillas.x + dx, y: hillas.y + dy });
}
