import {
  groundToTilted,
  nominalToAltAz,
  projectToGround,
  type AltAz,
  type GroundPoint,
  type NominalPoint,
} from '../frames/index.js';
import type { Metres, PhotoElectrons, Radians } from '../units.js';
import { intersectLines } from './intersect-lines.js';

/** Centroid and major axis of one image, in the nominal frame of the array. */
export interface NominalImage extends NominalPoint {
  /** Direction of the major axis, from fov_lon towards fov_lat. */
  readonly psi: Radians;
  readonly intensity: PhotoElectrons;
}

/** Reconstructed direction, core position and height of maximum of a shower; NaN where undefined. */
export interface NominalIntersection {
  /** Direction in the nominal frame. */
  readonly source: NominalPoint;
  readonly alt: Radians;
  readonly az: Radians;
  /** Spread of the pairwise intersections of the image axes, both coordinates added in quadrature. */
  readonly directionError: Radians;
  readonly coreX: Metres;
  readonly coreY: Metres;
  readonly coreTiltedX: Metres;
  readonly coreTiltedY: Metres;
  readonly coreTiltedErrorX: Metres;
  readonly coreTiltedErrorY: Metres;
  /** Height of the shower maximum above the origin of the ground frame. */
  readonly relativeHMax: Metres;
}

/**
 * Reconstructs direction, core position and height of maximum of a shower from the pairwise intersections of its image
 * axes in two planes: the nominal frame, and the ground plane perpendicular to the pointing.
 *
 * An image axis points from the core to the telescope. For the core, the axes are therefore drawn through the positions
 * of the telescopes at the same angle. Source: W. Hofmann et al., Astroparticle Physics 12 (1999) 135, algorithm 1;
 * ctapipe 0.32 `HillasIntersection`.
 *
 * @param positions - of the telescopes, in the ground frame
 */
export function intersectInNominal(
  images: readonly NominalImage[],
  positions: readonly GroundPoint[],
  arrayPointing: AltAz,
): NominalIntersection {
  const sky = intersectLines(
    images.map(({ fovLon, fovLat, psi, intensity }) => ({ x: fovLon, y: fovLat, angle: psi, weight: intensity })),
  );
  const tilted = positions.map((position) => groundToTilted(position, arrayPointing));
  // fov_lon is along the tilted y, fov_lat along the tilted x.
  const plane = intersectLines(
    tilted.map(({ x, y }, i) => ({ x: y, y: x, angle: images[i].psi, weight: images[i].intensity })),
  );
  const [coreTiltedX, coreTiltedY] = [plane.y, plane.x];
  const source = { fovLon: sky.x, fovLat: sky.y };
  const ground = projectToGround({ x: coreTiltedX, y: coreTiltedY, z: 0 }, arrayPointing);

  // Parallax: the distance of the maximum is the impact distance over the angle between source and centroid.
  let sumOfIntensities = 0;
  let sumOfDistances = 0;
  images.forEach(({ fovLon, fovLat, intensity }, i) => {
    const angle = Math.hypot(fovLon - source.fovLon, fovLat - source.fovLat);
    const impact = Math.hypot(tilted[i].x - coreTiltedX, tilted[i].y - coreTiltedY);
    sumOfIntensities += intensity;
    sumOfDistances += (intensity * impact) / angle;
  });
  return {
    source,
    ...nominalToAltAz(source, arrayPointing),
    directionError: Math.hypot(sky.spreadX, sky.spreadY),
    coreX: ground.x,
    coreY: ground.y,
    coreTiltedX,
    coreTiltedY,
    coreTiltedErrorX: plane.spreadY,
    coreTiltedErrorY: plane.spreadX,
    relativeHMax: (sumOfDistances / sumOfIntensities) * Math.sin(arrayPointing.alt),
  };
}
