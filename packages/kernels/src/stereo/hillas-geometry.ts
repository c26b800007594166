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
import { nearestPointToLines } from './line-intersection.js';
import { crossProduct, intersectPlanes } from './plane-intersection.js';

/** The major axis of one image, on the sky. */
export interface ImageAxis {
  /** Unit vector towards the centroid. */
  readonly cog: Vector3;
  /** Normal of the plane of telescope and axis; its length is the sine of the angle between the two points of the axis. */
  readonly planeNormal: Vector3;
  /** Direction of the axis as a camera at the array's pointing would see it, within [-pi/2, pi/2]. */
  readonly psi: Radians;
}

/** Where a shower came from, as its image axes tell; NaN where they do not. */
export interface ShowerGeometry {
  readonly alt: Radians;
  readonly az: Radians;
  /** Mean angle between the direction and the crossings of the axes pair by pair. */
  readonly directionError: Radians;
  readonly coreX: Metres;
  readonly coreY: Metres;
  readonly coreTiltedX: Metres;
  readonly coreTiltedY: Metres;
  /** Of the shower maximum, above the origin of the ground frame. */
  readonly relativeHMax: Metres;
}

/**
 * Put an image's axis on the sky.
 *
 * In divergent pointing each camera is turned against the others, so psi is taken anew in axes that all share. Source:
 * ctapipe 0.32 `HillasReconstructor.initialize_arrays`; T. Gasparetto, PhD thesis (2020), section 7.1.4.
 *
 * @param cog - centroid of the image
 * @param second - another point of the axis
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
    // x of a camera is fov_lat and y is fov_lon.
    psi: Math.atan((cogNominal.fovLon - secondNominal.fovLon) / (cogNominal.fovLat - secondNominal.fovLat)),
  };
}

/**
 * Direction, core and height of maximum of a shower from the axes of its images.
 *
 * Source: ctapipe 0.32 `HillasReconstructor`, after W. Hofmann et al., Astroparticle Physics 12 (1999) 135.
 *
 * @param axes - two or more
 * @param weights - how much each image counts for the direction; core and height do not use them
 * @param positions - of the telescopes, in the ground frame
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

/** In the plane across the pointing the lines from the telescopes along their image axes meet at the core. */
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
