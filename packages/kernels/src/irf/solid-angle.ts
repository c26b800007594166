import type { Radians } from '../units.js';

/** Solid angle of a cone, sr. @param radius - half of its opening angle */
export function coneSolidAngle(radius: Radians): number {
  return 2 * Math.PI * (1 - Math.cos(radius));
}

/** Solid angles of rings between angles, sr. */
export function ringSolidAngles(edges: Float64Array): Float64Array {
  return Float64Array.from(
    { length: edges.length - 1 },
    (_, i) => coneSolidAngle(edges[i + 1]) - coneSolidAngle(edges[i]),
  );
}

/** Solid angle of a rectangle in longitude and latitude, sr. */
export function rectangleSolidAngle(lonMin: Radians, lonMax: Radians, latMin: Radians, latMax: Radians): number {
  return (lonMax - lonMin) * (Math.sin(latMax) - Math.sin(latMin));
}
