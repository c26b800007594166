import type { Metres } from '../units.js';
import { altAzToCartesian, cartesianToAltAz, type AltAz, type Vector3 } from './alt-az.js';
import type { GroundPoint } from './ground-frames.js';

/**
 * Impact distance: distance of a position from a line, such as that of a telescope from the shower axis.
 *
 * Source: ctapipe 0.32 `impact_distance`.
 *
 * @param origin - any point of the line
 * @param direction - along the line, of any nonzero length
 */
export function impactDistance(place: Vector3, origin: Vector3, direction: Vector3): Metres {
  const x = place.x - origin.x;
  const y = place.y - origin.y;
  const z = place.z - origin.z;
  const crossX = y * direction.z - z * direction.y;
  const crossY = z * direction.x - x * direction.z;
  const crossZ = x * direction.y - y * direction.x;
  const squared = direction.x * direction.x + direction.y * direction.y + direction.z * direction.z;
  return Math.sqrt((crossX * crossX + crossY * crossY + crossZ * crossZ) / squared);
}

/**
 * Direction in which a telescope sees a point of the shower axis.
 *
 * Source: ctapipe 0.32 `get_point_on_shower_axis`.
 *
 * @param core - intersection of the axis with the ground
 * @param distance - of the point from the core, along the axis
 */
export function pointOnShowerAxis(
  core: GroundPoint,
  direction: AltAz,
  telescope: GroundPoint,
  distance: Metres,
): AltAz {
  const axis = altAzToCartesian(direction);
  return cartesianToAltAz({
    x: core.x + distance * axis.x - telescope.x,
    y: core.y + distance * axis.y - telescope.y,
    z: core.z + distance * axis.z - telescope.z,
  });
}
