import {
  CameraHillasParametersContainer,
  HillasParametersContainer,
  ImageParametersContainer,
  type ReconstructedGeometryContainer,
} from '@cherenkit/core';
import { altAzToTelescope, axisUncertainties, propagateErrors } from '@cherenkit/kernels';

/** Shifts of an image along its axis, across it, and of the angle of the axis. */
const SHIFTS = 3;
/** The radius, in standard deviations, that holds 68 % of a round two-dimensional normal distribution. */
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
 * The uncertainties that follow for a shower from those of the places and axes of its images: each image in turn is moved
 * along its axis, across it, and turned, by what its photo-electrons allow, and the shower is reconstructed again.
 *
 * Also two images have them. They tell how photo-electrons fluctuate, not how showers do, nor of noise that cleaning left:
 * they are lower bounds for faint images.
 *
 * @param geometry - what the images give
 * @param reconstruct - makes a geometry of images of which some have been moved; leaves them untouched otherwise
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
    // Around the direction itself, where longitude and latitude are angles on the sky.
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
  return 'fovLon' in hillas
    ? new HillasParametersContainer({ ...hillas, psi, fovLon: hillas.fovLon + dx, fovLat: hillas.fovLat + dy })
    : new CameraHillasParametersContainer({ ...hillas, psi, x: hillas.x + dx, y: hillas.y + dy });
}
