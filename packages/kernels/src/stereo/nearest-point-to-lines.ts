import type { Vector3 } from '../frames/index.js';
import { power } from '../numeric/index.js';

/**
 * Lines count as parallel if the determinant of the normal equations, relative to its scale, is smaller. For two lines
 * this is an angle of 2e-7 rad, at which rounding alone moves the point by about one per cent of its distance.
 */
const SMALLEST_DETERMINANT = 1e-14;

/**
 * Point with the smallest sum of squared distances from several lines; all NaN if the lines are parallel.
 *
 * Solves sum(1 - n nT) p = sum((1 - n nT) o) for the unit vectors n and the origins o of the lines. Source: ctapipe
 * 0.32 `line_line_intersection_3d`.
 *
 * @param directions - unit vectors along the lines
 * @param origins - one point of each line
 */
export function nearestPointToLines(directions: readonly Vector3[], origins: readonly Vector3[]): Vector3 {
  let xx = 0;
  let xy = 0;
  let xz = 0;
  let yy = 0;
  let yz = 0;
  let zz = 0;
  let bx = 0;
  let by = 0;
  let bz = 0;
  for (let i = 0; i < directions.length; i++) {
    const n = directions[i];
    const o = origins[i];
    const along = n.x * o.x + n.y * o.y + n.z * o.z;
    xx += 1 - n.x * n.x;
    yy += 1 - n.y * n.y;
    zz += 1 - n.z * n.z;
    xy -= n.x * n.y;
    xz -= n.x * n.z;
    yz -= n.y * n.z;
    bx += o.x - along * n.x;
    by += o.y - along * n.y;
    bz += o.z - along * n.z;
  }
  const cxx = yy * zz - yz * yz;
  const cxy = xz * yz - xy * zz;
  const cxz = xy * yz - xz * yy;
  const cyy = xx * zz - xz * xz;
  const cyz = xy * xz - xx * yz;
  const czz = xx * yy - xy * xy;
  const determinant = xx * cxx + xy * cxy + xz * cxz;
  if (!(determinant > SMALLEST_DETERMINANT * power(directions.length, 3))) return { x: NaN, y: NaN, z: NaN };
  return {
    x: (cxx * bx + cxy * by + cxz * bz) / determinant,
    y: (cxy * bx + cyy * by + cyz * bz) / determinant,
    z: (cxz * bx + cyz * by + czz * bz) / determinant,
  };
}
