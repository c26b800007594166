import {
  altAzToNominal,
  combinationsOf,
  meanDirection,
  nominalToAltAz,
  resolveDispSigns,
  type AltAz,
  type DispCandidates,
  type MeanDirection,
  type Radians,
} from '@cherenkit/kernels';

/** Directions that an image allows. */
export interface DispImage {
  /** Direction with the predicted sign of disp. */
  readonly direction: AltAz;
  /** Direction with the other sign; the same if disp is unknown. */
  readonly opposite: AltAz;
  /** Pointing of the telescope. */
  readonly pointing: AltAz;
  /** Angle of the image axis; NaN if it is unknown. */
  readonly psi: Radians;
  readonly weight: number;
}

/** Options of {@link combineDisps}. */
export interface DispCombination {
  /** Number of images whose signs are resolved together. */
  readonly nTelCombinations: number;
  /** Number of images with the largest weights that are used; undefined for all. */
  readonly nBestTels?: number | undefined;
  /** Pairs of images with a smaller angle between their axes are not used. */
  readonly minAngDiff?: Radians | undefined;
}

/**
 * Direction of a shower from several images, with the signs of disp resolved together: for each combination of images the signs
 * whose directions are closest, then the weighted mean of all combinations. A single image keeps its predicted sign.
 *
 * @returns NaN without images; `spread` is the weighted root mean square distance of the combinations, NaN for one of them
 */
export function combineDisps(images: readonly DispImage[], options: DispCombination): MeanDirection {
  const best = bestOf(images, options.nBestTels);
  const [first] = best;
  if (!first) return { alt: NaN, az: NaN, spread: NaN };
  if (best.length === 1) return { ...first.direction, spread: NaN };
  const { alt, az } = meanDirection(
    best.map(({ pointing }) => pointing),
    best.map(() => 1),
  );
  const origin = { alt, az };
  const candidates = best.map(({ direction, opposite, weight }): DispCandidates => ({
    positive: altAzToNominal(direction, origin),
    negative: altAzToNominal(opposite, origin),
    weight,
  }));
  const all = [...combinationsOf(best.length, Math.min(options.nTelCombinations, best.length))];
  const crossing = all.filter((members) =>
    isCrossing(
      members.map((i) => best[i]),
      options.minAngDiff,
    ),
  );
  const points = (crossing.length > 0 ? crossing : all).map((members) =>
    resolveDispSigns(members.map((i) => candidates[i])),
  );
  let [lon, lat, total] = [0, 0, 0];
  for (const { fovLon, fovLat, weight } of points) {
    lon += weight * fovLon;
    lat += weight * fovLat;
    total += weight;
  }
  const mean = { fovLon: lon / total, fovLat: lat / total };
  const squares = points.reduce(
    (sum, { fovLon, fovLat, weight }) => sum + weight * ((fovLon - mean.fovLon) ** 2 + (fovLat - mean.fovLat) ** 2),
    0,
  );
  return { ...nominalToAltAz(mean, origin), spread: points.length > 1 ? Math.sqrt(squares / total) : NaN };
}

function bestOf(images: readonly DispImage[], n = images.length): DispImage[] {
  if (n >= images.length) return [...images];
  const chosen = new Set([...images].sort((a, b) => b.weight - a.weight).slice(0, n));
  return images.filter((image) => chosen.has(image));
}

/** Whether the axes of two images cross at a sufficient angle; true for more images and for unknown axes. */
function isCrossing(images: readonly DispImage[], minAngle: Radians | undefined): boolean {
  if (minAngle === undefined || images.length !== 2) return true;
  const difference = Math.abs(Math.sin(images[0].psi - images[1].psi));
  return !(difference < Math.sin(minAngle));
}
