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

/** Slices of latitude in which the overlap of a rectangle and a ring is summed up. */
const SLICES = 256;

/**
 * Solid angle of the part of a rectangle in longitude and latitude that is within a ring around the origin, sr. Summed up by the
 * midpoint rule; rectangles with a part outside have a relative error of some 1e-4.
 *
 * @param ring - inner and outer radius, below 90 deg
 */
export function rectangleInRing(
  [lonMin, lonMax]: readonly [Radians, Radians],
  [latMin, latMax]: readonly [Radians, Radians],
  [inner, outer]: readonly [Radians, Radians],
): number {
  const step = (latMax - latMin) / SLICES;
  const inCone = (radius: Radians, lat: Radians): number => {
    const cosine = Math.cos(radius) / Math.cos(lat);
    const reach = cosine < 1 ? Math.acos(cosine) : 0;
    return Math.max(0, Math.min(lonMax, reach) - Math.max(lonMin, -reach));
  };
  let sum = 0;
  for (let i = 0; i < SLICES; i++) {
    const [low, high] = [latMin + i * step, latMin + (i + 1) * step];
    const lat = (low + high) / 2;
    sum += (inCone(outer, lat) - inCone(inner, lat)) * (Math.sin(high) - Math.sin(low));
  }
  return sum;
}

/** Solid angle of a rectangle in longitude and latitude, sr. */
export function rectangleSolidAngle(lonMin: Radians, lonMax: Radians, latMin: Radians, latMax: Radians): number {
  return (lonMax - lonMin) * (Math.sin(latMax) - Math.sin(latMin));
}
