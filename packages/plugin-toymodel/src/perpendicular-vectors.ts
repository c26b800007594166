import type { Vector3 } from '@cherenkit/kernels';

/** Two unit vectors perpendicular to each other and to an axis that is not horizontal. */
export function perpendicularVectors(axis: Vector3): readonly [Vector3, Vector3] {
  const norm = Math.hypot(axis.x, axis.z);
  const u = { x: axis.z / norm, y: 0, z: -axis.x / norm };
  return [u, { x: axis.y * u.z, y: axis.z * u.x - axis.x * u.z, z: -axis.y * u.x }];
}
