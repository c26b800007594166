import type { NominalPoint } from '../frames/sky-offset.js';

/** The two possible positions of the source for an image: at the distance disp from the centroid, on both sides along the axis. */
export interface DispCandidates {
  readonly positive: NominalPoint;
  readonly negative: NominalPoint;
  readonly weight: number;
}

/** Weighted mean position, and the sum of the squared distances of the candidates from it. */
interface MeanPosition extends NominalPoint {
  readonly squares: number;
  readonly weight: number;
}

/**
 * Resolves the signs of disp for a few images together: of all combinations of signs, the one whose positions are closest to each
 * other, by the sum of the squared distances from their weighted mean. Positions are treated as points of a plane.
 *
 * Source: the `StereoDispCombiner` of ctapipe after 0.32; W. Hofmann et al., Astroparticle Physics 12
 * (1999) 135, algorithm 3.
 *
 * @param images - up to 20
 * @returns the weighted mean of the positions, and the sum of the weights
 */
export function resolveDispSigns(images: readonly DispCandidates[]): NominalPoint & { readonly weight: number } {
  let best: MeanPosition | undefined;
  for (let signs = 0; signs < 2 ** images.length; signs++) {
    const mean = meanOf(images, signs);
    if (best === undefined || mean.squares < best.squares) best = mean;
  }
  return best ?? { fovLon: NaN, fovLat: NaN, weight: 0 };
}

/** @param signs - bit i is 1 for the negative sign of image i */
function meanOf(images: readonly DispCandidates[], signs: number): MeanPosition {
  const points = images.map(({ positive, negative }, i) => (((signs >> i) & 1) === 1 ? negative : positive));
  let [lon, lat, weight] = [0, 0, 0];
  points.forEach((point, i) => {
    lon += images[i].weight * point.fovLon;
    lat += images[i].weight * point.fovLat;
    weight += images[i].weight;
  });
  const [fovLon, fovLat] = [lon / weight, lat / weight];
  const squares = points.reduce((sum, point) => sum + (point.fovLon - fovLon) ** 2 + (point.fovLat - fovLat) ** 2, 0);
  return { fovLon, fovLat, squares, weight };
}

/** All combinations of `size` of the numbers 0 to `n` - 1, in ascending order. */
export function* combinationsOf(n: number, size: number, first = 0): Generator<number[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let i = first; i <= n - size; i++) for (const rest of combinationsOf(n, size - 1, i + 1)) yield [i, ...rest];
}
