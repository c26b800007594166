import type { Vector3 } from '../frames/index.js';
import type { Radians } from '../units.js';

/** Common line of several planes through the origin. */
export interface PlaneIntersection {
  /** Unit vector with z >= 0; all NaN if no two planes intersect. */
  readonly direction: Vector3;
  /** Mean angle between the direction and the pairwise intersections of the planes; 0 for two planes. */
  readonly meanAngle: Radians;
}

/**
 * Planes at a smaller angle count as parallel. The normals have errors of some 1e-14 rad, so that the intersection of
 * such planes is uncertain by at least one minute of arc.
 */
const SMALLEST_ANGLE: Radians = 1e-10;

/**
 * Common line of several planes through the origin: the weighted mean of their pairwise intersections.
 *
 * The weight of a pair is the product of its weights and the length of the cross product of its normals, so that planes
 * at a small angle contribute little. Source: ctapipe 0.32 `HillasReconstructor.estimate_direction`.
 *
 * @param normals - one per plane; their lengths are further weights
 * @param weights - one per plane
 */
export function intersectPlanes(normals: readonly Vector3[], weights: ArrayLike<number>): PlaneIntersection {
  const crossings: Vector3[] = [];
  let x = 0;
  let y = 0;
  let z = 0;
  let sumOfWeights = 0;
  for (let a = 0; a < normals.length; a++) {
    for (let b = a + 1; b < normals.length; b++) {
      const crossing = upwards(crossProduct(normals[a], normals[b]));
      if (!(length(crossing) > SMALLEST_ANGLE * length(normals[a]) * length(normals[b]))) continue;
      const weight = weights[a] * weights[b];
      x += weight * crossing.x;
      y += weight * crossing.y;
      z += weight * crossing.z;
      sumOfWeights += weight;
      crossings.push(crossing);
    }
  }
  const norm = length({ x, y, z });
  if (!(sumOfWeights > 0 && norm > 0)) return { direction: { x: NaN, y: NaN, z: NaN }, meanAngle: NaN };
  const direction = { x: x / norm, y: y / norm, z: z / norm };
  if (crossings.length === 1) return { direction, meanAngle: 0 };

  let sumOfAngles = 0;
  for (const crossing of crossings) {
    const along = direction.x * crossing.x + direction.y * crossing.y + direction.z * crossing.z;
    sumOfAngles += Math.atan2(length(crossProduct(direction, crossing)), along);
  }
  return { direction, meanAngle: sumOfAngles / crossings.length };
}

/** Cross product of two vectors. */
export function crossProduct(a: Vector3, b: Vector3): Vector3 {
  return { x: a.y * b.z - a.z * b.y, y: a.z * b.x - a.x * b.z, z: a.x * b.y - a.y * b.x };
}

function length({ x, y, z }: Vector3): number {
  return Math.sqrt(x * x + y * y + z * z);
}

function upwards(vector: Vector3): Vector3 {
  return vector.z < 0 ? { x: -vector.x, y: -vector.y, z: -vector.z } : vector;
}
