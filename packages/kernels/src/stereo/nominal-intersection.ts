import {
  groundToTilted,
  nominalToAltAz,
  projectToGround,
  type AltAz,
  type GroundPoint,
  type NominalPoint,
} from '../frames/index.js';
import type { Metres, PhotoElectrons, Radians } from '../units.js';
import { crossLines } from './axis-crossings.js';

/** The centroid and the major axis of one image, seen from the array's pointing. */
export interface NominalImage extends NominalPoint {
  /** Direction of the major axis, from fov_lon towards fov_lat. */
  readonly psi: Radians;
  readonly intensity: PhotoElectrons;
}

/** Where a shower came from, as the crossings of its image axes tell; NaN where they do not. */
export interface NominalIntersection {
  /** Relative to the array's pointing. */
  readonly source: NominalPoint;
  readonly alt: Radians;
  readonly az: Radians;
  /** Spread of the crossings, in both coordinates together. */
  readonly directionError: Radians;
  readonly coreX: Metres;
  readonly coreY: Metres;
  readonly coreTiltedX: Metres;
  readonly coreTiltedY: Metres;
  readonly coreTiltedErrorX: Metres;
  readonly coreTiltedErrorY: Metres;
  /** Of the shower maximum, above the origin of the ground frame. */
  readonly relativeHMax: Metres;
}

/**
 * Direction, core and height of maximum of a shower where the axes of its images cross, pair by pair, in two planes: the
 * sky around the array's pointing, and the ground across it.
 *
 * An image points from the impact of the shower to the telescope, so the axes run through the telescopes' places at the
 * same angle. Source: W. Hofmann et al., Astroparticle Physics 12 (1999) 135, algorithm 1; ctapipe 0.32
 * `HillasIntersection`.
 *
 * @param positions - of the telescopes, in the ground frame
 */
export function intersectInNominal(
  images: readonly NominalImage[],
  positions: readonly GroundPoint[],
  arrayPointing: AltAz,
): NominalIntersection {
  const sky = crossLines(
    images.map(({ fovLon, fovLat, psi, intensity }) => ({ x: fovLon, y: fovLat, angle: psi, weight: intensity })),
  );
  const tilted = positions.map((position) => groundToTilted(position, arrayPointing));
  // fov_lon runs along the tilted y and fov_lat along the tilted x.
  const plane = crossLines(
    tilted.map(({ x, y }, i) => ({ x: y, y: x, angle: images[i].psi, weight: images[i].intensity })),
  );
  const [coreTiltedX, coreTiltedY] = [plane.y, plane.x];
  const source = { fovLon: sky.x, fovLat: sky.y };
  const ground = projectToGround({ x: coreTiltedX, y: coreTiltedY, z: 0 }, arrayPointing);

  // The maximum is as far away as makes a shift by the impact distance an angle between source and centroid.
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
