import {
  altAzToCartesian,
  altAzToNominal,
  cartesianToAltAz,
  groundToTilted,
  projectToGround,
  telescopeToAltAz,
  type AltAz,
  type GroundPoint,
  type TelescopePoint,
  type Vector3,
} from '../frames/index.js';
import type { Metres, Radians } from '../units.js';
import { nearestPointToLines } from './nearest-point-to-lines.js';
import { crossProduct, intersectPlanes } from './plane-intersection.js';

/** Major axis of one image, projected onto the sky. */
export interface ImageAxis {
  /** Unit vector towards the centroid. */
  readonly cog: Vector3;
  /**
   * Normal of the plane through the telescope and the image axis; its length is the sine of the angle between the two
   * points that define the axis.
   */
  readonly planeNormal: Vector3;
  /** Direction of the axis in a camera that points along the array pointing, in [-pi/2, pi/2]. */
  readonly psi: Radians;
}

/** Reconstructed direction, core position and height of maximum of a shower; NaN where undefined. */
export interface ShowerGeometry {
  readonly alt: Radians;
  readonly az: Radians;
  /** Mean angle between the direction and the pairwise intersections of the image planes. */
  readonly directionError: Radians;
  readonly coreX: Metres;
  readonly coreY: Metres;
  readonly coreTiltedX: Metres;
  readonly coreTiltedY: Metres;
  /** Height of the shower maximum above the origin of the ground frame. */
  readonly relativeHMax: Metres;
}

/**
 * Projects the axis of an image onto the sky.
 *
 * In divergent pointing, cameras are rotated relative to each other; psi is therefore recomputed in a common frame.
 * Source: ctapipe 0.32 `HillasReconstructor.initialize_arrays`; T. Gasparetto, PhD thesis (2020), section 7.1.4.
 *
 * @param cog - centroid of the image
 * @param second - another point on the axis
 */
export function imageAxis(
  cog: TelescopePoint,
  second: TelescopePoint,
  telescopePointing: AltAz,
  arrayPointing: AltAz,
): ImageAxis {
  const cogSky = telescopeToAltAz(cog, telescopePointing);
  const secondSky = telescopeToAltAz(second, telescopePointing);
  const cogVector = altAzToCartesian(cogSky);
  const cogNominal = altAzToNominal(cogSky, arrayPointing);
  const secondNominal = altAzToNominal(secondSky, arrayPointing);
  return {
    cog: cogVector,
    planeNormal: crossProduct(cogVector, altAzToCartesian(secondSky)),
    // x of a camera frame is along fov_lat and y along fov_lon.
    psi: Math.atan((cogNominal.fovLon - secondNominal.fovLon) / (cogNominal.fovLat - secondNominal.fovLat)),
  };
}

/**
 * Reconstructs direction, core position and height of maximum of a shower from the axes of its images.
 *
 * Source: ctapipe 0.32 `HillasReconstructor`, after W. Hofmann et al., Astroparticle Physics 12 (1999) 135.
 *
 * @param axes - two or more
 * @param weights - weight of each image for the direction; core and height are unweighted
 * @param positions - of the telescopes, in the ground frame
 *
 * @example
 * ```ts
 * import { degrees, imageAxis, radians, reconstructGeometry } from '@cherenkit/kernels';
 *
 * const pointing = { alt: radians(70), az: 0 };
 * const images = [
 *   { cog: { fovLon: 0.012, fovLat: 0.002 }, psi: 0.1, position: { x: 0, y: 100, z: 0 } },
 *   { cog: { fovLon: 0.001, fovLat: 0.011 }, psi: 1.5, position: { x: 100, y: 0, z: 0 } },
 * ];
 * const axes = images.map(({ cog, psi }) => {
 *   const second = { fovLon: cog.fovLon + 0.01 * Math.cos(psi), fovLat: cog.fovLat + 0.01 * Math.sin(psi) };
 *   return imageAxis(cog, second, pointing, pointing);
 * });
 * const positions = images.map(({ position }) => position);
 * const { alt, az, coreX, coreY, relativeHMax } = reconstructGeometry(axes, [1, 1], positions, pointing);
 * console.log(degrees(alt), degrees(az), coreX, coreY, relativeHMax);
 * ```
 */
export function reconstructGeometry(
  axes: readonly ImageAxis[],
  weights: ArrayLike<number>,
  positions: readonly GroundPoint[],
  arrayPointing: AltAz,
): ShowerGeometry {
  const { direction, meanAngle } = intersectPlanes(
    axes.map((axis) => axis.planeNormal),
    weights,
  );
  const core = estimateCore(axes, positions, arrayPointing);
  return {
    ...cartesianToAltAz(direction),
    directionError: meanAngle,
    ...core,
    relativeHMax: nearestPointToLines(
      axes.map((axis) => axis.cog),
      positions,
    ).z,
  };
}

/** Core in the tilted plane: the point nearest to the lines through the telescopes along their image axes. */
function estimateCore(
  axes: readonly ImageAxis[],
  positions: readonly GroundPoint[],
  arrayPointing: AltAz,
): Pick<ShowerGeometry, 'coreX' | 'coreY' | 'coreTiltedX' | 'coreTiltedY'> {
  const { x, y } = nearestPointToLines(
    axes.map(({ psi }) => ({ x: Math.cos(psi), y: Math.sin(psi), z: 0 })),
    positions.map((position) => groundToTilted(position, arrayPointing)),
  );
  const ground = projectToGround({ x, y, z: 0 }, arrayPointing);
  return { coreX: ground.x, coreY: ground.y, coreTiltedX: x, coreTiltedY: y };
}
